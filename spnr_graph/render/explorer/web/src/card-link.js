// @ts-check
// Why two nodes are linked: each initiative, both roles, the dates, the sources.
import { text } from "./data.js";
import { h } from "./dom.js";
import { initiativeName, opens, longList, part, partTaken, sourcesOf, when } from "./card-node.js";
import { number } from "./words.js";

/** Make the record of a link. @param {import("./card-node.js").About} about @param {number} edge */
export function linkCard(about, edge) {
  const { model, view, lang, w } = about;
  const { edges, nodes, participations } = model.packed;
  const ends = [edges.a[edge], edges.b[edge]];
  const passes = view.weights[edge] > 0;
  const via = passes ? view.via(edge) : edges.via[edge];
  /** @type {(node: number, initiative: number) => number[]} */
  const stated = (node, initiative) =>
    model.participationsOf(node).filter((/** @type {number} */ p) => participations.initiative[p] === initiative);
  const side = (/** @type {number} */ node, /** @type {number} */ initiative) =>
    h("li", {}, opens(about, `n${node}`, text(nodes.short[node], lang) || text(nodes.label[node], lang)), `${w.colon}${stated(node, initiative).map((p) => partTaken(about, p)).join(" ; ") || w.unknown}`);
  const all = via.flatMap((/** @type {number} */ initiative) => ends.flatMap((node) => stated(node, initiative)));
  const kind = `${w.shared(via.length)} · ${w.weight.toLowerCase()} ${number(passes ? view.weights[edge] : edges.weight[edge], lang)}`;
  const content = [
    !passes && h("p", { class: "notice" }, w.hiddenNote),
    h("ul", { class: "ends" }, ...ends.map((node) => h("li", {}, opens(about, `n${node}`, text(nodes.label[node], lang))))),
    part(w.why, longList(via, (initiative) =>
      h("li", {}, initiativeName(about, initiative), h("span", { class: "soft" }, ` ${when(about, initiative)}`),
        h("ul", { class: "plain parts" }, ...ends.map((node) => side(node, initiative)))), about)),
    part(w.sources, sourcesOf(about, all)),
  ];
  return { kind, content };
}
