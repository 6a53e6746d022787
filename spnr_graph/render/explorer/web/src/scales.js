// @ts-check
// What colour, shape and size mean: the scales of a state, and their legend.
import { text } from "./data.js";
import { SHAPES } from "./shapes.js";
import { drawingWords } from "./words-drawing.js";

/** Okabe and Ito (2008), a slate grey and a brown: told apart by colour-blind eyes. */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#e69f00", "#56b4e9", "#cc79a7", "#6b7280", "#a6761d"];
const CATEGORIES = ["kind", "community", "axis", "territory"];
/** Values that no entry of the legend stands for. */
const NONE = -1;
const SEVERAL = -2;
const OTHERS = -3;

/**
 * @typedef {object} Entry one line of the legend
 * @property {string} label
 * @property {string} colour
 * @property {number} shape
 * @property {number} count nodes that are seen
 * @property {{key: string, value: number} | null} filter what a click toggles
 */

/** @param {string} label */
const capital = (label) => label.slice(0, 1).toLocaleUpperCase() + label.slice(1);

export class Scales {
  /**
   * @param {any} model
   * @param {any} state
   * @param {any} view
   * @param {import("./theme.js").Theme} theme
   */
  constructor(model, state, view, theme) {
    this.packed = model.packed;
    this.state = state;
    this.view = view;
    this.theme = theme;
    this.words = drawingWords(state.lang);
    this.by = CATEGORIES.includes(state.colour) || this.#values(state.colour) ? state.colour : "kind";
    if (CATEGORIES.includes(this.by)) this.#categories();
    else this.#classes();
    this.#sizes();
  }

  /** Colour of a node, "#rrggbb". @param {number} node */
  colour(node) {
    if (this.breaks) {
      const value = this.values[node];
      return value === null || value === undefined ? this.theme.none : this.theme.ramp[this.classOf(value)];
    }
    return this.colourOf(this.category(node));
  }

  /** Number of the shape of a node: that of its kind. @param {number} node */
  shape(node) {
    return this.#shapeOfKind(this.packed.nodes.kind[node]);
  }

  /** Radius of a node in the unit of the positions: its area tells the value. @param {number} node */
  radius(node) {
    if (this.sizes === null) return 11;
    return this.least + this.growth * Math.sqrt(Math.max(0, Number(this.sizes[node] ?? 0)));
  }

  /** Class of a value of the measure, 0 to 4. @param {number} value */
  classOf(value) {
    let found = 0;
    while (found < this.breaks.length && value >= this.breaks[found]) found += 1;
    return found;
  }

  /** Colour of a category. @param {number} category */
  colourOf(category) {
    if (category === NONE) return this.theme.none;
    if (category === SEVERAL) return this.theme.mixed;
    return this.colours.get(category) ?? this.theme.none;
  }

  /** The category of a node: a concept, a community or one of the constants. @param {number} node */
  category(node) {
    const { nodes } = this.packed;
    if (this.by === "kind") return nodes.kind[node];
    if (this.by === "community") return nodes.community[node];
    if (this.by === "territory") return this.#territory(nodes.territory[node]);
    const axes = this.state.axis.length
      ? nodes.axes[node].filter((/** @type {number} */ axis) => this.state.axis.includes(axis))
      : nodes.axes[node];
    if (axes.length === 0) return NONE;
    return axes.length === 1 ? axes[0] : SEVERAL;
  }

  /** Lines of the legend for the colours. @returns {Entry[]} */
  entries() {
    return this.breaks ? this.#classEntries() : this.#categoryEntries();
  }

