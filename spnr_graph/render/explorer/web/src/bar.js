// @ts-check
// The line above the drawing: how much is seen, the way to more, the filters in force.
import { text } from "./data.js";
import { CROSS, h, sign } from "./dom.js";
import { createChips } from "./filters.js";
import { amounts, seen } from "./rows.js";
import { list, words } from "./words.js";

/**
 * Make the line above the drawing.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 * @param {HTMLElement} place of the filters in force
 * @returns {{update(view: any): void}}
 */
export function createBar(container, model, store, place) {
  const said = h("p", { class: "seen", id: "seen" });
  const all = h("input", { type: "checkbox", role: "switch", onchange: () => store.set({ all: all.checked }), "aria-describedby": "seen" });
  const allName = h("span");
  const back = h("button", { type: "button", class: "chip", onclick: () => store.set({ focus: null }) });
  const row = h("div", { class: "bar-row" }, said, h("label", { class: "switch" }, all, allName), back);
  container.append(row);
  const chips = createChips(place, model, store);
  return {
    update(view) {
      const state = store.get();
      const w = words(state.lang);
      const whole = view.edgeCount + view.hiddenCount;
      const links = view.hiddenCount > 0 ? w.backboneOf(view.edgeCount, whole) : w.allShown(whole);
      const who = list(amounts(model, seen(view.nodes), state.lang), state.lang) || w.actors(0);
      said.textContent = `${who} · ${links}`;
      said.title = w.backboneHelp(model.packed.meta.alpha, model.countsShared);
      all.checked = state.all;
      allName.textContent = w.showAll;
      back.hidden = state.focus === null;
      if (state.focus !== null) {
        const name = text(model.packed.nodes.short[state.focus], state.lang) || text(model.packed.nodes.label[state.focus], state.lang);
        back.replaceChildren(w.around(name, state.depth), sign(CROSS));
        back.setAttribute("aria-label", `${w.around(name, state.depth)}. ${w.focusOff}`);
      }
      chips.update();
    },
  };
}
