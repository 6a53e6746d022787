// @ts-check
// What the drawing shows, told in sentences made from what is seen.
import { text } from "./data.js";
import { inForce } from "./filters.js";
import { amounts, seen } from "./rows.js";
import { tie } from "./ties.js";
import { list, words } from "./words.js";

const FEW = 3;
const LONG = 80;

/**
 * Tell what is seen.
 *
 * @param {any} model
 * @param {any} view
 * @param {import("./state.js").State} state
 * @returns {string[]} sentences, the most important first
 */
export function tell(model, view, state) {
  const w = words(state.lang);
  const { nodes, concepts } = model.packed;
  const { mode } = model.packed.meta;
  const filters = inForce(model, state).map(({ name }) => name);
  const said = [];
  if (model.nodeCount === 0) return [w.emptyNetwork];
  if (view.nodeCount === 0) said.push(w.nothing);
  else said.push(...told(model, view, state));
  if (filters.length > 0) said.push(w.inForce(filters));
  const hidden = seen(model.columns.drawn).filter((node) => !view.nodes[node]);
  if (hidden.length > 0 && state.focus === null && filters.length > 0)
    said.push(w.hiddenNodes(list(amounts(model, hidden, state.lang), state.lang)));
  return said;

  /** @param {any} model @param {any} view @param {any} state */
  function told(model, view, state) {
    const shown = seen(view.nodes);
    const actors = shown.filter((node) => nodes.type[node] === 0);
    // Of two modes, the actors are those that one asks about.
    const main = actors.length > 0 ? actors : shown;
    const what = amounts(model, shown, state.lang);
    const sentences = [w.shows([...what, w.allShown(view.edgeCount).toLowerCase()])];
    if (state.focus !== null) sentences.push(`${w.around(called(state.focus), state.depth)}.`);
    if (view.hiddenCount > 0) sentences.push(`${w.backboneOf(view.edgeCount, view.edgeCount + view.hiddenCount)}. ${w.hiddenLinks(view.hiddenCount)}`);
    sentences.push(...kinds(shown), ...linked(main), ...between(main), ...strongest(), ...gathered(shown));
    const alone = main.filter((node) => view.degree[node] === 0);
    if (alone.length > 0) sentences.push(w.isolated(list(amounts(model, alone, state.lang), state.lang)));
    return sentences;
  }

  /** A name, cut where a sentence would be lost in it. @param {number} node */
  function called(node) {
    const name = text(nodes.label[node], state.lang);
    return name.length <= LONG ? name : `${name.slice(0, LONG - 1).trimEnd()}…`;
  }

  /** Values of nodes, most frequent first. @param {number[]} shown @param {(node: number) => number} value */
  function frequent(shown, value) {
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const node of shown) if (value(node) >= 0) counts.set(value(node), (counts.get(value(node)) ?? 0) + 1);
    return [...counts].sort((left, right) => right[1] - left[1] || left[0] - right[0]);
  }

  /** @param {number[]} shown */
  function kinds(shown) {
    const found = frequent(shown, (node) => nodes.kind[node]);
    if (found.length < 2) return [];
    return [w.kindsAre(found.slice(0, FEW).map(([kind, count]) => `${text(concepts.label[kind], state.lang)} (${count})`))];
  }

  /** @param {number[]} among @param {(node: number) => number | null} value */
  function top(among, value) {
    const ranked = among.filter((node) => (value(node) ?? 0) > 0);
    ranked.sort((left, right) => (value(right) ?? 0) - (value(left) ?? 0) || left - right);
    return ranked.slice(0, FEW);
  }

  /** @param {number[]} among */
  function linked(among) {
    const best = top(among, (node) => view.degree[node]);
    if (best.length === 0) return [];
    const met = mode === "actors" ? w.partners : w.links;
    return [w.most(best.map((node) => `${called(node)} (${met(view.degree[node])})`))];
  }

  // Betweenness is a measure of the whole network: under a filter it would mislead.
  /** @param {number[]} among */
  function between(among) {
    const values = nodes.measures.intermediarite ?? nodes.measures.betweenness;
    if (values === undefined || filters.length > 0 || state.focus !== null) return [];
    const best = top(among, (node) => values[node]);
    return best.length === 0 ? [] : [w.brokers(best.map((node) => called(node)))];
  }

  function strongest() {
    const { edges } = model.packed;
    let best = -1;
    for (const edge of seen(view.edges)) if (best < 0 || view.weights[edge] > view.weights[best]) best = edge;
    if (best < 0 || view.edgeCount < 2) return [];
    const { items, said: shared, sort } = tie(model, view, best, state.lang);
    if (items.length < 2 || sort === "roles") return [];
    return [w.strongest(called(edges.a[best]), called(edges.b[best]), shared)];
  }

  /** @param {number[]} shown */
  function gathered(shown) {
    const found = frequent(shown, (node) => nodes.community[node]);
    if (found.length < 2) return [];
    return [w.communitiesAre(found.length)];
  }
}
