// @ts-check
// Why two nodes are linked: each initiative, both roles, the dates, the sources.
import { text } from "./data.js";
import { h } from "./dom.js";
import { initiativeName, longList, opens, part, partTaken, sourcesOf, when } from "./card-node.js";
import { tie } from "./ties.js";
import { number } from "./words.js";

/** Make the record of a link. @param {import("./card-node.js").About} about @param {number} edge */
export function linkCard(about, edge) {
  const { model, view, lang, w } = about;
  const { edges, nodes } = model.packed;
  const ends = [edges.a[edge], edges.b[edge]];
  const passes = view.weights[edge] > 0;
  const weight = number(passes ? view.weights[edge] : edges.weight[edge], lang);
  const why = tie(model, view, edge, lang);
  const { rows, stated } = ROWS[why.sort](about, ends, why.items);
  const content = [
    !passes && h("p", { class: "notice" }, w.hiddenNote),
    h("ul", { class: "ends" }, ...ends.map((node) => h("li", {}, opens(about, `n${node}`, text(nodes.label[node], lang))))),
    rows.length > 0 && part(w.why, longList(rows, (row) => row(), about)),
    part(w.sources, sourcesOf(about, stated)),
  ];
  return { kind: `${why.said} · ${w.weight.toLowerCase()} ${weight}`, content };
}

/**
 * @typedef {(about: import("./card-node.js").About, ends: number[], items: number[]) =>
 *   {rows: (() => any)[], stated: number[]}} Rows
 */

/** @type {Record<import("./ties.js").Tie["sort"], Rows>} */
const ROWS = {
  initiatives: (about, ends, items) => {
    const { participations } = about.model.packed;
    const of = (/** @type {number} */ node, /** @type {number} */ initiative) =>
      taken(about, node).filter((p) => participations.initiative[p] === initiative);
    return {
      rows: items.map((initiative) => () =>
        h("li", {}, initiativeName(about, initiative), h("span", { class: "soft" }, ` ${when(about, initiative)}`), sides(about, ends, (node) => of(node, initiative))),
      ),
      stated: items.flatMap((initiative) => ends.flatMap((node) => of(node, initiative))),
    };
  },
  actors: (about, ends, items) => {
    const { nodes, participations } = about.model.packed;
    const of = (/** @type {number} */ place, /** @type {number} */ actor) =>
      taken(about, place).filter((p) => participations.actor[p] === actor);
    return {
      rows: items.map((actor) => () =>
        h("li", {}, opens(about, `n${actor}`, text(nodes.label[actor], about.lang)), sides(about, ends, (place) => of(place, actor))),
      ),
      stated: items.flatMap((actor) => ends.flatMap((place) => of(place, actor))),
    };
  },
  roles: (about, _, items) => ({ rows: items.map((p) => () => h("li", {}, partTaken(about, p))), stated: items }),
  stated: () => ({ rows: [], stated: [] }),
};

/** Participations of a node. @param {import("./card-node.js").About} about @param {number} node @returns {number[]} */
const taken = (about, node) => about.model.participationsOf(node);

/** Both ends, each with the part it takes. @param {import("./card-node.js").About} about @param {number[]} ends @param {(node: number) => number[]} of */
function sides(about, ends, of) {
  const { lang, model, w } = about;
  const { nodes } = model.packed;
  const side = (/** @type {number} */ node) => {
    const name = text(nodes.short[node], lang) || text(nodes.label[node], lang);
    return h("li", {}, `${name}${w.colon}${of(node).map((p) => partTaken(about, p)).join(" ; ") || w.unknown}`);
  };
  return h("ul", { class: "plain parts" }, ...ends.map(side));
}
