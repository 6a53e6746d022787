// @ts-check
// The twin of the drawing: the same actors and links as tables that keys and voices read.
import { h } from "./dom.js";
import { edgeColumns, nodeColumns, seen, sorted } from "./rows.js";
import { n, number, words } from "./words.js";

const PAGE = 100;

/**
 * Make the tables of what is seen: actors, then links.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 * @returns {{update(view: any): void, focus(): void}}
 */
export function createTable(container, model, store) {
  const title = h("h2", { id: "tables-title", tabindex: "-1" });
  const help = h("p", { class: "soft" });
  /** @type {Set<string>} measures that have a column */
  const chosen = new Set(nodeColumns(model, null, "fr").slice(6, 9).map(({ name }) => name));
  const columns = h("details", { class: "columns" });
  const tables = [
    createOne(model, store, { id: "actors", letter: "n", key: "sort", title: "tableActors" }),
    createOne(model, store, { id: "links", letter: "e", key: "sortLinks", title: "tableLinks" }),
  ];
  container.append(h("div", { class: "aside-head" }, title, columns), help, ...tables.map((table) => table.element));
  let lang = "";
  /** @type {any} */
  let current = null;

  function choices() {
    const w = words(lang);
    const own = nodeColumns(model, current, lang).slice(6);
    columns.hidden = own.length === 0;
    columns.replaceChildren(
      h("summary", {}, w.columns),
      h("div", { role: "group", "aria-label": w.columns }, ...own.map(({ name, title: said }) => {
        const box = h("input", { type: "checkbox", checked: chosen.has(name), onchange: () => {
          if (box.checked) chosen.add(name);
          else chosen.delete(name);
          fill();
        } });
        return h("label", {}, box, h("span", {}, said));
      })),
    );
  }

  function fill() {
    const nodes = nodeColumns(model, current, lang).filter(({ name }, place) => place < 6 || chosen.has(name));
    tables[0].update(seen(current.nodes), nodes, `${words(lang).tableActors} (${n(current.nodeCount, lang)})`);
    tables[1].update(seen(current.edges), edgeColumns(model, current, lang), `${words(lang).tableLinks} (${n(current.edgeCount, lang)})`);
  }

  return {
    update(view) {
      const state = store.get();
      if (view === current && state.lang === lang) return tables.forEach((table) => table.refresh());
      current = view;
      if (state.lang !== lang) {
        lang = state.lang;
        title.textContent = words(lang).tables;
        help.textContent = words(lang).tableHelp;
        choices();
      }
      fill();
    },
    focus: () => title.focus(),
  };
}

/**
 * Make one table, by pages of a hundred rows.
 *
 * @param {any} model
 * @param {any} store
 * @param {{id: string, letter: string, key: "sort" | "sortLinks", title: string}} about
 */
function createOne(model, store, about) {
  const heading = h("h3", { id: `${about.id}-title` });
  const head = h("tr");
  const body = h("tbody");
  const table = h("table", { "aria-labelledby": `${about.id}-title` }, h("thead", {}, head), body);
  const scroll = h("div", { class: "scroll", role: "region", tabindex: "0", "aria-labelledby": `${about.id}-title` }, table);
  const status = h("p", { class: "soft", role: "status" });
  const back = h("button", { type: "button", onclick: () => turn(-1) });
  const on = h("button", { type: "button", onclick: () => turn(1) });
  const pages = h("div", { class: "pages" }, back, status, on);
  const element = h("div", { class: "twin" }, heading, scroll, pages);
  let page = 0;
  /** @type {number[]} */
  let rows = [];
  /** @type {import("./rows.js").Column[]} */
  let columns = [];
  /** @type {number[]} */
  let found = [];
  let known = "";

  function order() {
    known = store.get()[about.key];
    rows = sorted(found, columns, known);
    headers();
    show();
  }

  /** @param {number} step */
  function turn(step) {
    page += step;
    show();
    scroll.scrollTop = 0;
    // A button that has just gone grey loses the focus.
    if (/** @type {any} */ (document.activeElement)?.disabled || document.activeElement === document.body) scroll.focus();
  }

  function headers() {
    const { lang, [about.key]: sort } = store.get();
    const held = [...head.querySelectorAll("button")].indexOf(/** @type {any} */ (document.activeElement));
    head.replaceChildren(...columns.map(({ name, title, numeric }) => {
      const mine = sort.replace(/^-/, "") === name;
      const down = sort.startsWith("-");
      const next = mine ? (down ? name : `-${name}`) : numeric ? `-${name}` : name;
      return h("th", { scope: "col", class: numeric && "number", "aria-sort": mine ? (down ? "descending" : "ascending") : "none" },
        h("button", { type: "button", title: words(lang).sortBy(title), onclick: () => store.set({ [about.key]: next }, { replace: true }) }, title));
    }));
    if (held >= 0) head.querySelectorAll("button")[held]?.focus();
  }

  function show() {
    const { lang, selected } = store.get();
    const w = words(lang);
    const last = Math.max(Math.ceil(rows.length / PAGE) - 1, 0);
    page = Math.min(Math.max(page, 0), last);
    const first = page * PAGE;
    const held = /** @type {HTMLElement | null} */ (document.activeElement?.closest("tr[data-id]") ?? null);
    const heldId = body.contains(held) ? held?.dataset.id : undefined;
    body.replaceChildren(...rows.slice(first, first + PAGE).map((index) => row(index, selected, lang)));
    if (rows.length === 0) body.append(h("tr", {}, h("td", { colspan: columns.length }, w.noRow)));
    if (heldId) body.querySelector(`tr[data-id="${heldId}"] button`)?.focus();
    pages.hidden = rows.length <= PAGE;
    status.textContent = pages.hidden ? "" : w.rows(first + 1, Math.min(first + PAGE, rows.length), rows.length);
    back.textContent = w.previous;
    on.textContent = w.next;
    back.disabled = page === 0;
    on.disabled = page === last;
  }

  /** @param {number} index @param {string | null} selected @param {string} lang */
  function row(index, selected, lang) {
    const id = `${about.letter}${index}`;
    const cells = columns.map((column, place) => {
      const value = column.value(index);
      const said = typeof value === "number" ? number(value, lang) : (value ?? "");
      if (place > 0) return h("td", { class: column.numeric && "number" }, said);
      return h("th", { scope: "row" }, h("button", { type: "button", class: "link", onclick: () => store.set({ selected: id }) }, said));
    });
    return h("tr", { "data-id": id, class: id === selected && "selected", "aria-current": id === selected && "true" }, ...cells);
  }

  return {
    element,
    /** @param {number[]} seen @param {import("./rows.js").Column[]} shown @param {string} title */
    update(seen, shown, title) {
      heading.textContent = title;
      found = seen;
      columns = shown;
      page = 0;
      order();
    },
    /** Put the rows in the order that is asked now; what is chosen among them is marked. */
    refresh() {
      if (store.get()[about.key] === known) show();
      else {
        page = 0;
        order();
      }
    },
  };
}
