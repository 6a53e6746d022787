// @ts-check
// What is seen, as tables (CSV, RFC 4180) and as a network (GEXF 1.3): no day in the bytes.
import { text } from "./data.js";
import { edgeColumns, nodeColumns, seen } from "./rows.js";
import { isoDay } from "./state.js";

// Spreadsheets take UTF-8 for what it is only after this mark.
const MARK = "\ufeff";

/** Write a cell as it is, between quotes where it must. @param {any} value */
function cell(value) {
  const said = value === null || value === undefined ? "" : String(value);
  return /[",\r\n]/.test(said) ? `"${said.replaceAll('"', '""')}"` : said;
}

/** @param {string[]} titles @param {any[][]} rows */
const csv = (titles, rows) => MARK + [titles, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");

/**
 * Write the nodes that are seen as CSV: IRI, then the columns of the table.
 *
 * @param {any} model
 * @param {any} view
 * @param {any} state
 */
export function nodesCsv(model, view, state) {
  const columns = nodeColumns(model, view, state.lang);
  const rows = seen(view.nodes).map((node) => [model.packed.nodes.iri[node], ...columns.map((column) => column.value(node))]);
  return csv(["iri", ...columns.map((column) => column.name)], rows);
}

/**
 * Write the links that are seen as CSV: both IRIs, then the columns of the table.
 *
 * @param {any} model
 * @param {any} view
 * @param {any} state
 */
export function edgesCsv(model, view, state) {
  const { nodes, edges } = model.packed;
  const columns = edgeColumns(model, view, state.lang);
  const rows = seen(view.edges).map((edge) => [nodes.iri[edges.a[edge]], nodes.iri[edges.b[edge]], ...columns.map((column) => column.value(edge))]);
  return csv(["iri_a", "iri_b", ...columns.map((column) => column.name)], rows);
}

/** Escape for XML; what XML cannot hold becomes the sign of replacement. @param {any} value */
function xml(value) {
  return String(value)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/**
 * Write what is seen as GEXF 1.3, for Gephi, networkx or igraph.
 *
 * @param {any} model
 * @param {any} view
 * @param {any} state
 */
export function gexf(model, view, state) {
  const { nodes, edges, meta } = model.packed;
  const own = nodeColumns(model, view, state.lang).slice(1);
  const ties = edgeColumns(model, view, state.lang).slice(3);
  const directed = meta.mode === "membership" || meta.mode === "funding" ? "directed" : "undirected";
  /** @param {import("./rows.js").Column[]} columns @param {string} sort */
  const declared = (columns, sort) => [
    `    <attributes class="${sort}" mode="static">`,
    ...columns.map((column, place) => `      <attribute id="${place}" title="${xml(column.name)}" type="${column.numeric ? "double" : "string"}"/>`),
    "    </attributes>",
  ];
  /** @param {import("./rows.js").Column[]} columns @param {number} index */
  const values = (columns, index) => {
    const said = columns.map((column, place) => [place, column.value(index)]).filter(([, value]) => value !== null && value !== "");
    return `<attvalues>${said.map(([place, value]) => `<attvalue for="${place}" value="${xml(value)}"/>`).join("")}</attvalues>`;
  };
  const node = (/** @type {number} */ index) =>
    `      <node id="${xml(nodes.iri[index])}" label="${xml(text(nodes.label[index], state.lang))}">${values(own, index)}` +
    // In Gephi y grows upwards.
    `<viz:position x="${nodes.x[index]}" y="${-nodes.y[index] || 0}" z="0"/></node>`;
  const edge = (/** @type {number} */ index) =>
    `      <edge id="${index}" source="${xml(nodes.iri[edges.a[index]])}" target="${xml(nodes.iri[edges.b[index]])}" weight="${view.weights[index]}">${values(ties, index)}</edge>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
    `  <meta><title>${xml(text(meta.title, state.lang))}</title><description>${xml([text(meta.source, state.lang), text(meta.licence, state.lang)].filter(Boolean).join(" – "))}</description></meta>`,
    `  <graph defaultedgetype="${directed}" mode="static">`,
    ...declared(own, "node"),
    ...declared(ties, "edge"),
    "    <nodes>",
    ...seen(view.nodes).map(node),
    "    </nodes>",
    "    <edges>",
    ...seen(view.edges).map(edge),
    "    </edges>",
    "  </graph>",
    "</gexf>",
    "",
  ].join("\n");
}

/**
 * Name a file after what it shows: the mode, and the day of observation when there is one.
 *
 * @param {any} model
 * @param {any} state
 * @param {string} suffix
 */
export function fileName(model, state, suffix) {
  const { meta } = model.packed;
  const day = state.to !== null ? isoDay(state.to) : meta.observed;
  return `${["spnr", meta.mode, day].filter(Boolean).join("-")}${suffix}`;
}

/** Hand a file to the person. @param {string | Blob} content @param {string} name @param {string} type */
export function save(content, name, type) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
