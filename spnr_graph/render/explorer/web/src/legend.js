// @ts-check
// The legend: a real list; an entry that stands for a filter is a button.
import { h } from "./dom.js";
import { Scales } from "./scales.js";
import { corners } from "./shapes.js";
import { themeOf } from "./theme.js";
import { drawingWords } from "./words-drawing.js";

const SPACE = "http://www.w3.org/2000/svg";

/** A sign of the legend. @param {number} shape @param {string} colour @param {number} [radius] */
function sign(shape, colour, radius = 6.5) {
  const side = Math.ceil(radius * 1.5) * 2;
  const svg = document.createElementNS(SPACE, "svg");
  for (const [key, value] of Object.entries({ width: side, height: side, viewBox: `0 0 ${side} ${side}`, "aria-hidden": "true" }))
    svg.setAttribute(key, String(value));
  const points = corners(shape, side / 2, side / 2, radius);
  const made = document.createElementNS(SPACE, points ? "polygon" : "circle");
  const place = points ? { points: points.map((point) => point.join(",")).join(" ") } : { cx: side / 2, cy: side / 2, r: radius };
  for (const [key, value] of Object.entries({ ...place, fill: colour })) made.setAttribute(key, String(value));
  svg.append(made);
  return svg;
}

/**
 * Write what colours, shapes and sizes mean.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 */
export function createLegend(container, model, store) {
  container.classList.add("legend");
  /** @type {import("./scales.js").Entry[]} */
  let shown = [];

  /** @param {{key: string, value: number}} filter */
  const toggle = ({ key, value }) => {
    const chosen = store.get()[key];
    store.set({ [key]: chosen.includes(value) ? chosen.filter((/** @type {number} */ one) => one !== value) : [...chosen, value] });
  };

  /** @param {import("./scales.js").Entry} entry @param {any} state */
  const line = ({ label, colour, shape, count, filter }, state) => {
    const number = h("span", { class: "legend-count" }, count.toLocaleString(state.lang));
    const inside = [sign(shape, colour), h("span", { class: "legend-label" }, label), number];
    if (filter === null) return h("li", { class: "legend-line" }, ...inside);
    const pressed = String(state[filter.key].includes(filter.value));
    const name = `${filter.key} ${filter.value}`;
    return h("li", {}, h("button", { type: "button", class: "legend-line", "aria-pressed": pressed, "data-filter": name, onclick: () => toggle(filter) }, ...inside));
  };

  return {
    /** Write the legend anew. @param {any} view */
    update(view) {
      const state = store.get();
      const words = drawingWords(state.lang);
      const theme = themeOf(state);
      const scales = new Scales(model, state, view, theme);
      const focused = /** @type {any} */ (container.querySelector(":focus"))?.dataset.filter;
      shown = view.nodeCount > 0 ? scales.entries() : [];
      const shapes = view.nodeCount > 0 ? scales.shapeEntries() : [];
      const steps = view.nodeCount > 0 ? scales.sizeSteps() : [];
      const colon = state.lang === "fr" ? "\u00a0:" : ":";
      const width = words.linkWidth[/** @type {"count"} */ (model.packed.meta.weight)];
      container.replaceChildren(
        ...section(scales.title(), shown.map((entry) => line(entry, state))),
        ...section(words.shape, shapes.map((entry) => line(entry, state))),
        ...section(
          `${words.size}${colon} ${scales.measure(state.size)}`,
          steps.map((value) => h("li", { class: "legend-size" }, sign(0, theme.none, scales.radiusOf(value)), h("span", {}, value.toLocaleString(state.lang)))),
          "legend-sizes",
        ),
        ...(view.edgeCount > 0 && width ? [h("h3", {}, words.links), h("p", { class: "legend-note" }, width)] : []),
      );
      if (focused) /** @type {any} */ (container.querySelector(`[data-filter="${focused}"]`))?.focus();
    },
    /** What the colours mean now. */
    entries: () => shown,
  };
}

/** @param {string} title @param {HTMLElement[]} items @param {string} [name] */
function section(title, items, name = "legend-list") {
  return items.length === 0 ? [] : [h("h3", {}, title), h("ul", { class: name }, ...items)];
}
