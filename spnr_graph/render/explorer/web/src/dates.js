// @ts-check
// The period: two native sliders on one rail, so that keys and screen readers work.
import { h } from "./dom.js";
import { dayOf } from "./state.js";
import { day, words } from "./words.js";

const MONTH = 30;

/**
 * Make the choice of a period.
 *
 * @param {any} model
 * @param {any} store
 * @param {[number, number] | null} span first and last day; null hides the choice
 * @returns {{element: HTMLElement, update(): void}}
 */
export function createDates(model, store, span) {
  if (span === null) return { element: h("div", { hidden: true }), update() {} };
  const [first, last] = span;
  const observed = dayOf(model.packed.meta.observed ?? "");
  const slide = (/** @type {"from" | "to"} */ end) =>
    h("input", { type: "range", min: first, max: last, step: 1, class: `thumb ${end}`, oninput: () => moved(end), onkeydown: (/** @type {KeyboardEvent} */ event) => leap(event, end) });
  const thumbs = { from: slide("from"), to: slide("to") };
  const legend = h("legend");
  const said = h("p", { class: "period", "aria-hidden": "true" });
  const bar = h("span", { class: "bar" });
  const today = h("button", { type: "button", class: "quiet", onclick: () => store.set({ from: observed, to: observed }) });
  const any = h("button", { type: "button", class: "quiet", onclick: () => store.set({ from: null, to: null }) });
  const undated = h("p", { class: "soft" });
  const element = h(
    "fieldset",
    { class: "dates" },
    legend,
    said,
    h("div", { class: "rail" }, bar, thumbs.from, thumbs.to),
    h("div", { class: "row" }, observed !== null && today, any),
    undated,
  );

  /** @param {"from" | "to"} end */
  function moved(end) {
    let [from, to] = [Number(thumbs.from.value), Number(thumbs.to.value)];
    // A thumb pushes the other one before it: neither is ever stuck.
    if (from > to) [from, to] = end === "from" ? [from, from] : [to, to];
    store.set({ from: from <= first ? null : from, to: to >= last ? null : to }, { replace: true });
  }

  /** A page is a year, an arrow with Shift a month. @param {KeyboardEvent} event @param {"from" | "to"} end */
  function leap(event, end) {
    /** @type {Record<string, number>} */
    const steps = { PageUp: 365, PageDown: -365 };
    if (event.shiftKey) Object.assign(steps, { ArrowRight: MONTH, ArrowUp: MONTH, ArrowLeft: -MONTH, ArrowDown: -MONTH });
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    thumbs[end].value = String(Number(thumbs[end].value) + step);
    moved(end);
  }

  return {
    element,
    update() {
      const state = store.get();
      const w = words(state.lang);
      const [from, to] = [state.from ?? first, state.to ?? last];
      const share = (/** @type {number} */ at) => (last > first ? Math.min(Math.max((at - first) / (last - first), 0), 1) : 0);
      legend.textContent = w.dates;
      for (const end of /** @type {const} */ (["from", "to"])) {
        const at = end === "from" ? from : to;
        thumbs[end].value = String(at);
        thumbs[end].setAttribute("aria-label", w[end]);
        thumbs[end].setAttribute("aria-valuetext", day(at, state.lang));
      }
      bar.style.left = `${share(from) * 100}%`;
      bar.style.right = `${(1 - share(to)) * 100}%`;
      said.textContent = from === to ? day(from, state.lang) : `${day(from, state.lang)} – ${day(to, state.lang)}`;
      if (observed !== null) today.textContent = w.today(day(observed, state.lang));
      any.textContent = w.anyDate;
      any.hidden = state.from === null && state.to === null;
      undated.textContent = w.undated;
      undated.hidden = any.hidden;
    },
  };
}
