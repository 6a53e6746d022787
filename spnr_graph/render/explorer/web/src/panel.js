// @ts-check
// The record of what is selected: an actor, an initiative or a link, down to its sources.
import { CROSS, h, sign } from "./dom.js";
import { actorCard, initiativeCard } from "./card-node.js";
import { linkCard } from "./card-link.js";
import { nameOf } from "./search.js";
import { copyLink } from "./copy.js";
import { tie } from "./ties.js";
import { words } from "./words.js";

/**
 * Make the panel.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 * @param {{centre: (node: number) => void, say: (text: string) => void, show: (text: string) => void}} tools
 *   say: to who listens; show: to all
 * @returns {{update(view: any): void, close(): void, enter(): void}}
 */
export function createPanel(container, model, store, tools) {
  const body = h("div", { class: "panel-body" });
  container.append(body);
  /** @type {HTMLElement | null} where the focus was before the record opened */
  let opener = null;
  /** The row of a table that it stood in: rows are made anew. @type {string | undefined} */
  let row;
  let shown = "";

  function close() {
    const held = container.contains(document.activeElement);
    store.set({ selected: null });
    const again = row && document.querySelector(`tr[data-id="${row}"] button`);
    if (!held) return;
    if (opener?.isConnected) opener.focus();
    else if (again) /** @type {HTMLElement} */ (again).focus();
    opener = null;
  }

  /** @param {any} view */
  function card(view) {
    const state = store.get();
    const { selected } = state;
    const index = Number(selected.slice(1));
    const { nodes } = model.packed;
    const about = { model, store, view, lang: state.lang, w: words(state.lang) };
    if (selected[0] === "e") return linkCard(about, index);
    if (selected[0] === "i") return initiativeCard(about, index);
    if (nodes.type[index] === 1) return initiativeCard(about, nodes.initiative[index], index);
    return actorCard(about, index);
  }

  /** @param {any} view */
  function fill(view) {
    const state = store.get();
    const w = words(state.lang);
    const title = nameOf(model, state.selected, state.lang);
    const node = nodeOf(model, state.selected);
    const { kind, content } = card(view);
    const heading = h("h2", { tabindex: "-1", id: "panel-title" }, title);
    body.replaceChildren(
      h("div", { class: "aside-head" }, heading, h("button", { type: "button", class: "icon", "aria-label": w.closePanel, title: w.closePanel, onclick: close }, sign(CROSS))),
      h("p", { class: "kind" }, kind),
      h("div", { class: "actions" }, ...actions(node)),
      h("div", {}, ...content),
    );
    return heading;
  }

  /** @param {number | null} node */
  function actions(node) {
    const state = store.get();
    const w = words(state.lang);
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) =>
      h("button", { type: "button", onclick }, text);
    const copy = button(w.copy, () => copyLink(store, tools.show));
    if (node === null) return [copy];
    const focused = state.focus === node;
    return [
      focused
        ? button(w.focusOff, () => store.set({ focus: null }))
        : button(w.focus, () => store.set({ focus: node })),
      focused && depths(state, w),
      button(w.centre, () => tools.centre(node)),
      copy,
    ];
  }

  /** @param {any} state @param {any} w */
  function depths(state, w) {
    const choice = h(
      "select",
      { onchange: () => store.set({ depth: Number(choice.value) }) },
      ...[1, 2, 3].map((depth) =>
        h("option", { value: depth, selected: depth === state.depth }, w.steps(depth)),
      ),
    );
    return h("label", { class: "depth" }, h("span", {}, w.depth), choice);
  }

  /** Say what is selected and, from one node to its neighbour, by what they are linked. @param {string} before @param {string} name @param {any} view */
  function arrived(before, name, view) {
    const { lang, selected } = store.get();
    const w = words(lang);
    if (before[0] !== "n" || selected[0] !== "n") return w.opened(name);
    const edge = model.edgeBetween(Number(before.slice(1)), Number(selected.slice(1)));
    const names = edge >= 0 && view.weights[edge] > 0 ? tie(model, view, edge, lang).names : [];
    return names.length > 0 ? w.walk(name, names[0], names.length - 1) : w.opened(name);
  }

  return {
    close,
    /** Go to the record that is open; closing it comes back. */
    enter() {
      const heading = document.getElementById("panel-title");
      if (heading === null) return;
      opener = /** @type {HTMLElement} */ (document.activeElement);
      heading.focus();
    },
    update(view) {
      const state = store.get();
      const opened = state.selected !== null && state.selected !== shown;
      const from = /** @type {HTMLElement | null} */ (document.activeElement);
      const held = container.contains(from);
      const place = held ? placeOf(body, from) : -1;
      container.classList.toggle("open", state.selected !== null);
      const before = shown;
      shown = state.selected ?? "";
      if (state.selected === null) {
        body.replaceChildren(h("p", { class: "soft hint" }, words(state.lang).choose));
        return;
      }
      const heading = fill(view);
      if (opened) {
        container.scrollTop = 0;
        // Where the record is a sheet over the page, the drawing goes above it.
        if (matchMedia("(max-width: 48rem)").matches) document.querySelector(".stage")?.scrollIntoView();
        // Whoever walks in the drawing stays there; the others are led to the record.
        const walking = from?.closest("#drawing") !== null && from !== document.body;
        tools.say(arrived(before, heading.textContent, view));
        if (!held && from !== document.body && !walking) {
          opener = from;
          row = /** @type {HTMLElement | null} */ (from?.closest("tr[data-id]"))?.dataset.id;
        }
        if (held || (from !== document.body && !walking)) heading.focus();
      } else if (held) stations(body)[place]?.focus();
    },
  };
}

/** The node that a selection can be centred on. @param {any} model @param {string} selected @returns {number | null} */
function nodeOf(model, selected) {
  const index = Number(selected.slice(1));
  if (selected[0] === "n") return index;
  if (selected[0] === "e") return null;
  const node = model.packed.nodes.initiative.indexOf(index);
  return node >= 0 ? node : null;
}

/** @param {HTMLElement} body @returns {HTMLElement[]} */
const stations = (body) => [...body.querySelectorAll("button, a, summary, select, h2")].map((each) => /** @type {HTMLElement} */ (each));

/** @param {HTMLElement} body @param {HTMLElement | null} element */
const placeOf = (body, element) => (element === null ? -1 : stations(body).indexOf(element));
