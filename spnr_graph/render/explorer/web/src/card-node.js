// @ts-check
// What is known of an actor or of an initiative, as lists that can be read aloud.
import { text } from "./data.js";
import { h, link } from "./dom.js";
import { kindOf } from "./search.js";
import { tie } from "./ties.js";
import { number, period } from "./words.js";

/**
 * @typedef {object} About what a record is made of
 * @property {any} model
 * @property {any} store
 * @property {any} view
 * @property {string} lang
 * @property {typeof import("./words.js").words extends (lang: string) => infer W ? W : never} w
 */

const FIRST = 12;

/** Make a part of a record with its heading. @param {string} title @param {...any} content */
export const part = (title, ...content) =>
  h("section", { class: "part" }, h("h3", {}, title), ...content);

/**
 * Make a list whose end waits for a press.
 *
 * @param {any[]} items
 * @param {(item: any) => any} row
 * @param {About} about
 */
export function longList(items, row, about) {
  const list = h("ul", { class: "plain" }, ...items.slice(0, FIRST).map(row));
  const rest = items.slice(FIRST);
  if (rest.length === 0) return list;
  const button = h("button", { type: "button", class: "quiet" }, about.w.showMore(rest.length));
  const more = h("li", {}, button);
  button.addEventListener("click", () => {
    const rows = rest.map(row);
    more.replaceWith(...rows);
    rows[0].querySelector("button, a")?.focus();
  });
  list.append(more);
  return list;
}

/** Make a button that opens a record. @param {About} about @param {string} id @param {string} name */
export const opens = (about, id, name) =>
  h("button", { type: "button", class: "link", onclick: () => about.store.set({ selected: id }) }, name);

/** Name a concept, or say that it is not stated. @param {About} about @param {number} concept */
const concept = (about, concept) =>
  concept >= 0 ? text(about.model.packed.concepts.label[concept], about.lang) : about.w.unknown;

/** @param {About} about @param {number[]} concepts */
const concepts = (about, concepts) => concepts.map((each) => concept(about, each));

/** Make the terms of a record; those without value are left out. @param {[string, any][]} pairs */
function terms(pairs) {
  const said = pairs.map(([term, value]) => /** @type {[string, any[]]} */ ([term, [value].flat().filter((each) => each !== "")]));
  return h("dl", { class: "terms" }, ...said.filter(([, values]) => values.length > 0).flatMap(([term, values]) => [h("dt", {}, term), ...values.map((each) => h("dd", {}, each))]));
}

/** The sources of participations, with publisher and date. @param {About} about @param {number[]} stated */
export function sourcesOf(about, stated) {
  const { participations, sources } = about.model.packed;
  const found = [...new Set(stated.flatMap((p) => participations.sources[p]))].sort((a, b) => a - b);
  if (found.length === 0) return h("p", { class: "soft" }, about.w.noSource);
  return longList(found, (source) => {
    const said = [sources.publisher[source], sources.issued[source], text(sources.licence?.[source], about.lang)];
    const address = sources.iri[source];
    return h("li", {}, link(address, text(sources.title[source], about.lang) || address), h("span", { class: "soft" }, said.filter(Boolean).map((each) => ` · ${each}`).join("")));
  }, about);
}

/** An initiative by name, whose record can be opened. @param {About} about @param {number} initiative */
export function initiativeName(about, initiative) {
  const { initiatives, nodes } = about.model.packed;
  about.model.drawnAs ??= new Map(nodes.initiative.flatMap((/** @type {number} */ each, /** @type {number} */ node) => (each >= 0 ? [[each, node]] : [])));
  const node = about.model.drawnAs.get(initiative);
  return opens(about, node === undefined ? `i${initiative}` : `n${node}`, text(initiatives.label[initiative], about.lang));
}

/** Dates and status of an initiative. @param {About} about @param {number} initiative */
export function when(about, initiative) {
  const { initiatives } = about.model.packed;
  const said = [period(initiatives.start[initiative], initiatives.end[initiative], about.lang)];
  if (initiatives.status[initiative] >= 0) said.push(concept(about, initiatives.status[initiative]));
  return said.join(" · ");
}

/** Group what is stated by a key, in the order in which keys come. @param {number[]} stated @param {(p: number) => number} key */
export function grouped(stated, key) {
  /** @type {Map<number, number[]>} */
  const groups = new Map();
  for (const p of stated) groups.set(key(p), [...(groups.get(key(p)) ?? []), p]);
  return [...groups];
}

/** Role, period and amount of a participation. @param {About} about @param {number} p */
export function partTaken(about, p) {
  const { participations } = about.model.packed;
  const said = [concept(about, participations.role[p])];
  const [start, end] = [participations.start[p], participations.end[p]];
  if (start !== null || end !== null) said.push(period(start, end, about.lang));
  if (participations.amount[p] !== null) said.push(about.w.euros(participations.amount[p]));
  if (participations.confidence?.[p] >= 0) said.push(concept(about, participations.confidence[p]).toLowerCase());
  return said.join(" · ");
}

