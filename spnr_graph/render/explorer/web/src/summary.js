// @ts-check
// The picture in words, said again when it changes.
import { h } from "./dom.js";
import { tell } from "./telling.js";
import { words } from "./words.js";

/**
 * Make the summary.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 * @returns {{update(view: any): void}}
 */
export function createSummary(container, model, store) {
  const title = h("h2", { id: "summary-title" });
  const told = h("div", { class: "told" });
  // The whole is read on demand; only its first sentence is announced when it changes.
  const status = h("p", { class: "unseen", role: "status" });
  container.append(title, told, status);
  let before = "";
  /** @type {any} what was told */
  let known = null;
  return {
    update(view) {
      const state = store.get();
      if (known?.view === view && known.lang === state.lang) return;
      known = { view, lang: state.lang };
      const sentences = tell(model, view, state);
      title.textContent = words(state.lang).summary;
      told.replaceChildren(...sentences.map((sentence) => h("p", {}, sentence)));
      if (before !== "" && before !== sentences[0]) status.textContent = sentences[0];
      before = sentences[0];
    },
  };
}
