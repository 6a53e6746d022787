// @ts-check
// What is drawn, whoever draws it: WebGL, the canvas of highlights, SVG, print.
import { text } from "./data.js";
import { placed, shortened } from "./labels.js";
import { Scales } from "./scales.js";
import { mix } from "./theme.js";

const DIRECTED = ["membership", "funding"];
/** Links have as many colours as this: between the weakest and the strongest. */
const STEPS = 8;
/** A sign is no smaller: in a small network, one that a finger can hit. */
const LEAST_RADIUS = 2;
const LEAST_OF_FEW = 4.5;
const FEW = 1000;
const MOST_RADIUS = 42;

/**
 * Where things stand on a screen or a page.
 *
 * @typedef {object} Frame
 * @property {number} width @property {number} height
 * @property {(x: number, y: number) => [number, number]} project positions → pixels
 * @property {number} unit pixels per unit of the positions when the whole is shown
 * @property {number} zoom how much larger signs are drawn than when the whole is shown
 */

/** @typedef {{x1: number, y1: number, x2: number, y2: number, width: number, colour: string, edge: number}} Line */
/** @typedef {{x: number, y: number, radius: number, shape: number, colour: string, node: number}} Sign */
/** @typedef {{frame: Frame, lines: Line[], signs: Sign[], names: import("./labels.js").Placed[]}} Seen */

export class Scene {
  /**
   * @param {any} model
   * @param {any} state
   * @param {any} view
   * @param {import("./theme.js").Theme} theme
   */
  constructor(model, state, view, theme) {
    this.model = model;
    this.state = state;
    this.view = view;
    this.theme = theme;
    this.scales = new Scales(model, state, view, theme);
    this.directed = DIRECTED.includes(model.packed.meta.mode);
    const { nodes, edges } = model.packed;
    this.xs = nodes.x;
    this.ys = nodes.y;
    this.ends = edges;
    this.radii = Float32Array.from(nodes.iri, (_, node) => this.scales.radius(node));
    this.#weigh();
    this.colours = Array.from({ length: STEPS + 1 }, (_, step) => mix(theme.link, theme.strong, step / STEPS));
    /** Nodes that are seen, the most important first. */
    this.ranked = Array.from(nodes.iri.keys())
      .filter((node) => view.nodes[node])
      .sort((a, b) => this.radii[b] - this.radii[a] || view.degree[b] - view.degree[a] || a - b);
    const limit = this.ranked[Math.min(11, Math.floor(this.ranked.length / 4))];
    this.strongFrom = limit === undefined ? Infinity : Math.max(9, this.radii[limit]);
  }