/** The measures of a node, each with its meaning on demand. @param {About} about @param {number} node */
function measures(about, node) {
  const { packed } = about.model;
  const { lang, w } = about;
  return h("ul", { class: "measures" }, ...packed.measures.map((/** @type {any} */ one) => {
    const value = packed.nodes.measures[one.name]?.[node];
    const label = text(one.label, lang);
    const caveat = text(one.caveat, lang);
    return h("li", {}, h("details", {},
      h("summary", {}, h("span", {}, label), h("strong", {}, value === null || value === undefined ? "–" : number(value, lang))),
      h("p", {}, text(one.meaning, lang), one.unit ? h("span", { class: "soft" }, ` (${text(one.unit, lang)})`) : null),
      caveat && h("p", {}, h("strong", {}, w.caveat + w.colon), caveat),
      one.source && h("p", { class: "soft" }, w.reference + w.colon + one.source)));
  }));
}

/** Links of a node that are seen in the filters: strongest first. @param {About} about @param {number} node */
function partners(about, node) {
  const { model, view } = about;
  const found = model.edgesOf(node)
    .filter((/** @type {number} */ edge) => view.weights[edge] > 0)
    .map((/** @type {number} */ edge) => ({ edge, other: model.otherEnd(edge, node), weight: view.weights[edge] }));
  return found.sort((/** @type {any} */ left, /** @type {any} */ right) => right.weight - left.weight || left.other - right.other);
}

/** @param {About} about @param {number} edge */
const shared = (about, edge) => {
  const { said, names } = tie(about.model, about.view, edge, about.lang);
  return `${said}${names.length > 0 ? about.w.colon : ""}${names.slice(0, 3).join(", ")}${names.length > 3 ? "…" : ""}`;
};

/** The partners of a node, each with why. @param {About} about @param {number} node */
export function partnersPart(about, node) {
  const { model, w, lang } = about;
  const found = partners(about, node);
  const title = model.packed.meta.mode === "actors" ? w.partnersTitle : w.tableLinks;
  if (found.length === 0) return part(title, h("p", { class: "soft" }, w.none));
  return part(`${title} (${found.length})`, longList(found, ({ edge, other }) =>
    h("li", {}, opens(about, `n${other}`, text(model.packed.nodes.label[other], lang)),
      h("button", { type: "button", class: "why", onclick: () => about.store.set({ selected: `e${edge}` }) }, shared(about, edge))), about));
}

/** Make the record of an actor. @param {About} about @param {number} node */
export function actorCard(about, node) {
  const { model, view, lang, w } = about;
  const { nodes, communities, participations } = model.packed;
  const stated = model.participationsOf(node);
  const byInitiative = grouped(stated, (p) => participations.initiative[p]);
  const community = nodes.community[node];
  const sure = Math.round((nodes.stability?.[node] ?? 0) * 100);
  const kind = kindOf(model, `n${node}`, lang);
  const content = [
    !view.nodes[node] && h("p", { class: "notice" }, w.hiddenNote),
    terms([
      ...(nodes.identifiers[node] ?? []).map((/** @type {[string, string]} */ [name, value]) => [name, value]),
      [w.territory, nodes.territory[node] >= 0 ? concept(about, nodes.territory[node]) : ""],
      [w.axes, concepts(about, nodes.axes[node] ?? [])],
      [w.community, community >= 0 ? `${text(communities[community]?.label, lang)} (${w.stability(String(sure))})` : ""],
      [w.confidence, nodes.confidence[node] >= 0 ? concept(about, nodes.confidence[node]) : ""],
      [w.page, nodes.page[node] ? link(nodes.page[node], nodes.page[node]) : ""],
    ]),
    partnersPart(about, node),
    part(`${w.initiativesTitle} (${byInitiative.length})`, longList(byInitiative, ([initiative, parts]) =>
      h("li", {}, initiativeName(about, initiative),
        h("span", { class: "soft" }, ` ${when(about, initiative)}`),
        h("ul", { class: "plain parts" }, ...parts.map((/** @type {number} */ p) => h("li", {}, partTaken(about, p))))), about)),
    model.packed.measures.length > 0 && part(w.measures, measures(about, node)),
    part(w.sources, sourcesOf(about, stated)),
  ];
  return { kind, content };
}

/**
 * Make the record of an initiative.
 *
 * @param {About} about
 * @param {number} initiative
 * @param {number} [node] where it is one
 */
export function initiativeCard(about, initiative, node) {
  const { model, lang, w } = about;
  const { initiatives, participations, nodes } = model.packed;
  /** @type {number[]} */
  const stated = node === undefined
    ? participations.initiative.flatMap((/** @type {number} */ each, /** @type {number} */ p) => (each === initiative ? [p] : []))
    : model.participationsOf(node);
  const byActor = grouped(stated, (p) => participations.actor[p]);
  const kind = kindOf(model, `i${initiative}`, lang);
  const content = [
    terms([
      [w.dates, when(about, initiative)],
      [w.axes, concepts(about, initiatives.axes[initiative])],
      [w.territories, concepts(about, initiatives.territories[initiative])],
      [w.page, initiatives.page[initiative] ? link(initiatives.page[initiative], initiatives.page[initiative]) : ""],
    ]),
    part(`${w.participants} (${byActor.length})`, longList(byActor, ([actor, parts]) =>
      h("li", {}, opens(about, `n${actor}`, text(nodes.label[actor], lang)),
        h("ul", { class: "plain parts" }, ...parts.map((/** @type {number} */ p) => h("li", {}, partTaken(about, p))))), about)),
    node !== undefined && partnersPart(about, node),
    part(w.sources, sourcesOf(about, stated)),
  ];
  return { kind, content };
}
