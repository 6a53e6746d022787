// @ts-check
// The address of the view, on the clipboard.
import { words } from "./words.js";

/**
 * Copy the address that opens this view again, and say whether it worked.
 *
 * @param {any} store
 * @param {(text: string) => void} say
 */
export async function copyLink(store, say) {
  const w = words(store.get().lang);
  const done = (await written(store.link())) || selected(store.link());
  say(done ? w.copied : w.copyFailed);
}

/** @param {string} address */
async function written(address) {
  // Absent where the page is no secure context, refused where nobody allowed it.
  if (!navigator.clipboard) return false;
  return navigator.clipboard.writeText(address).then(
    () => true,
    () => false,
  );
}

/** Copy the old way: the only one for a page opened from a disk. @param {string} address */
function selected(address) {
  const field = document.createElement("textarea");
  field.value = address;
  field.className = "unseen";
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus();
  return done;
}
