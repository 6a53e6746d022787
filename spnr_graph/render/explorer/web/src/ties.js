// @ts-check
// What makes a link, by what it links: initiatives, roles or actors in common.
import { text } from "./data.js";
import { words } from "./words.js";

/**
 * @typedef {object} Tie
 * @property {"initiatives" | "roles" | "actors" | "stated"} sort
 * @property {number[]} items initiatives, participations or nodes
 * @property {string[]} names
 * @property {string} said how many of what
 */

/**
 * Say what makes a link: between actors their shared initiatives, between an actor and
 * an initiative its roles, between initiatives their shared actors.
 *
 * @param {any} model
 * @param {any} view
 * @param {number} edge
 * @param {string} lang
 * @returns {Tie}
 */
export function tie(model, view, edge, lang) {
  const { edges, nodes, initiatives, participations, concepts } = model.packed;
  const w = words(lang);
  const [a, b] = [edges.a[edge], edges.b[edge]];
  const passes = view.weights[edge] > 0;
  const counted = (/** @type {number} */ p) => !passes || view.participations[p] === 1;
  if (nodes.type[a] === 1 && nodes.type[b] === 1) {
    const [these, those] = [a, b].map((node) =>
      new Set(model.participationsOf(node).filter(counted).map((/** @type {number} */ p) => participations.actor[p])),
    );
    const items = [...these].filter((actor) => those.has(actor)).sort((left, right) => left - right);
    const names = items.map((actor) => text(nodes.label[actor], lang));
    return { sort: "actors", items, names, said: w.sharedActors(items.length) };
  }
  if (nodes.type[a] !== nodes.type[b]) {
    const [actor, place] = nodes.type[a] === 0 ? [a, b] : [b, a];
    const items = model.participationsOf(actor).filter((/** @type {number} */ p) => counted(p) && participations.initiative[p] === nodes.initiative[place]);
    const names = [...new Set(items.map((/** @type {number} */ p) => text(concepts.label[participations.role[p]], lang)))];
    return { sort: "roles", items, names, said: w.rolesHeld(names.length) };
  }
  const items = passes ? view.via(edge) : edges.via[edge];
  if (items.length === 0) return { sort: "stated", items, names: [], said: w.stated };
  const names = items.map((/** @type {number} */ initiative) => text(initiatives.label[initiative], lang));
  return { sort: "initiatives", items, names, said: w.shared(items.length) };
}
