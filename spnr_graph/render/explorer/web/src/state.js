// @ts-check
// What is chosen in the page, and its address: `#v=1&axis=axe:inclusion&selected=acteur:x`.
// Addresses hold IRIs, never indices, so that they outlive the next version of the data.

/**
 * @typedef {object} State
 * @property {string} lang "fr" or "en"
 * @property {string} q what is searched
 * @property {number[]} axis concepts; none means all, here and below
 * @property {number[]} objective concepts
 * @property {number[]} audience concepts
 * @property {number[]} kind concepts
 * @property {number[]} role concepts
 * @property {number[]} territory concepts
 * @property {number[]} community
 * @property {number[]} source
 * @property {number | null} from day, included
 * @property {number | null} to day, included
 * @property {boolean} all every link, not the backbone alone
 * @property {number | null} focus node whose surroundings alone are shown
 * @property {number} depth steps around the focus, 1 to 3
 * @property {string | null} selected "n12" a node, "e34" an edge, "i5" an initiative
 * @property {string} colour "kind", "community", "axis", "territory" or a measure
 * @property {string} size a measure or "none"
 * @property {{x: number, y: number, ratio: number} | null} camera
 * @property {string} sort column of the table of actors, "-" before it: descending
 * @property {string} sortLinks column of the table of links, likewise
 * @property {string} theme "auto", "light" or "dark"
 */

export const VERSION = "1";
const BASE = "https://w3id.org/spnr/";
const PARTS = {
  id: ["acteur", "initiative", "territoire"],
  voc: ["axe", "objectif", "public", "role", "type-acteur", "type-initiative"],
};
/** Prefixes of addresses: those of `spnr_graph.namespaces` that networks need. */
export const PREFIXES = Object.fromEntries(
  Object.entries(PARTS).flatMap(([part, names]) =>
    names.map((name) => [name, `${BASE}${part}/${name}/`]),
  ),
);
const CONCEPTS = ["axis", "objective", "audience", "kind", "role", "territory"];
const DAY = 86_400_000;

