import assert from "node:assert/strict";
import { test } from "node:test";
import { Finder, entriesOf, fold, slips } from "../src/finding.js";
import { Model } from "../src/model.js";
import { packed } from "./packed.mjs";

const entry = (id, rank, ...texts) => ({ id, name: texts[0], texts, rank });
const finder = new Finder([
  entry("n0", 2, "Ville de Besançon", "Besançon", "212500565"),
  entry("n1", 9, "Région Bourgogne-Franche-Comté", "Région BFC"),
  entry("n2", 1, "Médiathèque de l'Œuvre", "Médiathèque"),
  entry("n3", 0, "Ville de Beaune"),
  entry("i0", 0, "Conseillers numériques", "France Services"),
]);
const ids = (query) => finder.find(query).map((found) => found.id);

test("accents, case, ligatures and signs do not matter", () => {
  assert.equal(fold("  L'ŒUVRE-Été (n° 2)"), "l oeuvre ete n 2");
  assert.equal(fold("e\u0301te\u0301"), "ete");
  for (const typed of ["besancon", "BESANÇON", "Besançon ", "besan"]) assert.equal(ids(typed)[0], "n0");
  assert.deepEqual(ids("oeuvre"), ["n2"]);
});

test("a slip is forgiven in a word long enough to bear it", () => {
  assert.deepEqual(ids("besacnon"), ["n0"]);
  assert.deepEqual(ids("mediateque"), ["n2"]);
  assert.deepEqual(ids("bourgonge"), ["n1"]);
  assert.deepEqual(ids("numérqiue"), ["i0"]);
  assert.deepEqual(ids("mediateqe"), ["n2"]);
  assert.deepEqual(ids("bes0n"), []);
  assert.deepEqual(ids("bax"), []);
});

test("every word typed must be met, in any order, small words apart", () => {
  assert.deepEqual(ids("comté région"), ["n1"]);
  assert.deepEqual(ids("ville de"), ["n0", "n3"]);
  assert.deepEqual(ids("ville beaune"), ["n3"]);
  assert.deepEqual(ids("ville lyon"), []);
});

test("numbers are found by their start and forgive nothing", () => {
  assert.deepEqual(ids("2125"), ["n0"]);
  assert.deepEqual(ids("212500566"), []);
});

test("nothing typed, or signs alone, finds nothing", () => {
  assert.deepEqual(ids(""), []);
  assert.deepEqual(ids(" !? "), []);
});

test("slips counts changes, losses, gains and swaps, and stops early", () => {
  assert.equal(slips("abc", "abc", 2), 0);
  assert.equal(slips("abc", "acb", 2), 1);
  assert.equal(slips("abcd", "abd", 2), 1);
  assert.equal(slips("abc", "abcd", 2), 1);
  assert.equal(slips("abc", "xyz", 2), 3);
  assert.equal(slips("abc", "abcdef", 2), 3);
});

test("all nodes and the initiatives that are no nodes can be found, in both languages", () => {
  const model = new Model(packed());
  const all = new Finder(entriesOf(model));
  assert.equal(all.entries.length, 7);
  assert.deepEqual(all.find("data portal").map((found) => found.id), ["i1"]);
  assert.deepEqual(all.find("111111").map((found) => found.id), ["n0"]);
});
