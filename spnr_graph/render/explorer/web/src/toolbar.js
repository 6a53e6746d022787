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
      exports(),
      tool(SIGNS.print, w.print, deeds.print),
      themes(),
      tool(SIGNS.help, w.help, deeds.help),
      h("button", { type: "button", class: "tool words", lang: lang === "en" ? "fr" : "en", title: w.languageLong, onclick: () => store.set({ lang: lang === "en" ? "fr" : "en" }) }, w.language),
    );
  }

  /**
   * Make a menu: a disclosure, since a list of buttons needs no keys of its own.
   *
   * @param {string} path
   * @param {string} name
   * @param {any[]} buttons
   */
  function menu(path, name, buttons) {
    const summary = h("summary", { class: "tool", title: name }, sign(path), h("span", { class: "tool-name" }, name));
    const items = buttons.map((button) => h("li", {}, button));
    const details = h("details", { class: "menu" }, summary, h("ul", { class: "sheet" }, ...items));
    const close = () => (details.open = false);
    details.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      if (!/** @type {Element} */ (event.target).closest(".sheet button")) return;
      close();
      summary.focus();
    });
    details.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape" || !details.open) return;
      event.stopPropagation();
      close();
      summary.focus();
    });
    details.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
      if (event.relatedTarget !== null && !details.contains(event.relatedTarget)) close();
    });
    return details;
  }

  function exports() {
    const w = words(lang);
    const take = async (/** @type {() => Promise<string> | string} */ deed) =>
      deeds.say(w.exported(await deed()));
    const items = deeds.exports.map(([key, deed]) =>
      h("button", { type: "button", onclick: () => take(deed) }, /** @type {any} */ (w)[key]),
    );
    return menu(SIGNS.export, w.export, items);
  }

  function themes() {
    const w = words(lang);
    const known = [["auto", w.themeAuto], ["light", w.themeLight], ["dark", w.themeDark]];
    const items = known.map(([theme, name]) =>
      h("button", { type: "button", "data-theme-choice": theme, onclick: () => store.set({ theme }, { replace: true }) }, name),
    );
    return menu(SIGNS.theme, w.theme, items);
  }

  document.addEventListener("pointerdown", (event) => {
    for (const open of container.querySelectorAll("details[open]"))
      if (!open.contains(/** @type {Node} */ (event.target))) open.removeAttribute("open");
  });

  return {
    update() {
      const state = store.get();
      if (state.lang !== lang) {
        const held = container.contains(document.activeElement);
        lang = state.lang;
        build();
        if (held) /** @type {HTMLElement} */ (container.querySelector(".words")).focus();
      }
      for (const choice of container.querySelectorAll("[data-theme-choice]"))
        choice.setAttribute("aria-pressed", String(choice.getAttribute("data-theme-choice") === state.theme));
    },
  };
}
