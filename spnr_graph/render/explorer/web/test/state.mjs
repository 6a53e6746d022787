import assert from "node:assert/strict";
import { test } from "node:test";
import { Names, Store, dayOf, expand, initial, isoDay, read, shorten, written } from "../src/state.js";
import { packed } from "./packed.mjs";

const data = packed();
const names = new Names(data);

/** A page as far as the store needs one: an address, a history, one listener. */
function page(hash = "") {
  const visited = [];
  const listeners = {};
  const location = { href: `file:///network.html${hash}`, hash };
  const move = (how) => (_data, _title, address) => {
    visited.push(`${how} ${address}`);
    location.hash = address;
  };
  return {
    visited,
    location,
    history: { pushState: move("push"), replaceState: move("replace") },
    addEventListener: (name, listener) => (listeners[name] = listener),
    back(address) {
      location.hash = address;
      listeners.popstate();
    },
  };
}

test("a page that nobody touched has no address of its own", () => {
  assert.equal(written(initial(data), names), "");
});

test("an address holds names, never indices", () => {
  const state = {
    ...initial(data),
    axis: [0],
    territory: [7, 8],
    community: [0],
    focus: 1,
    selected: "e1",
    from: 18262,
  };
  assert.equal(
    written(state, names),
    "v=1&axis=axe:inclusion-numerique&territory=territoire:dep-25,territoire:com-25056" +
      "&community=acteur:siren-111111111&from=2020-01-01&focus=acteur:siren-222222222" +
      "&selected=acteur:siren-111111111~acteur:local-essai-mediatheque",
  );
});

test("what is written is read again, whatever is chosen", () => {
  const states = [
    { lang: "en", q: "médi, a & b = c+d #%~", all: true, theme: "dark" },
    { axis: [0, 1], kind: [2], role: [4, 5], territory: [6], community: [0] },
    { from: -365, to: 20000, focus: 3, depth: 3, selected: "n2" },
    { selected: "e2", colour: "intermediarite", size: "none", sort: "label" },
    { selected: "i1", camera: { x: 0.5, y: -0.25, ratio: 1.5 }, sortLinks: "-a" },
  ];
  for (const patch of states) {
    const state = { ...initial(data), ...patch };
    assert.deepEqual(read(`#${written(state, names)}`, names), { state, absent: [] });
  }
});

test("unknown keys and senseless values are ignored, things that are gone are told", () => {
  const hash =
    "#v=9&colour=rainbow&depth=7&from=soon&camera=1,2&lang=xx&what=1&q=%E0%A4%A" +
    "&axis=axe:perdu,axe:donnees&selected=acteur:parti&focus=acteur:parti";
  assert.deepEqual(read(hash, names), {
    state: { ...initial(data), axis: [1] },
    absent: ["axe:perdu", "acteur:parti", "acteur:parti"],
  });
});

test("the order of the ends of a link does not matter", () => {
  const hash = "#selected=acteur:local-essai-mediatheque~acteur:siren-111111111";
  assert.equal(read(hash, names).state.selected, "e1");
});

test("foreign and odd IRIs stay whole", () => {
  for (const iri of ["http://example.org/a?b#c", "https://w3id.org/spnr/id/acteur/a/b", "x:y"]) {
    assert.equal(shorten(iri), iri);
    assert.equal(expand(iri), iri);
  }
});

test("days are those of the calendar, before 1970 too", () => {
  assert.equal(isoDay(18262), "2020-01-01");
  assert.equal(isoDay(-1), "1969-12-31");
  assert.equal(dayOf("1969-12-31"), -1);
  assert.equal(dayOf("2020-13-01"), null);
});

test("a choice is a step back, a slider is none, nothing changed is nothing", async () => {
  const window = page();
  const store = new Store(data, window);
  const seen = [];
  const leave = store.subscribe((state, before) => seen.push([before.selected, state.selected]));
  store.set({ selected: "n1" });
  store.set({ selected: "n1" });
  store.set({ from: 18262 }, { replace: true });
  store.set({ from: 18263 }, { replace: true });
  assert.deepEqual(seen, [
    [null, "n1"],
    ["n1", "n1"],
    ["n1", "n1"],
  ]);
  assert.equal(
    store.link(),
    "file:///network.html#v=1&from=2020-01-02&selected=acteur:siren-222222222",
  );
  await new Promise((done) => setTimeout(done, 260));
  assert.deepEqual(window.visited, [
    "push #v=1&selected=acteur:siren-222222222",
    "replace #v=1&from=2020-01-02&selected=acteur:siren-222222222",
  ]);
  leave();
  window.back("#lang=en");
  assert.equal(store.get().lang, "en");
  assert.equal(seen.length, 3);
});

test("the store starts from the address of the page", () => {
  const store = new Store(data, page("#v=1&kind=type-acteur:commune&role=role:parti"));
  assert.deepEqual(store.get().kind, [2]);
  assert.deepEqual(store.absent, ["role:parti"]);
});

test("an address that names what every object has is read as any other", () => {
  const { state, absent } = read("#__proto__=x&constructor=y&axis=constructor:z", names);
  assert.deepEqual(state.axis, []);
  assert.deepEqual(absent, ["constructor:z"]);
  assert.equal({}.x, undefined);
});

test("sources are kept in the address by their IRIs", () => {
  const hash = written({ ...initial(data), source: [0] }, names);
  assert.equal(hash, "v=1&source=https:%2F%2Fexample.org%2Fdeliberation".replaceAll("%2F", "/"));
  assert.deepEqual(read(`#${hash}`, names).state.source, [0]);
});
