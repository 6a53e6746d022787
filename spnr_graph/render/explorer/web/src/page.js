// @ts-check
// The places of the parts in the page, and what is said of them.
import { text } from "./data.js";
import { h } from "./dom.js";
import { day, words } from "./words.js";

/**
 * Make the places of the parts.
 *
 * @param {HTMLElement} app
 * @param {any} packed
 * @param {any} store
 */
export function createPage(app, packed, store) {
  const { meta } = packed;
  const skip = (/** @type {string} */ target) => h("a", { href: `#${target}`, class: "skip", onclick: (/** @type {Event} */ event) => {
    // The address holds the state: a fragment must not take its place.
    event.preventDefault();
    document.getElementById(target)?.focus();
  } });
  const skips = [skip("drawing"), skip("search"), skip("tables-title")];
  const places = {
    title: h("h1"),
    subtitle: h("p", { class: "soft" }),
    search: h("div", { class: "search-place" }),
    tools: h("div", { class: "tools", role: "group" }),
    filters: h("section", { class: "filters", id: "filters", "aria-labelledby": "filters-title" }),
    bar: h("div", { class: "bar" }),
    stage: h("section", { class: "stage", "aria-labelledby": "drawing-title" }),
    drawingTitle: h("h2", { class: "unseen", id: "drawing-title" }),
    drawing: h("div", { id: "drawing", tabindex: "0", role: "application", "aria-describedby": "drawing-help" }),
    drawingHelp: h("p", { class: "unseen", id: "drawing-help" }),
    // Over the drawing: a filter that comes or goes must not resize it.
    chips: h("div", { class: "chips-place" }),
    legend: h("div", { class: "legend-place" }),
    zoom: h("div", { class: "zoom", role: "group" }),
    side: h("div", { class: "side" }),
    panel: h("section", { class: "panel" }),
    summary: h("section", { class: "summary", "aria-labelledby": "summary-title" }),
    tables: h("section", { class: "tables", "aria-labelledby": "tables-title" }),
    notice: h("p", { class: "notice", hidden: true, role: "status" }),
    toast: h("p", { class: "toast", role: "status" }),
    voice: h("p", { class: "unseen", role: "status" }),
    footer: h("footer", { class: "foot" }),
    sheet: h("button", { type: "button", class: "sheet-button", "aria-controls": "filters", "aria-expanded": "false" }),
  };
  places.stage.append(places.drawingTitle, places.drawingHelp, places.notice, places.bar, h("div", { class: "canvas" }, places.chips, places.drawing, places.zoom));
  places.side.append(h("div", { class: "side-top", tabindex: "0", role: "group", "aria-labelledby": "summary-title" }, places.panel, places.summary), places.legend);
  places.sheet.addEventListener("click", () => {
    const open = places.filters.classList.toggle("open");
    places.sheet.setAttribute("aria-expanded", String(open));
    if (open) document.getElementById("filters-title")?.focus();
  });
  app.replaceChildren(
    h("nav", { class: "skips" }, ...skips),
    h("header", { class: "top" }, h("div", { class: "brand" }, places.title, places.subtitle), places.search, places.tools, places.sheet),
    h("main", { class: "layout" }, places.filters, places.stage, places.side, places.tables),
    places.footer,
    places.toast,
    places.voice,
  );

  // What stands below the head fills the rest of the first screen.
  const { style } = document.documentElement;
  const head = /** @type {HTMLElement} */ (app.querySelector(".top"));
  new ResizeObserver(() => style.setProperty("--head", `${head.offsetHeight}px`)).observe(head);

  let shown = "";

  function update() {
    const { lang } = store.get();
    // The language of the root touches every style: it is set when it changes alone.
    if (lang === shown) return;
    shown = lang;
    const w = words(lang);
    const title = text(meta.title, lang);
    document.documentElement.lang = lang;
    document.title = title;
    places.title.textContent = title;
    places.subtitle.textContent = text(meta.subtitle, lang);
    places.drawingTitle.textContent = w.drawing;
    places.drawing.setAttribute("aria-label", w.drawing);
    places.drawingHelp.textContent = w.drawingHelp;
    places.sheet.textContent = w.filters;
    places.zoom.setAttribute("aria-label", w.zoom);
    app.querySelector(".skips")?.setAttribute("aria-label", w.skips);
    [w.skipDrawing, w.skipSearch, w.skipTable].forEach((said, place) => (skips[place].textContent = said));
    const said = [
      [w.source, text(meta.source, lang)],
      [w.licence, text(meta.licence, lang)],
    ].flatMap(([name, value]) => (value ? [`${name}${w.colon}${value}`] : []));
    if (meta.observed) said.push(w.observed(day(Date.parse(meta.observed) / 86_400_000, lang)));
    places.footer.replaceChildren(...said.map((each) => h("p", {}, each)));
  }

  return { places, update };
}
