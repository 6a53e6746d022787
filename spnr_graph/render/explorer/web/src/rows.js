// @ts-check
// The rows of the tables and of the exports: what is seen, in the order that is asked.
import { text } from "./data.js";
import { tie } from "./ties.js";
import { words } from "./words.js";

/**
 * @typedef {object} Column
 * @property {string} name
 * @property {string} title
 * @property {boolean} numeric
 * @property {(index: number) => string | number | null} value
 */

/** Indices that a mask keeps. @param {Uint8Array} mask @returns {number[]} */
export function seen(mask) {
  const found = [];
  for (let k = 0; k < mask.length; k += 1) if (mask[k]) found.push(k);
  return found;
}

/**
 * Say how many actors and how many initiatives there are among nodes.
 *
 * @param {any} model
 * @param {number[]} nodes
 * @param {string} lang
 * @returns {string[]} without what there is none of
 */
export function amounts(model, nodes, lang) {
  const w = words(lang);
  const actors = nodes.filter((node) => model.packed.nodes.type[node] === 0).length;
  const said = actors > 0 ? [w.actors(actors)] : [];
  return actors < nodes.length ? [...said, w.initiatives(nodes.length - actors)] : said;
}

/**
 * Columns of the table of nodes: what they are, what is counted in this view, measures.
 *
 * @param {any} model
 * @param {any} view
 * @param {string} lang
 * @returns {Column[]}
 */
export function nodeColumns(model, view, lang) {
  const { nodes, concepts, communities, measures } = model.packed;
  const w = words(lang);
  const concept = (/** @type {number} */ c) => (c >= 0 ? text(concepts.label[c], lang) : null);
  const column = (/** @type {string} */ name, /** @type {string} */ title, /** @type {(node: number) => any} */ value, numeric = false) => ({ name, title, value, numeric });
  // In a table links and strength are those of the view; of the network, in the record.
  const own = new Set(["degree", "strength", "liens", "force"]);
  return [
    column("label", w.name, (node) => text(nodes.label[node], lang)),
    column("kind", w.kind, (node) => concept(nodes.kind[node])),
    column("territory", w.territory, (node) => concept(nodes.territory[node])),
    column("community", w.community, (node) => text(communities[nodes.community[node]]?.label, lang) || null),
    column("degree", w.degree, (node) => view.degree[node], true),
    column("strength", w.strength, (node) => view.strength[node], true),
    ...measures
      .filter((/** @type {any} */ one) => !own.has(one.name))
      .map((/** @type {any} */ one) => column(one.name, text(one.label, lang), (node) => nodes.measures[one.name]?.[node] ?? null, true)),
  ];
}

/**
 * Columns of the table of links.
 *
 * @param {any} model
 * @param {any} view
 * @param {string} lang
 * @returns {Column[]}
 */
export function edgeColumns(model, view, lang) {
  const { nodes, edges } = model.packed;
  const w = words(lang);
  const end = (/** @type {number[]} */ ends) => (/** @type {number} */ edge) => text(nodes.label[ends[edge]], lang);
  return [
    { name: "a", title: `${w.name} 1`, numeric: false, value: end(edges.a) },
    { name: "b", title: `${w.name} 2`, numeric: false, value: end(edges.b) },
    { name: "weight", title: w.weight, numeric: true, value: (edge) => view.weights[edge] },
    { name: "shared", title: w.why, numeric: false, value: (edge) => tie(model, view, edge, lang).names.join(" | ") },
  ];
}

/**
 * Put rows in the order of a column; what has no value comes last either way.
 *
 * @param {number[]} rows
 * @param {Column[]} columns
 * @param {string} sort name of a column, "-" before it: descending
 */
export function sorted(rows, columns, sort) {
  const name = sort.replace(/^-/, "");
  const column = columns.find((each) => each.name === name) ?? columns[0];
  const sign = sort.startsWith("-") ? -1 : 1;
  const folded = (/** @type {any} */ value) => (column.numeric || value === null ? value : String(value).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase());
  const keyed = rows.map((row) => ({ row, key: folded(column.value(row)) }));
  const absent = (/** @type {any} */ key) => (key === null || key === "" ? 1 : 0);
  keyed.sort((left, right) => {
    const last = absent(left.key) - absent(right.key);
    if (last !== 0 || left.key === right.key) return last || left.row - right.row;
    return (left.key < right.key ? -1 : 1) * sign;
  });
  return keyed.map(({ row }) => row);
}
