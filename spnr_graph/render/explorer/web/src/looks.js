// @ts-check
// What colours and sizes mean: two choices, above the legend.
import { text } from "./data.js";
import { h } from "./dom.js";
import { createLegend } from "./legend.js";
import { words } from "./words.js";

/**
 * Make the legend with its choices, in a card that folds.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 * @returns {{update(view: any): void, entries(): any[]}}
 */
export function createLooks(container, model, store) {
  const title = h("summary");
  const choices = h("div", { class: "choices" });
  const list = h("div");
  // On a small screen the card would hide the drawing: it waits there to be opened.
  const open = matchMedia("(min-width: 48rem)").matches;
  container.append(h("details", { class: "legend-card", open }, title, choices, list));
  const legend = createLegend(list, model, store);
  /** @type {Record<string, any>} */
  const selects = {};
  let lang = "";

  function build() {
    const w = words(lang);
    const measures = model.packed.measures.map((/** @type {any} */ one) => [one.name, text(one.label, lang)]);
    const kinds = [["kind", w.kind], ["community", w.community], ["axis", w.axis], ["territory", w.territory]];
    title.textContent = w.legend;
    choices.replaceChildren(
      choice("colour", w.colour, [[w.categories, kinds], [w.measures, measures]]),
      choice("size", w.size, [["", [["none", w.sameSize], ...measures]]]),
    );
  }

  /** @param {"colour" | "size"} key @param {string} name @param {[string, string[][]][]} groups */
  function choice(key, name, groups) {
    const options = groups.map(([label, pairs]) => {
      const made = pairs.map(([value, said]) => h("option", { value }, said));
      return label && made.length > 0 ? h("optgroup", { label }, ...made) : made;
    });
    const select = h("select", { onchange: () => store.set({ [key]: select.value }) }, ...options.flat());
    selects[key] = select;
    return h("label", {}, h("span", {}, name), select);
  }

  return {
    update(view) {
      const state = store.get();
      if (state.lang !== lang) {
        lang = state.lang;
        build();
      }
      selects.colour.value = state.colour;
      selects.size.value = state.size;
      legend.update(view);
    },
    entries: legend.entries,
  };
}
