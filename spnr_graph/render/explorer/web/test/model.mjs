import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { readData, text, unpack } from "../src/data.js";
import { Model } from "../src/model.js";
import { packed } from "./packed.mjs";

const [TOWN, REGION, LIBRARY, ALONE] = [0, 1, 2, 3];
const seen = (mask) => [...mask].flatMap((one, index) => (one ? [index] : []));
const views = (change = () => {}) => {
  const data = packed();
  change(data);
  return new Model(data);
};

test("data are inflated from base64", async () => {
  const data = { label: ["Œuvre", "🚲", "عربي"] };
  const base64 = deflateSync(JSON.stringify(data)).toString("base64");
  assert.deepEqual(await unpack(`\n${base64}\n`), data);
});

test("data cut short are an error, not half a network", async () => {
  const base64 = deflateSync(JSON.stringify(packed())).toString("base64");
  await assert.rejects(unpack(base64.slice(0, 400)));
});

test("a page whose data cannot be read says so", async () => {
  const shown = [];
  const elements = {
    data: { textContent: "AAAA" },
    unread: { removeAttribute: (name) => shown.push(name) },
  };
  globalThis.document = { getElementById: (id) => elements[id] ?? null };
  await assert.rejects(readData());
  assert.deepEqual(shown, ["hidden"]);
  delete globalThis.document;
});

test("a text is said in the language, or in the other one", () => {
  assert.equal(text("Œuvre", "en"), "Œuvre");
  assert.equal(text({ fr: "lien", en: "link" }, "en"), "link");
  assert.equal(text({ fr: "lien", en: "" }, "en"), "lien");
  assert.equal(text({ fr: "", en: "link" }, "fr"), "link");
  assert.equal(text(null, "fr"), "");
});

test("neighbours, links and participations of a node", () => {
  const model = views();
  assert.deepEqual(model.neighbours(TOWN), [REGION, LIBRARY]);
  assert.deepEqual(model.neighbours(ALONE), []);
  assert.deepEqual(model.edgesOf(LIBRARY), [1, 2]);
  assert.equal(model.otherEnd(1, LIBRARY), TOWN);
  assert.deepEqual(model.participationsOf(REGION), [1, 4]);
  assert.equal(model.edgeBetween(LIBRARY, TOWN), 1);
  assert.equal(model.edgeBetween(TOWN, ALONE), -1);
});

test("without filter every node is seen, and the backbone of the links", () => {
  const view = views().visible({});
  assert.deepEqual(seen(view.nodes), [TOWN, REGION, LIBRARY, ALONE]);
  assert.deepEqual(seen(view.edges), [0, 1]);
  assert.deepEqual([view.nodeCount, view.edgeCount, view.hiddenCount], [4, 2, 1]);
  assert.deepEqual([...view.degree], [2, 2, 2, 0]);
  assert.deepEqual([...view.strength], [3, 3, 2, 0]);
});

test("show all shows every link", () => {
  const view = views().visible({ all: true });
  assert.deepEqual(seen(view.edges), [0, 1, 2]);
  assert.equal(view.hiddenCount, 0);
});

test("weights and what makes a link are counted again over what passes", () => {
  const view = views().visible({ axis: [1], all: true });
  assert.deepEqual(seen(view.nodes), [TOWN, REGION, ALONE]);
  assert.deepEqual(seen(view.edges), [0]);
  assert.deepEqual([...view.weights], [1, 0, 0]);
  assert.deepEqual(view.via(0), [1]);
  assert.deepEqual(view.via(1), []);
});

test("a community filter keeps its members", () => {
  const view = views((data) => {
    data.nodes.community = [0, 1, 0, -1];
  }).visible({ community: [0], all: true });
  assert.deepEqual(seen(view.nodes), [TOWN, LIBRARY]);
  assert.deepEqual(seen(view.edges), [1]);
});

test("an unknown day is open", () => {
  const before = views().visible({ to: 18000, all: true });
  assert.deepEqual(seen(before.nodes), [ALONE]);
  const after = views().visible({ from: 99999, all: true });
  assert.deepEqual(seen(after.nodes), [TOWN, REGION, LIBRARY, ALONE]);
  assert.deepEqual([...after.weights], [1, 1, 1]);
});

test("participations that pass are marked", () => {
  assert.deepEqual(seen(views().visible({ role: [4] }).participations), [0, 2, 3, 5]);
});

test("the euros of an initiative are shared out among the partners of each of its actors", () => {
  const view = views((data) => {
    data.meta.weight = "amount";
    data.initiatives.euros = [9000, null, null];
  }).visible({ axis: [0], all: true });
  assert.deepEqual([...view.weights], [4500, 4500, 4500]);
});

test("a member brings all that it belongs to; who belongs to nothing is not seen", () => {
  const model = views((data) => {
    data.meta.mode = "membership";
    data.edges.via = [[], [], []];
  });
  assert.deepEqual(seen(model.visible({ all: true }).edges), [0, 1, 2]);
  const towns = model.visible({ kind: [2], all: true });
  assert.deepEqual(seen(towns.nodes), [TOWN, REGION, LIBRARY]);
  assert.deepEqual(seen(towns.edges), [0, 1, 2]);
  assert.deepEqual(seen(model.visible({ kind: [3], all: true }).nodes), []);
});

test("a network of one, or of nobody, has a view", () => {
  const nobody = views((data) => {
    for (const columns of [data.nodes, data.participations, data.edges]) {
      for (const [name, column] of Object.entries(columns)) {
        columns[name] = Array.isArray(column) ? [] : {};
      }
    }
  });
  const view = nobody.visible({ axis: [0] });
  assert.deepEqual([view.nodeCount, view.edgeCount, view.hiddenCount], [0, 0, 0]);
});

test("10,000 nodes are filtered in the blink of an eye", () => {
  const model = large(10_000, 30_000);
  const view = model.visible({ role: [4] });
  assert.equal(view.nodeCount, 10_000);
  assert.ok(view.edgeCount > 0);
});

/** A large network: a chain of initiatives of two, then of neighbours at random. */
function large(nodes, edges) {
  const data = packed();
  let last = 7;
  const random = (below) => {
    last = (last * 48271) % 2147483647;
    return last % below;
  };
  const fill = (columns, size, make) => {
    for (const name of Object.keys(columns)) columns[name] = Array.from({ length: size }, make(name));
  };
  const ends = Array.from({ length: edges }, (_, k) => [k % nodes, random(nodes)].sort((x, y) => x - y))
    .map(([a, b]) => (a === b ? [a, (a + 1) % nodes].sort((x, y) => x - y) : [a, b]));
  const { measures, ...columns } = data.nodes;
  fill(columns, nodes, (name) => (_, k) => (name === "iri" ? `n${k}` : name === "type" ? 0 : -1));
  data.nodes = { ...columns, measures: {} };
  fill(data.initiatives, edges, (name) => (_, k) => (name === "iri" ? `i${k}` : name === "start" || name === "end" ? null : []));
  const both = ends.flatMap(([a, b], k) => [[a, k], [b, k]]);
  fill(data.participations, both.length, (name) => (_, k) =>
    ({ actor: both[k][0], initiative: both[k][1], role: 4, start: null, end: null })[name] ?? null);
  data.edges = {
    a: ends.map(([a]) => a),
    b: ends.map(([, b]) => b),
    weight: ends.map(() => 1),
    significance: ends.map(() => 1),
    via: ends.map((_, k) => [k]),
  };
  return new Model(data);
}
