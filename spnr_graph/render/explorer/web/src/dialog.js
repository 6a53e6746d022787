// @ts-check
// The help: how to read the network, and the keys.
import { text } from "./data.js";
import { CROSS, h, sign } from "./dom.js";
import { words } from "./words.js";

/**
 * Make the help, a dialog that the browser keeps the focus in.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 * @returns {{open(): void, keys(): boolean}} keys: whether single keys are shortcuts
 */
export function createHelp(container, model, store) {
  const dialog = h("dialog", { class: "help", "aria-labelledby": "help-title" });
  container.append(dialog);
  let keys = true;

  function fill() {
    const { lang } = store.get();
    const w = words(lang);
    const box = h("input", { type: "checkbox", onchange: () => (keys = box.checked) });
    box.checked = keys;
    dialog.replaceChildren(
      h(
        "div",
        { class: "aside-head" },
        h("h2", { id: "help-title" }, w.helpTitle),
        h("button", { type: "button", class: "icon", "aria-label": w.close, onclick: () => dialog.close() }, sign(CROSS)),
      ),
      h("p", {}, w.helpIntro),
      h("p", {}, w.backboneHelp(model.packed.meta.alpha, model.countsShared)),
      h("h3", {}, w.keys),
      h("dl", { class: "keys" }, ...w.keyList.flatMap(([key, does]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)])),
      h("label", {}, box, h("span", {}, w.keysOn)),
      h("h3", {}, w.measures),
      h(
        "dl",
        {},
        ...model.packed.measures.flatMap((/** @type {any} */ one) => [
          h("dt", {}, text(one.label, lang)),
          h("dd", {}, [text(one.meaning, lang), text(one.caveat, lang)].filter(Boolean).join(" ")),
        ]),
      ),
    );
  }

  return {
    open() {
      fill();
      dialog.showModal();
    },
    keys: () => keys,
  };
}
