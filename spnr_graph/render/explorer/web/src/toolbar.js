// @ts-check
// What may be done with the view: share, take away, print, read otherwise.
import { copyLink } from "./copy.js";
import { h, sign } from "./dom.js";
import { words } from "./words.js";

const SIGNS = {
  copy: "M9 15l6-6M10 6.5 12 4.6a4.5 4.5 0 0 1 6.4 6.4l-2 1.9M14 17.5l-2 1.9A4.5 4.5 0 0 1 5.6 13l2-1.9",
  export: "M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14",
  print: "M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6H7z",
  theme: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  help: "M9.2 9.2a2.9 2.9 0 1 1 4.2 2.6c-1 .5-1.4 1-1.4 2.2M12 17.3v.2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
};

/**
 * @typedef {object} Deeds what the toolbar sets going
 * @property {(text: string) => void} say
 * @property {() => void} help
 * @property {() => void} print
 * @property {[string, () => Promise<string> | string][]} exports key of the words, deed
 *   that gives the name of the file
 */

/**
 * Make the toolbar.
 *
 * @param {HTMLElement} container
 * @param {any} store
 * @param {Deeds} deeds
 * @returns {{update(): void}}
 */
export function createToolbar(container, store, deeds) {
  let lang = "";

  /** @param {string} path @param {string} name @param {() => void} onclick */
  const tool = (path, name, onclick) =>
    h("button", { type: "button", class: "tool", title: name, onclick }, sign(path), h("span", { class: "tool-name" }, name));

  function build() {
    const w = words(lang);
    container.setAttribute("aria-label", w.tools);
    container.replaceChildren(
      tool(SIGNS.copy, w.copy, () => copyLink(store, deeds.say)),
      menu(),
      tool(SIGNS.print, w.print, deeds.print),
      themes(),
      tool(SIGNS.help, w.help, deeds.help),
      h("button", { type: "button", class: "tool words", lang: lang === "en" ? "fr" : "en", title: w.languageLong, onclick: () => store.set({ lang: lang === "en" ? "fr" : "en" }) }, w.language),
    );
  }

  function menu() {
    const w = words(lang);
    const items = deeds.exports.map(([key, deed]) =>
      h("li", {}, h("button", { type: "button", onclick: () => take(deed) }, /** @type {any} */ (w)[key])),
    );
    const summary = h("summary", { class: "tool", title: w.export }, sign(SIGNS.export), h("span", { class: "tool-name" }, w.export));
    const details = h("details", { class: "menu" }, summary, h("ul", { class: "sheet" }, ...items));
    const close = () => (details.open = false);
    details.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || !details.open) return;
      event.stopPropagation();
      close();
      summary.focus();
    });
    details.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
      if (event.relatedTarget !== null && !details.contains(event.relatedTarget)) close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!details.contains(/** @type {Node} */ (event.target))) close();
    });
    /** @param {() => Promise<string> | string} deed */
    async function take(deed) {
      close();
      summary.focus();
      deeds.say(w.exported(await deed()));
    }
    return details;
  }

  function themes() {
    const w = words(lang);
    const { theme } = store.get();
    const choice = h(
      "select",
      { onchange: () => store.set({ theme: choice.value }, { replace: true }) },
      ...[["auto", w.themeAuto], ["light", w.themeLight], ["dark", w.themeDark]].map(([value, name]) =>
        h("option", { value, selected: value === theme }, name),
      ),
    );
    return h("label", { class: "tool choice", title: w.theme }, sign(SIGNS.theme), h("span", { class: "unseen" }, w.theme), choice);
  }

  return {
    update() {
      const state = store.get();
      if (state.lang !== lang) {
        const held = container.contains(document.activeElement);
        lang = state.lang;
        build();
        if (held) /** @type {HTMLElement} */ (container.querySelector(".words")).focus();
      }
      /** @type {HTMLSelectElement} */ (container.querySelector("select")).value = state.theme;
    },
  };
}