  /** Lines of the legend for the shapes, when colour does not say the kind. @returns {Entry[]} */
  shapeEntries() {
    if (this.by === "kind") return [];
    const found = new Map();
    this.#each((node) => {
      const shape = this.shape(node);
      const entry = found.get(shape) ?? { kinds: new Set(), count: 0 };
      entry.kinds.add(this.packed.nodes.kind[node]);
      entry.count += 1;
      found.set(shape, entry);
    });
    return [...found].sort(([a], [b]) => a - b).map(([shape, { kinds, count }]) => ({
      label: capital([...kinds].map((kind) => this.#concept(kind)).join(", ")),
      colour: this.theme.soft,
      shape,
      count,
      filter: null,
    }));
  }

  /** Values that the legend shows as discs, least first. @returns {number[]} */
  sizeSteps() {
    if (this.sizes === null || !(this.most > 0)) return [];
    const round = (/** @type {number} */ value) => {
      const unit = 10 ** Math.floor(Math.log10(value));
      return Math.max(1, Math.floor(value / unit)) * unit;
    };
    return [...new Set([round(this.most / 16), round(this.most / 4), round(this.most)])];
  }

  /** Radius of a disc of the legend, in pixels: the largest has 20. @param {number} value */
  radiusOf(value) {
    const largest = this.least + this.growth * Math.sqrt(this.most);
    return (this.least + this.growth * Math.sqrt(value)) * Math.min(1, 20 / largest);
  }

  /** What the colours stand for, in words. */
  title() {
    const { kind, community, axis, territory } = this.words;
    return { kind, community, axis, territory }[/** @type {"kind"} */ (this.by)] ?? this.measure(this.by);
  }

  /** The name of a measure. @param {string} name */
  measure(name) {
    const found = this.packed.measures.find((/** @type {any} */ one) => one.name === name);
    return found ? text(found.label, this.state.lang) : name;
  }

  /** @param {(node: number) => void} visit */
  #each(visit) {
    const { nodes } = this.view;
    for (let node = 0; node < nodes.length; node += 1) if (nodes[node]) visit(node);
  }

  /** @param {string} name */
  #values(name) {
    if (name === "degree") return this.view.degree;
    if (name === "strength") return this.view.strength;
    return this.packed.nodes.measures[name] ?? null;
  }

  /** @param {number} kind */
  #shapeOfKind(kind) {
    const named = kind >= 0 ? this.packed.concepts.shape[kind] : null;
    return Math.max(0, SHAPES.indexOf(named ?? "dot"));
  }

  /** @param {number} concept */
  #concept(concept) {
    return concept >= 0 ? text(this.packed.concepts.label[concept], this.state.lang) : this.words.none;
  }

  /** Count the categories and colour the most frequent ones. */
  #categories() {
    this.#levels();
    /** @type {Map<number, number>} */
    this.counts = new Map();
    /** @type {Map<number, number>} */
    const all = new Map();
    const { iri } = this.packed.nodes;
    for (let node = 0; node < iri.length; node += 1) {
      const category = this.category(node);
      all.set(category, (all.get(category) ?? 0) + 1);
      if (this.view.nodes[node]) this.counts.set(category, (this.counts.get(category) ?? 0) + 1);
    }
    // Colours follow the whole network, so that filters never change them.
    const ranked = [...all].filter(([category]) => category >= 0).sort(([a, m], [b, n]) => n - m || a - b);
    this.colours = new Map();
    for (const [category] of ranked) {
      const own = this.by === "community" ? null : this.packed.concepts.colour[category];
      const free = COLOURS.find((colour) => ![...this.colours.values()].includes(colour));
      const given = own ?? (this.by === "kind" ? null : free);
      if (given) this.colours.set(category, given.toLowerCase());
    }
  }

  /** Choose how far up the tree of territories colours go: at most eight of them. */
  #levels() {
    if (this.by !== "territory") return;
    const { parent } = this.packed.concepts;
    /** @type {Map<number, number[]>} */
    this.lines = new Map();
    for (const territory of new Set(this.packed.nodes.territory)) {
      const line = [];
      for (let up = territory; up >= 0 && !line.includes(up); up = parent[up]) line.unshift(up);
      this.lines.set(territory, line);
    }
    const longest = Math.max(0, ...[...this.lines.values()].map((line) => line.length));
    this.level = 0;
    for (let level = 1; level < longest; level += 1) {
      const found = new Set([...this.lines.values()].map((line) => line[level]).filter((one) => one !== undefined));
      if (found.size > COLOURS.length) break;
      this.level = level;
    }
  }

  /** @param {number} territory */
  #territory(territory) {
    const line = this.lines.get(territory) ?? [];
    return line.length === 0 ? NONE : line[Math.min(this.level, line.length - 1)];
  }

  /** Cut the values of a measure: the least one, then four classes of as many nodes. */
  #classes() {
    this.values = this.#values(this.by);
    /** @type {number[]} */
    const seen = [];
    this.#each((node) => {
      const value = this.values[node];
      if (value !== null && value !== undefined) seen.push(value);
    });
    seen.sort((a, b) => a - b);
    // Many nodes share the least value of a measure, often zero: it has its own class.
    const more = seen.filter((value) => value > seen[0]);
    const cuts = [0, 0.25, 0.5, 0.75].map((share) => more[Math.floor(share * more.length)]);
    /** @type {number[]} */
    this.breaks = [...new Set(cuts)].filter((cut) => cut !== undefined);
    this.seen = seen;
  }

  #sizes() {
    this.sizes = this.state.size === "none" ? null : this.#values(this.state.size);
    this.most = 0;
    if (this.sizes === null) return;
    for (const value of this.sizes) if (value > this.most) this.most = value;
    // Degrees are drawn as the layout foresaw (`radius` in layout.py): no disc overlaps.
    let degree = 0;
    for (const value of this.view.degree) if (value > degree) degree = value;
    this.least = 5;
    this.growth = this.most > 0 ? (2.6 * Math.sqrt(degree)) / Math.sqrt(this.most) : 0;
  }

  #categoryEntries() {
    const named = (/** @type {number} */ category) => {
      if (category === NONE) return this.by === "community" ? this.words.alone : this.words.none;
      if (category === SEVERAL) return this.words.several;
      if (this.by !== "community") return this.#concept(category);
      return text(this.packed.communities[category].label, this.state.lang);
    };
    const coloured = (/** @type {number} */ category) => category < 0 || this.colours.has(category);
    /** @type {Entry[]} */
    const entries = [...this.counts]
      .filter(([category]) => coloured(category) || this.by === "kind")
      .sort(([a, m], [b, n]) => Number(b >= 0) - Number(a >= 0) || n - m || a - b)
      .map(([category, count]) => ({
        label: capital(named(category)),
        colour: this.colourOf(category),
        shape: this.by === "kind" ? this.#shapeOfKind(category) : 0,
        count,
        filter: category >= 0 ? { key: this.by, value: category } : null,
      }));
    const rest = [...this.counts].filter(([category]) => !coloured(category));
    if (rest.length > 0 && this.by !== "kind") {
      const label = capital(this.by === "community" ? this.words.otherCommunities : this.words.others);
      const count = rest.reduce((sum, [, one]) => sum + one, 0);
      entries.push({ label, colour: this.colourOf(OTHERS), shape: 0, count, filter: null });
    }
    return entries;
  }

  #classEntries() {
    const number = new Intl.NumberFormat(this.state.lang, { maximumSignificantDigits: 3 });
    const counts = new Array(this.breaks.length + 1).fill(0);
    for (const value of this.seen) counts[this.classOf(value)] += 1;
    /** @type {Entry[]} */
    const entries = this.seen.length === 0 ? [] : counts.map((count, index) => {
      const inside = this.seen.filter((value) => this.classOf(value) === index);
      const [low, high] = [inside[0], inside[inside.length - 1]].map((value) => number.format(value));
      return {
        label: low === high ? low : `${low} – ${high}`,
        colour: this.theme.ramp[index],
        shape: 0,
        count,
        filter: null,
      };
    });
    const missing = this.view.nodeCount - this.seen.length;
    if (missing > 0)
      entries.push({ label: capital(this.words.none), colour: this.theme.none, shape: 0, count: missing, filter: null });
    return entries.reverse();
  }
}
