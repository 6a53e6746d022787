import assert from "node:assert/strict";
import { test } from "node:test";
import { placed, shortened } from "../src/labels.js";
import { Model } from "../src/model.js";
import { Scales } from "../src/scales.js";
import { arrowhead, Scene } from "../src/scene.js";
import { corners, SHAPES } from "../src/shapes.js";
import { initial } from "../src/state.js";
import { DARK, LIGHT, mix } from "../src/theme.js";
import { packed } from "./packed.mjs";

const data = packed();
const model = new Model(data);
const at = (patch) => ({ ...initial(data), all: true, ...patch });
const scaled = (patch) => new Scales(model, at(patch), model.visible(at(patch)), LIGHT);
const measure = (text) => 7 * text.length;
const room = { width: 400, height: 300 };

test("a long name ends in an ellipsis, between whole characters", () => {
  assert.equal(shortened("  Ville\n de  Dijon "), "Ville de Dijon");
  assert.equal(shortened("👩‍👩‍👧".repeat(300)), `${"👩‍👩‍👧".repeat(33)}…`);
  assert.equal(shortened("a".repeat(34)), "a".repeat(34));
});

test("names cover neither signs nor each other, and stay in the room", () => {
  const signs = Array.from({ length: 60 }, (_, i) => ({ x: (i * 67) % 400, y: (i * 41) % 300, radius: 4 }));
  const wanted = signs.map((sign, node) => ({ ...sign, node, text: `Actor ${node}`, strong: false }));
  const found = placed(wanted, signs, room, measure);
  const boxes = found.map(({ left, middle, width, size }) => [left, middle - size * 0.62, left + width, middle + size * 0.62]);
  const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  assert.ok(found.length > 10);
  boxes.forEach((box, i) => {
    assert.ok(box[0] >= 0 && box[1] >= 0 && box[2] <= 400 && box[3] <= 300);
    assert.ok(boxes.slice(0, i).every((other) => !meet(box, other)));
    assert.ok(signs.every(({ x, y }) => !meet(box, [x - 3.4, y - 3.4, x + 3.4, y + 3.4])));
  });
});

test("a strong name is written even where small signs stand all around", () => {
  const crowd = Array.from({ length: 200 }, (_, i) => ({ x: 100 + (i % 20) * 8, y: 100 + Math.floor(i / 20) * 8, radius: 4 }));
  const one = { node: 0, x: 180, y: 140, radius: 6, text: "Région", strong: true };
  assert.equal(placed([one], crowd, room, measure).length, 1);
  assert.equal(placed([{ ...one, strong: false }], crowd, room, measure).length, 0);
});

test("all signs have nearly the area of the disc", () => {
  SHAPES.forEach((name, shape) => {
    const points = corners(shape, 0, 0, 1);
    if (points === null) return assert.equal(name, "dot");
    const twice = points.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = points[(i + 1) % points.length];
      return sum + x * nextY - nextX * y;
    }, 0);
    assert.ok(Math.abs(Math.abs(twice) / 2 / Math.PI - 1) < 0.15, `${name}: ${twice / 2}`);
  });
});

test("colours are mixed channel by channel", () => {
  assert.equal(mix("#000000", "#ffffff", 0.5), "#808080");
  assert.equal(mix(LIGHT.link, LIGHT.strong, 0), LIGHT.link);
});

test("a kind keeps its colour and shape whatever is filtered", () => {
  const all = scaled({});
  const [entry] = all.entries();
  const less = scaled({ kind: [entry.filter.value] });
  const same = less.entries().find(({ label }) => label === entry.label);
  assert.deepEqual([same.colour, same.shape], [entry.colour, entry.shape]);
});

test("entries of the legend count every node that is seen once", () => {
  for (const colour of ["kind", "community", "axis", "territory", "degree"]) {
    const state = at({ colour });
    const view = model.visible(state);
    const entries = new Scales(model, state, view, DARK).entries();
    assert.equal(entries.reduce((sum, { count }) => sum + count, 0), view.nodeCount, colour);
    assert.ok(entries.every(({ label, colour: shown }) => label !== "" && /^#[0-9a-f]{6}$/.test(shown)));
  }
});

test("the area of a sign grows as the measure", () => {
  const scales = scaled({ size: "degree" });
  const { degree } = scales.view;
  const node = degree.indexOf(Math.max(...degree));
  assert.ok(Math.abs(scales.radius(node) - (5 + 2.6 * Math.sqrt(degree[node]))) < 1e-9);
  assert.equal(scaled({ size: "none" }).radius(0), 11);
});

test("a fitted frame holds every sign, and heavy links lie above light ones", () => {
  const state = at({});
  const scene = new Scene(model, state, model.visible(state), LIGHT);
  const seen = scene.seen(scene.fitted(800, 600), measure);
  assert.equal(seen.signs.length, scene.view.nodeCount);
  assert.equal(seen.lines.length, scene.view.edgeCount);
  assert.ok(seen.signs.every(({ x, y }) => x > 0 && y > 0 && x < 800 && y < 600));
  const weights = seen.lines.map(({ edge }) => scene.view.weights[edge]);
  assert.deepEqual(weights, [...weights].sort((a, b) => a - b));
});

test("a filter that matches nothing leaves an empty scene", () => {
  const state = at({ from: 10_000_000, to: 10_000_001, kind: [0] });
  const scene = new Scene(model, state, { ...model.visible(state), nodes: new Uint8Array(data.nodes.iri.length), edges: new Uint8Array(data.edges.a.length), nodeCount: 0, edgeCount: 0 }, LIGHT);
  assert.deepEqual([scene.extent(), scene.seen(scene.fitted(800, 600), measure).names], [null, []]);
});

test("an arrow ends at the rim of the sign", () => {
  const [tip] = arrowhead({ x1: 0, y1: 0, x2: 100, y2: 0, width: 1, colour: "", edge: 0 }, 10);
  assert.deepEqual(tip, [90, 0]);
});
