// @ts-check
// The page: reads the data, makes the parts, and tells each of them what is seen.
import { createBar } from "./bar.js";
import { readData } from "./data.js";
import { createHelp } from "./dialog.js";
import { createDrawing } from "./drawing.js";
import { edgesCsv, fileName, gexf, nodesCsv, save } from "./exports-data.js";
import { exportPng } from "./exports-image.js";
import { exportSvg } from "./exports-svg.js";
import { createFilters } from "./filters.js";
import { createLooks } from "./looks.js";
import { Model } from "./model.js";
import { createPage } from "./page.js";
import { createPanel } from "./panel.js";
import { preparePrint } from "./poster.js";
import { createSearch } from "./search.js";
import { Store } from "./state.js";
import { createSummary } from "./summary.js";
import { createTable } from "./table.js";
import { createToolbar } from "./toolbar.js";
import { words } from "./words.js";
import { createZoom } from "./zoom.js";

// What changes the look alone leaves what is seen as it is.
const LOOKS = new Set(["lang", "q", "selected", "colour", "size", "camera", "sort", "sortLinks", "theme"]);

async function boot() {
  const packed = await readData();
  const model = new Model(packed);
  const store = new Store(packed);
  const app = /** @type {HTMLElement} */ (document.getElementById("app"));
  const { places, update: updatePage } = createPage(app, packed, store);
  document.getElementById("static")?.remove();

  /** @param {string} text */
  function say(text) {
    places.toast.textContent = text;
    places.toast.classList.add("seen-now");
    clearTimeout(quiet);
    quiet = setTimeout(() => places.toast.classList.remove("seen-now"), 4000);
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let quiet;
  let view = model.visible(store.get());

  const drawing = createDrawing(places.drawing, model, store);
  /**
   * @param {(model: any, view: any, state: any, drawing: any) => any} make
   * @param {string} suffix
   * @param {string} type
   */
  const taken = (make, suffix, type) => async () => {
    const name = fileName(model, store.get(), suffix);
    save(await make(model, view, store.get(), drawing), name, type);
    return name;
  };
  const help = createHelp(app, model, store);
  const search = createSearch(places.search, model, store);
  const table = createTable(places.tables, model, store);
  const panel = createPanel(places.panel, model, store, { show: say, say: (said) => (places.voice.textContent = said), centre: (node) => drawing.centre(node) });
  const parts = [
    { update: updatePage },
    createToolbar(places.tools, store, {
      say,
      help: help.open,
      print: () => window.print(),
      exports: [
        ["exportCsvNodes", taken(nodesCsv, "-acteurs.csv", "text/csv;charset=utf-8")],
        ["exportCsvEdges", taken(edgesCsv, "-liens.csv", "text/csv;charset=utf-8")],
        ["exportGexf", taken(gexf, ".gexf", "application/gexf+xml")],
        ["exportSvg", taken(exportSvg, ".svg", "image/svg+xml")],
        ["exportPng", taken(exportPng, ".png", "image/png")],
      ],
    }),
    search,
    createFilters(places.filters, model, store),
    createBar(places.bar, model, store, places.chips),
    drawing,
    createLooks(places.legend, model, store),
    createZoom(places.zoom, store, drawing),
    panel,
    createSummary(places.summary, model, store),
    table,
  ];

  function update() {
    const { theme, lang } = store.get();
    const { dataset } = document.documentElement;
    if (dataset.theme !== theme) dataset.theme = theme;
    const { absent } = store;
    places.notice.hidden = absent.length === 0;
    places.notice.textContent = absent.length > 0 ? words(lang).notFound(absent.length, absent.join(", ")) : "";
    for (const part of parts) part.update(view);
  }

  store.subscribe((state, before) => {
    const changed = Object.keys(state).filter((key) => /** @type {any} */ (state)[key] !== /** @type {any} */ (before)[key]);
    if (changed.some((key) => !LOOKS.has(key))) view = model.visible(state);
    if (changed.some((key) => key !== "camera" && key !== "q")) update();
  });
  /** Leave what was opened last: the record, then the surroundings. */
  function escape() {
    if (store.get().selected === null) store.set({ focus: null });
    else panel.close();
  }
  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key === "Escape" && !target.closest("dialog")) return escape();
    const typing = target.closest("input:not([type=checkbox], [type=range]), select, dialog");
    if (typing || !help.keys() || event.ctrlKey || event.metaKey || event.altKey) return;
    const deeds = /** @type {Record<string, () => void>} */ ({ "/": search.focus, "?": help.open, t: table.focus });
    const deed = deeds[event.key.toLowerCase()];
    if (deed === undefined) return;
    event.preventDefault();
    deed();
  });
  places.drawing.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") panel.enter();
  });
  // The system may change the theme while the page is open: the legend follows.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", update);
  preparePrint(model, store, () => view);
  update();
  // For who waits until something is drawn.
  requestAnimationFrame(() => (document.documentElement.dataset.ready = ""));
}

boot();
