// @ts-check
// The filters: what may be kept, with how many actors each choice would leave.
import { FACETS, TREES, counts, ranked, span, valueName } from "./facets.js";
import { CROSS, h, sign } from "./dom.js";
import { createDates } from "./dates.js";
import { n, period, words } from "./words.js";

const FEW = 8;

/**
 * Make the filters.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 * @returns {{update(view: any): void}}
 */
export function createFilters(container, model, store) {
  const free = { ...store.get(), ...NONE, focus: null, all: true };
  const whole = counts(model, free, model.visible(free));
  /** @type {Record<string, any>} facet → its elements by value */
  const options = {};
  const groups = h("div", { class: "groups" });
  const title = h("h2", { id: "filters-title", tabindex: "-1" });
  const help = h("p", { class: "soft" });
  const reset = h("button", { type: "button", class: "quiet", onclick: () => store.set(NONE) });
  const dates = createDates(model, store, span(model));
  container.append(h("div", { class: "aside-head" }, title, reset), help, dates.element, groups);
  let lang = "";
  /** @type {any} what the counts were made of */
  let counted = null;
  /** @type {Record<string, Map<number, number>>} */
  let now = whole;

  function build() {
    const w = words(lang);
    title.textContent = w.filters;
    reset.textContent = w.reset;
    help.textContent = w.countHelp;
    groups.replaceChildren(...FACETS.filter((facet) => whole[facet].size > 1).map(group));
  }

  /** @param {typeof FACETS[number]} facet */
  function group(facet) {
    options[facet] = new Map();
    const name = (/** @type {number} */ value) => valueName(model, facet, value, lang);
    const values = ranked(whole[facet], name);
    const { parent } = model.packed.concepts;
    const inside = (/** @type {number} */ value) => TREES.has(facet) && whole[facet].has(parent[value]);
    const roots = values.filter((value) => !inside(value));
    /** @type {Map<number, number[]>} */
    const parts = new Map();
    for (const value of values.filter(inside))
      parts.set(parent[value], [...(parts.get(parent[value]) ?? []), value]);
    return h(
      "details",
      { class: "group", open: facet === "axis" || facet === "kind" },
      h("summary", {}, h("span", {}, words(lang)[facet]), h("span", { class: "chosen" })),
      branch(facet, roots, parts, words(lang)[facet]),
    );
  }

  /**
   * @param {typeof FACETS[number]} facet
   * @param {number[]} values
   * @param {Map<number, number[]>} parts
   * @param {string} label
   */
  function branch(facet, values, parts, label) {
    const element = h("ul", { class: "options", "aria-label": label });
    const few = values.length > FEW + 2 ? values.slice(0, FEW) : values;
    element.append(...few.map((value) => item(facet, value, parts)));
    if (few.length < values.length) element.append(more(facet, values.slice(FEW), parts));
    return element;
  }

  /** @param {typeof FACETS[number]} facet @param {number[]} rest @param {Map<number, number[]>} parts */
  function more(facet, rest, parts) {
    const button = h("button", { type: "button", class: "quiet" }, words(lang).more(rest.length));
    const row = h("li", {}, button);
    button.addEventListener("click", () => {
      const items = rest.map((value) => item(facet, value, parts));
      row.replaceWith(...items);
      refresh();
      items[0].querySelector("input").focus();
    });
    return row;
  }

  /** @param {typeof FACETS[number]} facet @param {number} value @param {Map<number, number[]>} parts */
  function item(facet, value, parts) {
    const name = valueName(model, facet, value, lang);
    const box = h("input", { type: "checkbox", onchange: () => toggle(store, facet, value) });
    const count = h("span", { class: "count" });
    const label = h("label", {}, box, h("span", { class: "option-name" }, name), count);
    options[facet].set(value, { box, count, label });
    const inner = parts.get(value);
    if (inner === undefined) return h("li", {}, label);
    const held = inner.length > FEW ? unfolding(facet, inner, parts, name) : branch(facet, inner, parts, name);
    return h("li", { class: "holds" }, label, held);
  }

  // The parts of a territory are made when it is opened: a region has thousands.
  /** @param {typeof FACETS[number]} facet @param {number[]} inner @param {Map<number, number[]>} parts @param {string} name */
  function unfolding(facet, inner, parts, name) {
    const says = words(lang).partsOf(inner.length);
    const details = h("details", {}, h("summary", {}, says));
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) {
        details.append(branch(facet, inner, parts, name));
        refresh();
      }
    });
    return details;
  }

  function refresh() {
    const state = store.get();
    let chosen = 0;
    FACETS.forEach((facet) => {
      for (const [value, { box, count, label }] of options[facet] ?? []) {
        const left = now[facet].get(value) ?? 0;
        box.checked = state[facet].includes(value);
        count.textContent = n(left, lang);
        label.classList.toggle("nothing", left === 0 && !box.checked);
      }
      chosen += state[facet].length;
    });
    [...groups.querySelectorAll(".group")].forEach((element, position) => {
      const facet = FACETS.filter((each) => whole[each].size > 1)[position];
      const size = state[facet].length;
      element.querySelector(".chosen").textContent = size > 0 ? n(size, lang) : "";
    });
    reset.hidden = chosen === 0 && state.from === null && state.to === null;
  }

  return {
    update(view) {
      const state = store.get();
      if (state.lang !== lang) {
        lang = state.lang;
        build();
      } else if (view === counted) return;
      if (view !== counted) now = counts(model, state, view);
      counted = view;
      dates.update();
      refresh();
    },
  };
}

/** A state without filters. */
export const NONE = { ...Object.fromEntries(FACETS.map((facet) => [facet, []])), from: null, to: null };

/** Choose a value of a filter, or no longer. @param {any} store @param {typeof FACETS[number]} facet @param {number} value */
export function toggle(store, facet, value) {
  const chosen = store.get()[facet];
  const rest = chosen.filter((/** @type {number} */ each) => each !== value);
  store.set({ [facet]: rest.length < chosen.length ? rest : [...chosen, value] });
}

/**
 * Say the filters in force, each with what takes it away.
 *
 * @param {any} model
 * @param {import("./state.js").State} state
 * @returns {{name: string, without: Partial<import("./state.js").State>}[]}
 */
export function inForce(model, state) {
  const w = words(state.lang);
  const chosen = FACETS.flatMap((facet) =>
    state[facet].map((value) => ({
      name: `${w[facet]}${w.colon}${valueName(model, facet, value, state.lang)}`,
      without: { [facet]: state[facet].filter((each) => each !== value) },
    })),
  );
  if (state.from !== null || state.to !== null)
    chosen.push({
      name: `${w.dates}${w.colon}${period(state.from, state.to, state.lang)}`,
      without: /** @type {any} */ ({ from: null, to: null }),
    });
  return chosen;
}

/**
 * Make the row of filters in force, each a button that takes it away.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 * @returns {{update(): void}}
 */
export function createChips(container, model, store) {
  const row = h("ul", { class: "chips" });
  container.append(row);
  return {
    update() {
      const state = store.get();
      const w = words(state.lang);
      row.setAttribute("aria-label", w.active);
      const held = row.contains(document.activeElement);
      row.replaceChildren(...inForce(model, state).map(({ name, without }) =>
        h("li", {}, h("button", { type: "button", class: "chip", "aria-label": w.remove(name), onclick: () => store.set(without) }, name, sign(CROSS))),
      ));
      row.hidden = row.children.length === 0;
      // The button that was pressed is gone: stay in the row, or go back to the filters.
      if (held) (row.querySelector("button") ?? document.getElementById("filters-title"))?.focus();
    },
  };
}
