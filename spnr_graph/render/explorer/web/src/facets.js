// @ts-check
// What each filter offers, and how many nodes each value would leave.
import { text } from "./data.js";

export const FACETS = /** @type {const} */ (["axis", "objective", "audience", "kind", "role", "territory", "community", "source"]);
/** Filters whose values hold others. */
export const TREES = new Set(["axis", "objective", "audience", "kind", "role", "territory"]);

/**
 * Concepts and all that hold them, once each.
 *
 * @param {number[][]} within concept → all that hold it
 * @param {number[]} concepts
 */
export function upwards(within, concepts) {
  return new Set(concepts.flatMap((concept) => [concept, ...within[concept]]));
}

/**
 * Count the nodes that each value of each filter would leave, the other filters as
 * they are: what a person wants to know before choosing.
 *
 * @param {any} model
 * @param {import("./state.js").State} state
 * @param {any} view what is seen in this state
 * @returns {Record<string, Map<number, number>>} filter → value → nodes
 */
export function counts(model, state, view) {
  /** @type {Record<string, Map<number, number>>} */
  const found = {};
  /** @type {Map<string, Uint8Array>} */
  const known = new Map([["", view.participations]]);
  for (const facet of FACETS) {
    // Filters in which nothing is chosen all see the same participations.
    const key = state[facet].length > 0 ? facet : "";
    const without = { ...state, [facet]: [], focus: null, all: true };
    const passing = known.get(key) ?? model.visible(without).participations;
    known.set(key, passing);
    found[facet] = countOf(model, facet, passing);
  }
  return found;
}

/** @param {any} model @param {string} facet @param {Uint8Array} passing @returns {Map<number, number>} */
function countOf(model, facet, passing) {
  const { participations, concepts } = model.packed;
  const { drawn, place } = model.columns;
  const values = valuesOf(facet, model);
  /** @type {Map<number, Set<number>>} */
  const left = new Map();
  for (let p = 0; p < passing.length; p += 1) {
    if (!passing[p]) continue;
    const said = values(p);
    for (const value of TREES.has(facet) ? upwards(concepts.within, said) : said) {
      const known = left.get(value) ?? new Set();
      if (drawn[participations.actor[p]]) known.add(participations.actor[p]);
      if (place[p] >= 0) known.add(place[p]);
      left.set(value, known);
    }
  }
  return new Map([...left].map(([value, who]) => [value, who.size]));
}

/**
 * Say where a filter reads its values from a participation.
 *
 * @param {string} facet
 * @param {any} model
 * @returns {(participation: number) => number[]}
 */
function valuesOf(facet, model) {
  const { initiatives, meta, nodes, participations } = model.packed;
  const { actor, initiative, role, sources } = participations;
  const { place } = model.columns;
  const one = (/** @type {number} */ value) => (value >= 0 ? [value] : []);
  if (facet === "axis") return (p) => initiatives.axes[initiative[p]];
  if (facet === "objective") return (p) => initiatives.objectives[initiative[p]];
  if (facet === "audience") return (p) => initiatives.audiences[initiative[p]];
  if (facet === "source") return (p) => sources[p];
  if (facet === "territory") return (p) => initiatives.territories[initiative[p]];
  if (facet === "role") return (p) => one(role[p]);
  const both = meta.mode === "initiatives" || meta.mode === "actors-initiatives";
  if (facet === "kind")
    return (p) => [...one(nodes.kind[actor[p]]), ...(both ? one(initiatives.kind[initiative[p]]) : [])];
  return (p) => one(nodes.community[place[p] >= 0 ? place[p] : actor[p]]);
}

/**
 * List what a filter offers in all the data: most frequent first, then by name.
 *
 * @param {Map<number, number>} whole counts when nothing is filtered
 * @param {(value: number) => string} name
 */
export function ranked(whole, name) {
  return [...whole.keys()].sort(
    (left, right) =>
      (whole.get(right) ?? 0) - (whole.get(left) ?? 0) || (name(left) < name(right) ? -1 : 1),
  );
}

/** Name a value of a filter. @param {any} model @param {string} facet @param {number} value @param {string} lang */
export function valueName(model, facet, value, lang) {
  const { communities, concepts, sources } = model.packed;
  if (facet === "source") return text(sources.title[value], lang) || sources.iri[value];
  return text(facet === "community" ? communities[value]?.label : concepts.label[value], lang);
}

/**
 * First and last day that the initiatives tell of; null when they tell none.
 *
 * @param {any} model
 * @returns {[number, number] | null}
 */
export function span(model) {
  const { initiatives, participations, meta } = model.packed;
  const days = [initiatives, participations]
    .flatMap((dated) => [...dated.start, ...dated.end])
    .filter((/** @type {number | null} */ day) => day !== null);
  if (days.length === 0) return null;
  const observed = meta.observed ? Date.parse(meta.observed) / 86_400_000 : days[0];
  let [first, last] = [observed, observed];
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return [first, last];
}
