import assert from "node:assert/strict";
import { test } from "node:test";
import { counts, span, upwards } from "../src/facets.js";
import { inForce } from "../src/filters.js";
import { Model } from "../src/model.js";
import { nodeColumns, seen, sorted } from "../src/rows.js";
import { initial } from "../src/state.js";
import { tell } from "../src/telling.js";
import { day, n, number, period, words } from "../src/words.js";
import { packed } from "./packed.mjs";

const data = packed();
const model = new Model(data);
const at = (patch) => ({ ...initial(data), all: true, ...patch });
const told = (patch) => tell(model, model.visible(at(patch)), at(patch));

test("the picture is told in French, the most important first", () => {
  assert.deepEqual(told({}), [
    "Le dessin montre 4 acteurs et 3 liens.",
    "On y compte surtout : Association (2) et Commune (1).",
    "Les plus reliés sont Ville de Besançon (2 partenaires), Région d'essai (2 partenaires) et Médiathèque de l'Œuvre (2 partenaires).",
    "Fait le pont entre les autres : Région d'essai.",
    "Le lien le plus fort unit Ville de Besançon et Région d'essai : 2 initiatives communes.",
    "Sans aucun lien ici : 1 acteur.",
  ].map((sentence) => sentence.replace(/ :/g, "\u00a0:")));
});

test("and in English, with the filters in force and what they hide", () => {
  assert.deepEqual(told({ lang: "en", axis: [1] }), [
    "The drawing shows 3 actors and 1 link.",
    "They are mostly: Municipality (1) and Association (1).",
    "The most connected are Ville de Besançon (1 partner) and Région d'essai (1 partner).",
    "Without any link here: 1 actor.",
    "Filters in force: Axis: Data.",
    "Hidden by the filters: 1 actor.",
  ]);
});

test("nothing seen, nothing at all: each has its sentence", () => {
  const nothing = told({ axis: [1], kind: [2], role: [5] });
  assert.equal(nothing[0], words("fr").nothing);
  assert.equal(nothing.length, 3);
  const empty = packed();
  for (const part of ["nodes", "edges", "participations", "initiatives"])
    for (const [key, column] of Object.entries(empty[part]))
      empty[part][key] = Array.isArray(column) ? [] : {};
  const none = new Model(empty);
  assert.deepEqual(tell(none, none.visible(at({})), at({})), [words("fr").emptyNetwork]);
});

test("both languages have the same words, of the same form", () => {
  const [fr, en] = [words("fr"), words("en")];
  assert.deepEqual(Object.keys(fr), Object.keys(en));
  for (const key of Object.keys(fr)) {
    assert.equal(typeof fr[key], typeof en[key], key);
    if (typeof fr[key] === "function") assert.equal(fr[key].length, en[key].length, key);
  }
});

test("numbers, days and periods are written as each language writes them", () => {
  assert.equal(n(1234567, "fr"), "1\u202f234\u202f567");
  assert.equal(n(1234567, "en"), "1,234,567");
  assert.equal(number(-0.25, "fr"), "−0,25");
  assert.equal(number(-0.0001, "fr"), "0");
  assert.equal(number(1234.5, "en", 2), "1,234.5");
  assert.equal(number(100, "en"), "100");
  assert.equal(day(18262, "fr"), "1er janvier 2020");
  assert.equal(day(18263, "en"), "2 January 2020");
  assert.equal(period(18262, null, "fr"), "depuis le 1er janvier 2020");
  assert.equal(period(null, 18262, "en"), "until 1 January 2020");
  assert.equal(period(18262, 18262, "en"), "1 January 2020");
  assert.equal(period(null, null, "fr"), "sans date");
});

test("one takes the singular, and zero too in French", () => {
  assert.deepEqual([0, 1, 2].map((count) => words("fr").links(count)), ["0 lien", "1 lien", "2 liens"]);
  assert.deepEqual([0, 1, 2].map((count) => words("en").links(count)), ["0 links", "1 link", "2 links"]);
});

test("facets count the actors that a value would leave, the other filters as they are", () => {
  const free = counts(model, at({}), model.visible(at({})));
  assert.deepEqual([...free.axis].sort(), [[0, 3], [1, 3]]);
  assert.deepEqual([...free.role].sort(), [[4, 3], [5, 1]]);
  assert.deepEqual([...free.territory], [[6, 3]]);
  const chosen = counts(model, at({ axis: [1] }), model.visible(at({ axis: [1] })));
  assert.deepEqual([...chosen.axis].sort(), [[0, 3], [1, 3]]);
  assert.deepEqual([...chosen.kind].sort(), [[2, 1], [3, 1]]);
  assert.deepEqual([...upwards(data.concepts.within, [8])].sort(), [6, 7, 8]);
});

test("a count is what is seen once the value is chosen", () => {
  const free = counts(model, at({}), model.visible(at({})));
  for (const facet of ["axis", "objective", "audience", "role", "kind", "community", "territory", "source"])
    for (const [value, count] of free[facet])
      assert.equal(model.visible(at({ [facet]: [value] })).nodeCount, count, `${facet} ${value}`);
});

test("the period spans what is dated and the day of observation", () => {
  assert.deepEqual(span(model), [18262, 20484]);
});

test("each filter in force can be taken away alone", () => {
  const state = at({ axis: [0, 1], from: 18262 });
  assert.deepEqual(inForce(model, state).map(({ name, without }) => [name, without]), [
    ["Axe\u00a0: Inclusion numérique", { axis: [1] }],
    ["Axe\u00a0: Données", { axis: [0] }],
    ["Période\u00a0: depuis le 1er janvier 2020", { from: null, to: null }],
  ]);
});

test("rows are sorted by value, accents apart; what has none comes last either way", () => {
  const view = model.visible(at({}));
  const columns = nodeColumns(model, view, "fr");
  const order = (sort) => sorted(seen(view.nodes), columns, sort);
  assert.deepEqual(order("label"), [3, 2, 1, 0]);
  assert.deepEqual(order("-intermediarite"), [1, 0, 2, 3]);
  assert.deepEqual(order("intermediarite"), [0, 2, 1, 3]);
  assert.deepEqual(order("territory").at(-1), 3);
  assert.deepEqual(order("-territory").at(-1), 3);
  assert.deepEqual(order("no-such-column"), [3, 2, 1, 0]);
});