  /** Remember the lightest and heaviest link that is seen. */
  #weigh() {
    let [low, high] = [Infinity, 0];
    const { edges, weights } = this.view;
    for (let edge = 0; edge < edges.length; edge += 1) {
      if (!edges[edge]) continue;
      if (weights[edge] < low) low = weights[edge];
      if (weights[edge] > high) high = weights[edge];
    }
    [this.low, this.span] = [low, high - low];
  }

  /** How strong a link is among those seen, 0 to 1. @param {number} edge */
  share(edge) {
    return this.span > 0 ? Math.sqrt(Math.max(0, this.view.weights[edge] - this.low) / this.span) : 0.3;
  }

  /** Width of a link in pixels when the whole is shown. @param {number} edge */
  width(edge) {
    return 1 + 3 * this.share(edge);
  }

  /** @param {number} edge */
  lineColour(edge) {
    return this.colours[Math.round(this.share(edge) * STEPS)];
  }

  /** Radius of a sign in pixels when the whole is shown. @param {number} node @param {number} unit */
  size(node, unit) {
    const least = this.radii.length <= FEW ? LEAST_OF_FEW : LEAST_RADIUS;
    return Math.min(MOST_RADIUS, Math.max(least, this.radii[node] * unit));
  }

  /** The shortened name of a node. @param {number} node */
  name(node) {
    const { short, label } = this.model.packed.nodes;
    return shortened(text(short[node], this.state.lang) || text(label[node], this.state.lang));
  }

  /**
   * The links of a node that pass the filters, also those outside the backbone: who looks
   * at one node wants all its partners.
   *
   * @param {number} node
   * @returns {number[]}
   */
  linksOf(node) {
    const { edges, weights, nodes } = this.view;
    const passes = (/** @type {number} */ edge) => edges[edge] || (weights[edge] > 0 && nodes[this.across(edge, node)]);
    return this.model.edgesOf(node).filter(passes);
  }

  /** The other end of a link. @param {number} edge @param {number} node */
  across(edge, node) {
    return this.ends.a[edge] === node ? this.ends.b[edge] : this.ends.a[edge];
  }

  /**
   * Box of the nodes that are seen, in the unit of the positions.
   *
   * @returns {{left: number, top: number, right: number, bottom: number} | null} null when none is
   */
  extent() {
    if (this.ranked.length === 0) return null;
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const node of this.ranked) {
      box.left = Math.min(box.left, this.xs[node]);
      box.right = Math.max(box.right, this.xs[node]);
      box.top = Math.min(box.top, this.ys[node]);
      box.bottom = Math.max(box.bottom, this.ys[node]);
    }
    return box;
  }

  /** A frame that shows all that is seen. @param {number} width @param {number} height @returns {Frame} */
  fitted(width, height) {
    const { left, top, right, bottom } = this.extent() ?? { left: 0, top: 0, right: 1, bottom: 1 };
    const margin = Math.min(60, width / 10);
    const unit = Math.min(
      (width - 2 * margin) / Math.max(right - left, 200),
      (height - 2 * margin) / Math.max(bottom - top, 200),
    );
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const project = (/** @type {number} */ px, /** @type {number} */ py) =>
      /** @type {[number, number]} */ ([width / 2 + (px - x) * unit, height / 2 + (py - y) * unit]);
    return { width, height, project, unit, zoom: 1 };
  }

  /**
   * All that a frame shows.
   *
   * @param {Frame} frame
   * @param {(text: string, strong: boolean, size: number) => number} measure width of a text
   * @param {{nodes: Set<number>, edges: Set<number>} | null} [lit] these alone
   * @returns {Seen}
   */
  seen(frame, measure, lit = null) {
    const lines = [];
    for (const edge of lit ? this.#lightFirst([...lit.edges]) : this.visibleEdges()) {
      const line = this.#line(frame, edge);
      if (line !== null) lines.push(line);
    }
    const signs = [];
    for (const node of this.ranked) {
      if (lit && !lit.nodes.has(node)) continue;
      const sign = this.#sign(frame, node);
      if (sign !== null) signs.push(sign);
    }
    return { frame, lines, signs, names: this.names(frame, measure, lit?.nodes ?? null) };
  }

  /**
   * The names that a frame has room for.
   *
   * @param {Frame} frame
   * @param {(text: string, strong: boolean, size: number) => number} measure
   * @param {Set<number> | null} lit these alone
   */
  names(frame, measure, lit) {
    // In a large network names would hide the groups: there are fewer of them.
    const room = this.ranked.length > FEW && lit === null ? 14_000 : 6500;
    const most = Math.max(12, Math.round((frame.width * frame.height) / room));
    const signs = [];
    const wanted = [];
    for (const node of lit ? [...lit].sort((a, b) => this.radii[b] - this.radii[a] || a - b) : this.ranked) {
      const sign = this.#sign(frame, node);
      if (sign === null) continue;
      if (sign.radius >= 3) signs.push(sign);
      if (wanted.length >= 6 * most) continue;
      const strong = this.radii[node] >= this.strongFrom;
      wanted.push({ ...sign, text: this.name(node), strong });
    }
    return placed(wanted, signs, frame, measure, most);
  }

  /** Links that are seen, the lightest first: the heavy ones lie above. */
  visibleEdges() {
    const found = [];
    const { edges } = this.view;
    for (let edge = 0; edge < edges.length; edge += 1) if (edges[edge]) found.push(edge);
    return this.#lightFirst(found);
  }

  /** @param {number[]} edges */
  #lightFirst(edges) {
    const { weights } = this.view;
    return edges.sort((a, b) => weights[a] - weights[b] || a - b);
  }

  /** @param {Frame} frame @param {number} node @returns {Sign | null} null when it is out of the frame */
  #sign(frame, node) {
    const [x, y] = frame.project(this.xs[node], this.ys[node]);
    const radius = this.size(node, frame.unit) * frame.zoom;
    const reach = radius * 1.5;
    if (x < -reach || y < -reach || x > frame.width + reach || y > frame.height + reach) return null;
    return { x, y, radius, shape: this.scales.shape(node), colour: this.scales.colour(node), node };
  }

  /** @param {Frame} frame @param {number} edge @returns {Line | null} */
  #line(frame, edge) {
    const { a, b } = this.ends;
    const [x1, y1] = frame.project(this.xs[a[edge]], this.ys[a[edge]]);
    const [x2, y2] = frame.project(this.xs[b[edge]], this.ys[b[edge]]);
    const { width, height } = frame;
    const out = Math.max(x1, x2) < 0 || Math.min(x1, x2) > width || Math.max(y1, y2) < 0 || Math.min(y1, y2) > height;
    if (out) return null;
    return { x1, y1, x2, y2, width: this.width(edge) * frame.zoom, colour: this.lineColour(edge), edge };
  }
}

/**
 * The head of an arrow at the end of a line, against the sign that it reaches.
 *
 * @param {Line} line
 * @param {number} radius of the sign
 * @returns {number[][]} three corners
 */
export function arrowhead({ x1, y1, x2, y2, width }, radius) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [(x2 - x1) / length, (y2 - y1) / length];
  const long = 4 + 2.5 * width;
  const wide = 2 + width;
  const [tipX, tipY] = [x2 - dx * radius, y2 - dy * radius];
  const [baseX, baseY] = [tipX - dx * long, tipY - dy * long];
  return [[tipX, tipY], [baseX - dy * wide, baseY + dx * wide], [baseX + dy * wide, baseY - dx * wide]];
}