/** @param {string} iri */
export function shorten(iri) {
  for (const [prefix, space] of Object.entries(PREFIXES)) {
    const local = iri.slice(space.length);
    if (iri.startsWith(space) && /^[^/#?:]+$/.test(local)) return `${prefix}:${local}`;
  }
  return iri;
}

/** @param {string} name */
export function expand(name) {
  const [, prefix, local] = name.match(/^([a-z-]+):([^/#?:]+)$/) ?? [];
  return prefix !== undefined && Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix] + local : name;
}

/** Days since 1970 → "2026-01-31". @param {number} day */
export const isoDay = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** "2026-01-31" → days since 1970, or null. @param {string} text */
export function dayOf(text) {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? null : time / DAY;
}

/** The state of a page that nobody has touched. @param {any} packed @returns {State} */
export function initial(packed) {
  const named = (packed.measures ?? []).map((/** @type {any} */ one) => one.name);
  return {
    lang: packed.lang === "en" ? "en" : "fr",
    q: "",
    axis: [],
    objective: [],
    audience: [],
    kind: [],
    role: [],
    territory: [],
    community: [],
    source: [],
    from: null,
    to: null,
    all: false,
    focus: null,
    depth: 1,
    selected: null,
    colour: "kind",
    size: named[0] ?? "none",
    camera: null,
    sort: "-degree",
    sortLinks: "-weight",
    theme: "auto",
  };
}

/** What IRIs mean in these data, both ways. */
export class Names {
  /** @param {any} packed */
  constructor(packed) {
    this.packed = packed;
    const index = (/** @type {string[]} */ iris) => new Map(iris.map((iri, i) => [iri, i]));
    this.concepts = index(packed.concepts.iri);
    this.nodes = index(packed.nodes.iri);
    this.initiatives = index(packed.initiatives.iri);
    this.sources = index(packed.sources.iri);
    this.measures = new Set(packed.measures.map((/** @type {any} */ one) => one.name));
    /** @type {Map<string, number>} */
    this.edges = new Map();
    const { a, b } = packed.edges;
    for (let e = 0; e < a.length; e += 1) this.edges.set(pair(a[e], b[e]), e);
    // A community is called by its first member: its number may change, its core stays.
    /** @type {Map<number, number>} */
    this.firstMembers = new Map();
    packed.nodes.community.forEach((/** @type {number} */ community, /** @type {number} */ node) => {
      if (community >= 0 && !this.firstMembers.has(community))
        this.firstMembers.set(community, node);
    });
  }

  /** @param {string} selected */
  written(selected) {
    const { nodes, edges, initiatives } = this.packed;
    const index = Number(selected.slice(1));
    if (selected[0] === "n") return shorten(nodes.iri[index]);
    if (selected[0] === "i") return shorten(initiatives.iri[index]);
    return [edges.a[index], edges.b[index]].map((n) => shorten(nodes.iri[n])).join("~");
  }

  /** @param {string} name @returns {string | null} */
  read(name) {
    const node = this.nodes.get(expand(name));
    if (node !== undefined) return `n${node}`;
    const initiative = this.initiatives.get(expand(name));
    if (initiative !== undefined) return `i${initiative}`;
    const [left, right] = name.split("~").map((end) => this.nodes.get(expand(end)) ?? -1);
    const edge = this.edges.get(pair(left, right));
    return edge === undefined ? null : `e${edge}`;
  }
}

const pair = (/** @type {number} */ a, /** @type {number} */ b) =>
  a < b ? `${a} ${b}` : `${b} ${a}`;
const escaped = (/** @type {string} */ value) =>
  encodeURIComponent(value).replace(/%(3A|2F|20|7E)/g, (code) =>
    code === "%20" ? "+" : decodeURIComponent(code),
  );

/**
 * Write a state as the part of an address after `#`; what was not touched is left out.
 *
 * @param {State} state
 * @param {Names} names
 */
export function written(state, names) {
  const start = initial(names.packed);
  const { concepts, nodes } = names.packed;
  /** @type {string[]} */
  const parts = [];
  const add = (/** @type {string} */ key, /** @type {string[]} */ values) => {
    if (values.length > 0) parts.push(`${key}=${values.map(escaped).join(",")}`);
  };
  for (const key of ["lang", "q", "depth", "colour", "size", "sort", "sortLinks", "theme"])
    if (/** @type {any} */ (state)[key] !== /** @type {any} */ (start)[key])
      add(key, [String(/** @type {any} */ (state)[key])]);
  for (const key of CONCEPTS)
    add(key, /** @type {any} */ (state)[key].map((/** @type {number} */ c) => shorten(concepts.iri[c])));
  add(
    "community",
    state.community.map((c) => shorten(nodes.iri[names.firstMembers.get(c) ?? 0])),
  );
  add("source", state.source.map((s) => names.packed.sources.iri[s]));
  if (state.from !== null) add("from", [isoDay(state.from)]);
  if (state.to !== null) add("to", [isoDay(state.to)]);
  if (state.all) add("all", ["1"]);
  if (state.focus !== null) add("focus", [shorten(nodes.iri[state.focus])]);
  if (state.selected !== null) add("selected", [names.written(state.selected)]);
  if (state.camera !== null) {
    const { x, y, ratio } = state.camera;
    add("camera", [x, y, ratio].map((value) => String(Number(value.toFixed(4)))));
  }
  return parts.length > 0 ? `v=${VERSION}&${parts.join("&")}` : "";
}

/**
 * Read a state from the part of an address after `#`.
 *
 * Keys that are not known are ignored; things that these data do not hold are told.
 *
 * @param {string} hash
 * @param {Names} names
 * @returns {{state: State, absent: string[]}}
 */
export function read(hash, names) {
  const state = initial(names.packed);
  /** @type {string[]} */
  const absent = [];
  /** @type {Record<string, string[]>} */
  const given = Object.create(null); // a key of an address may be "__proto__"
  for (const part of hash.replace(/^#/, "").split("&")) {
    const [key, value = ""] = part.split("=");
    given[key] = value.split(",").map(unescaped).filter(Boolean);
  }
  const found = (
    /** @type {string} */ key,
    /** @type {(name: string) => number | undefined} */ look,
  ) =>
    (given[key] ?? []).flatMap((name) => {
      const index = look(name);
      if (index === undefined) absent.push(name);
      return index === undefined ? [] : [index];
    });
  const concept = (/** @type {string} */ name) => names.concepts.get(expand(name));
  const node = (/** @type {string} */ name) => names.nodes.get(expand(name));
  for (const key of CONCEPTS) /** @type {any} */ (state)[key] = found(key, concept);
  state.community = found("community", (name) => {
    const member = node(name);
    const community = member === undefined ? -1 : names.packed.nodes.community[member];
    return community >= 0 ? community : undefined;
  });
  state.source = found("source", (name) => names.sources.get(name));
  state.focus = found("focus", node)[0] ?? null;
  const selected = given.selected?.[0];
  if (selected !== undefined) {
    state.selected = names.read(selected);
    if (state.selected === null) absent.push(selected);
  }
  plain(state, given, names);
  return { state, absent };
}

/** Read what is no IRI. @param {State} state @param {Record<string, string[]>} given @param {Names} names */
function plain(state, given, names) {
  const one = (/** @type {string} */ key) => given[key]?.[0] ?? "";
  const among = (/** @type {string} */ key, /** @type {string[]} */ known) => {
    if (known.includes(one(key))) /** @type {any} */ (state)[key] = one(key);
  };
  among("lang", ["fr", "en"]);
  among("theme", ["auto", "light", "dark"]);
  among("colour", ["kind", "community", "axis", "territory", ...names.measures]);
  among("size", ["none", ...names.measures]);
  state.q = one("q");
  for (const key of /** @type {const} */ (["sort", "sortLinks"]))
    if (/^-?[a-z_]+$/i.test(one(key))) state[key] = one(key);
  state.from = dayOf(one("from"));
  state.to = dayOf(one("to"));
  state.all = one("all") === "1";
  state.depth = ["1", "2", "3"].includes(one("depth")) ? Number(one("depth")) : 1;
  const camera = (given.camera ?? []).map(Number);
  if (camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0)
    state.camera = { x: camera[0], y: camera[1], ratio: camera[2] };
}

/** @param {string} value */
function unescaped(value) {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch (error) {
    if (error instanceof URIError) return "";
    throw error;
  }
}

/** The state of the page: one value, told to whoever listens, kept in the address. */
export class Store {
  /** @type {Set<(state: State, before: State) => void>} */
  #listeners = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pending;
  /** @type {State} */
  #state;

  /**
   * @param {any} packed
   * @param {Window} page whose address holds the state
   */
  constructor(packed, page = window) {
    this.names = new Names(packed);
    this.page = page;
    /** What the address names and the data do not hold. @type {string[]} */
    this.absent = [];
    this.#state = this.#fromAddress();
    page.addEventListener("popstate", () => this.#tell(this.#fromAddress()));
  }

  /** @returns {State} */
  get() {
    return this.#state;
  }

  /**
   * Change the state.
   *
   * @param {Partial<State>} patch
   * @param {{replace?: boolean}} [how] replace: no step that the back button returns to
   */
  set(patch, { replace = false } = {}) {
    const changed = Object.entries(patch).some(
      ([key, value]) => !same(/** @type {any} */ (this.#state)[key], value),
    );
    if (!changed) return;
    const state = { ...this.#state, ...patch };
    if (replace) this.#later();
    else this.#write(state, "pushState");
    this.#tell(state);
  }

  /** @param {(state: State, before: State) => void} listener @returns {() => void} */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Give the address of the page as it is now. @returns {string} */
  link() {
    const [address] = this.page.location.href.split("#");
    const hash = written(this.#state, this.names);
    return hash ? `${address}#${hash}` : address;
  }

  #fromAddress() {
    clearTimeout(this.#pending);
    const { state, absent } = read(this.page.location.hash, this.names);
    this.absent = absent;
    return state;
  }

  /** @param {State} state */
  #tell(state) {
    const before = this.#state;
    this.#state = state;
    for (const listener of this.#listeners) listener(state, before);
  }

  // Browsers refuse more than some twenty changes of the address per second.
  #later() {
    clearTimeout(this.#pending);
    this.#pending = setTimeout(() => this.#write(this.#state, "replaceState"), 200);
  }

  /** @param {State} state @param {"pushState" | "replaceState"} how */
  #write(state, how) {
    clearTimeout(this.#pending);
    this.page.history[how](null, "", `#${written(state, this.names)}`);
  }
}

/** @param {any} left @param {any} right */
const same = (left, right) => JSON.stringify(left) === JSON.stringify(right);
