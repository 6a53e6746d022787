import assert from "node:assert/strict";
import { test } from "node:test";
import { edgesCsv, fileName, gexf, nodesCsv } from "../src/exports-data.js";
import { Model } from "../src/model.js";
import { initial } from "../src/state.js";
import { packed } from "./packed.mjs";

const data = packed();
const model = new Model(data);
const state = { ...initial(data), all: true };
const view = model.visible(state);

test("the CSV of actors marks its encoding and quotes what it must", () => {
  const lines = nodesCsv(model, view, state).split("\r\n");
  assert.equal(lines[0], "\ufeffiri,label,kind,territory,community,degree,strength,intermediarite");
  assert.equal(
    lines[4],
    'https://w3id.org/spnr/id/acteur/local-essai-seule,"=Seule, ""association""",Association,,,0,0,',
  );
  assert.equal(lines.length, 6);
  assert.equal(lines[5], "");
});

test("the CSV of links names both ends and what they share", () => {
  const lines = edgesCsv(model, view, state).split("\r\n");
  assert.equal(lines[0], "\ufeffiri_a,iri_b,a,b,weight,shared");
  assert.equal(
    lines[1],
    "https://w3id.org/spnr/id/acteur/siren-111111111,https://w3id.org/spnr/id/acteur/siren-222222222," +
      "Ville de Besançon,Région d'essai,2,Réseau de tiers-lieux | Portail de données",
  );
});

test("what is hidden is not exported", () => {
  const narrow = { ...state, axis: [1] };
  const seen = model.visible(narrow);
  assert.equal(nodesCsv(model, seen, narrow).split("\r\n").length, 5);
  assert.equal((gexf(model, seen, narrow).match(/<edge /g) ?? []).length, 1);
});

test("GEXF escapes its texts, holds no day, and is the same each time", () => {
  const odd = packed();
  odd.nodes.label[0] = "<Été & \"co\">\u0000\ud800 العربية 🎉";
  const other = new Model(odd);
  const text = gexf(other, other.visible(state), state);
  assert.ok(text.includes('label="&#60;Été &#38; &#34;co&#34;&#62;\ufffd\ufffd العربية 🎉"'));
  assert.ok(!/lastmodified|\d{4}-\d\d-\d\d/.test(text));
  assert.equal(text, gexf(other, other.visible(state), state));
});

test("a file is called after the mode and the day that it shows", () => {
  assert.equal(fileName(model, state, ".gexf"), "spnr-actors-2026-01-31.gexf");
  assert.equal(fileName(model, { ...state, to: 18262 }, "-liens.csv"), "spnr-actors-2020-01-01-liens.csv");
});
