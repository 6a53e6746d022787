// @ts-check
// The search box: a combobox with a list, as ARIA 1.2 describes it.
import { text } from "./data.js";
import { h, sign } from "./dom.js";
import { Finder, entriesOf } from "./finding.js";
import { words } from "./words.js";

const SHOWN = 8;
const LENS = "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20";

/**
 * Make the search box.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 * @returns {{update(view: any): void, focus(): void}}
 */
export function createSearch(container, model, store) {
  /** @type {Finder | undefined} made at the first letter typed, not at the opening */
  let finder;
  /** @type {import("./finding.js").Entry[]} */
  let answers = [];
  let active = -1;
  let lang = "";

  const input = h("input", {
    id: "search",
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": "search-answers",
    "aria-autocomplete": "list",
    "aria-describedby": "search-hint",
    oninput: () => show(),
    onkeydown: (/** @type {KeyboardEvent} */ event) => keyed(event),
    onblur: () => close(),
    onfocus: () => input.value && show(),
  });
  const label = h("label", { for: "search", class: "unseen" });
  const hint = h("span", { id: "search-hint", class: "unseen" });
  const listbox = h("ul", { id: "search-answers", role: "listbox", hidden: true });
  const told = h("p", { class: "told", "aria-hidden": "true", hidden: true });
  const status = h("p", { class: "unseen", role: "status" });
  const sheet = h("div", { class: "answers", hidden: true }, listbox, told);
  container.append(h("div", { class: "search", role: "search" }, label, sign(LENS), input, sheet, hint, status));

  function show() {
    const w = words(store.get().lang);
    const query = input.value;
    store.set({ q: query }, { replace: true });
    if (query.trim() === "") return close();
    finder ??= new Finder(entriesOf(model));
    const all = finder.find(query);
    answers = all.slice(0, SHOWN);
    active = -1;
    listbox.replaceChildren(...answers.map(option));
    const many = all.length > SHOWN;
    const said = all.length === 0 ? w.foundNone : many ? w.foundFirst(SHOWN, all.length) : w.found(all.length);
    told.textContent = said;
    status.textContent = said;
    told.hidden = all.length > 0 && !many;
    listbox.hidden = all.length === 0;
    sheet.hidden = false;
    mark();
  }

  /** @param {import("./finding.js").Entry} entry @param {number} position */
  function option(entry, position) {
    return h(
      "li",
      {
        id: `answer-${position}`,
        role: "option",
        "aria-selected": "false",
        // The box keeps the focus, so that leaving it does not close the list first.
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => open(position),
      },
      h("span", { class: "answer-name" }, nameOf(model, entry.id, store.get().lang)),
      h("span", { class: "soft" }, kindOf(model, entry.id, store.get().lang)),
    );
  }

  function mark() {
    [...listbox.children].forEach((element, position) => {
      element.setAttribute("aria-selected", String(position === active));
      if (position === active) element.scrollIntoView({ block: "nearest" });
    });
    input.setAttribute("aria-expanded", String(!sheet.hidden && answers.length > 0));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `answer-${active}`);
  }

  function close() {
    sheet.hidden = true;
    answers = [];
    active = -1;
    status.textContent = "";
    mark();
  }

  /** @param {number} position */
  function open(position) {
    const entry = answers[position];
    if (entry === undefined) return;
    input.value = "";
    close();
    store.set({ selected: entry.id, q: "" });
  }

  /** @param {KeyboardEvent} event */
  function keyed(event) {
    if (event.isComposing) return;
    const last = answers.length - 1;
    if (event.key === "ArrowDown" && last < 0) show();
    else if (event.key === "ArrowDown") active = active >= last ? 0 : active + 1;
    else if (event.key === "ArrowUp") active = active <= 0 ? last : active - 1;
    else if (event.key === "Enter") open(Math.max(active, 0));
    else if (event.key === "Escape" && !sheet.hidden) close();
    else if (event.key === "Escape" && input.value !== "") {
      input.value = "";
      store.set({ q: "" }, { replace: true });
    } else return;
    event.preventDefault();
    event.stopPropagation();
    mark();
  }

  return {
    update() {
      const state = store.get();
      if (state.lang !== lang) {
        lang = state.lang;
        const w = words(lang);
        label.textContent = w.search;
        input.placeholder = w.search;
        hint.textContent = w.searchHint;
        listbox.setAttribute("aria-label", w.search);
      }
      if (document.activeElement !== input) input.value = state.q;
    },
    focus: () => input.focus(),
  };
}

/** Name what is selected: a node, a link or an initiative. @param {any} model @param {string} id @param {string} lang */
export function nameOf(model, id, lang) {
  const { nodes, edges, initiatives } = model.packed;
  const index = Number(id.slice(1));
  if (id[0] === "n") return text(nodes.label[index], lang);
  if (id[0] === "i") return text(initiatives.label[index], lang);
  const ends = [edges.a[index], edges.b[index]].map((node) => text(nodes.short[node], lang) || text(nodes.label[node], lang));
  const w = words(lang);
  return model.columns.directed ? w.towards(ends[0], ends[1]) : w.linked(ends[0], ends[1]);
}

/** Say of which kind a node or an initiative is. @param {any} model @param {string} id @param {string} lang */
export function kindOf(model, id, lang) {
  const { nodes, concepts, initiatives } = model.packed;
  const w = words(lang);
  const index = Number(id.slice(1));
  const actor = id[0] === "n" && nodes.type[index] === 0;
  const kind = id[0] === "n" ? nodes.kind[index] : initiatives.kind[index];
  if (kind >= 0) return text(concepts.label[kind], lang);
  return actor ? w.actor : w.initiative;
}
