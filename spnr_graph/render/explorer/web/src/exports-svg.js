// @ts-check
// What is seen as an SVG document: the drawing, its legend, title, sources and licence.
import { text } from "./data.js";
import { FONT, measurer } from "./labels.js";
import { arrowhead, Scene } from "./scene.js";
import { corners } from "./shapes.js";
import { drawingWords } from "./words-drawing.js";

const LEGEND = 310;
/** Of a label of the legend, in pixels: beyond it stands the number. */
const LABEL = 222;
const HEAD = 84;
const FOOT = 44;

const round = (/** @type {number} */ value) => String(Math.round(value * 100) / 100);

/** Escape a text for XML, without what XML cannot hold. @param {unknown} value */
function escaped(value) {
  return String(value)
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);
}

/** @param {string} name @param {Record<string, unknown>} attributes @param {...string} children */
function tag(name, attributes, ...children) {
  const said = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escaped(value)}"`);
  return `<${name}${said.join("")}>${children.join("")}</${name}>`;
}

/** @param {number} x @param {number} y @param {unknown} words @param {Record<string, unknown>} [more] */
const written = (x, y, words, more = {}) => tag("text", { x, y, ...more }, escaped(words));

/** @param {number} shape @param {number} x @param {number} y @param {number} radius @param {Record<string, unknown>} more @param {string} [title] */
function signed(shape, x, y, radius, more, title) {
  const inside = title ? tag("title", {}, escaped(title)) : "";
  const points = corners(shape, x, y, radius);
  if (points === null) return tag("circle", { cx: x, cy: y, r: radius, ...more }, inside);
  return tag("polygon", { points: points.map((point) => point.map(round).join(",")).join(" "), ...more }, inside);
}

/**
 * What is on the screen as an SVG document.
 *
 * @param {any} model
 * @param {any} view
 * @param {any} state
 * @param {{scene: Scene | null, frame: () => import("./scene.js").Frame}} drawing
 * @returns {string}
 */
export function exportSvg(model, view, state, drawing) {
  const scene = drawing.scene ?? null;
  if (scene === null) throw new Error("Nothing is drawn yet.");
  return composed(model, scene, drawing.frame());
}

/**
 * A page with a drawing, its legend, title, sources and licence.
 *
 * @param {any} model
 * @param {Scene} scene
 * @param {import("./scene.js").Frame} frame of the drawing
 * @returns {string}
 */
export function composed(model, scene, frame) {
  const { theme, state } = scene;
  const { meta } = model.packed;
  const said = (/** @type {any} */ value) => text(value, state.lang);
  const legend = legendOf(scene);
  const width = frame.width + LEGEND;
  const height = HEAD + Math.max(frame.height, legend.height) + FOOT;
  const told = [said(meta.subtitle), sized(scene)].filter(Boolean).join(" · ");
  const body = [
    tag("title", {}, escaped(said(meta.title))),
    tag("desc", {}, escaped(told)),
    tag("rect", { width, height, fill: theme.paper }),
    written(24, 40, cut(said(meta.title), Math.floor(width / 14)), { "font-size": 26, "font-weight": 700 }),
    written(24, 66, cut(told, Math.floor(width / 7.2)), { "font-size": 14, fill: theme.soft }),
    drawn(scene, frame, { y: HEAD }),
    tag("g", { transform: `translate(${round(frame.width + 16)},${HEAD})`, "font-size": 13 }, legend.svg),
    written(24, height - 16, cut(foot(meta, state.lang), Math.floor(width / 6)), { "font-size": 11.5, fill: theme.soft }),
  ];
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${round(width)} ${round(height)}`,
    width,
    height,
    lang: state.lang,
    role: "img",
    "font-family": FONT,
    fill: theme.ink,
  };
  return `${tag("svg", attributes, ...body)}\n`;
}

/** The drawing alone. @param {Scene} scene @param {import("./scene.js").Frame} frame @returns {string} */
export function bare(scene, frame) {
  const { theme } = scene;
  return drawn(scene, frame, { xmlns: "http://www.w3.org/2000/svg", "font-family": FONT, fill: theme.ink, role: "presentation" });
}

/** How much is seen. @param {Scene} scene */
function sized({ model, state, view }) {
  const words = drawingWords(state.lang);
  const { type } = model.packed.nodes;
  const counts = [0, 0];
  for (let node = 0; node < type.length; node += 1) if (view.nodes[node]) counts[type[node]] += 1;
  const things = [words.actors, words.initiatives].map((word, sort) => `${counts[sort]} ${word}`);
  return words.shown(things.filter((_, sort) => counts[sort] > 0).join(", "), view.edgeCount, view.edgeCount + view.hiddenCount);
}

/** Shorten a text to a width. @param {string} words @param {number} width @param {ReturnType<typeof measurer>} measure */
function fitting(words, width, measure) {
  let kept = words;
  while (kept.length > 1 && measure(kept, false, 13) > width) kept = `${kept.slice(0, -2).trimEnd()}…`;
  return kept;
}

/** @param {string} words @param {number} most */
const cut = (words, most) => (words.length <= most ? words : `${words.slice(0, most - 1).trimEnd()}…`);

/** Day of observation, sources, licence. @param {any} meta @param {string} lang */
export function foot(meta, lang) {
  const words = drawingWords(lang);
  const colon = lang === "fr" ? "\u00a0:" : ":";
  const day = meta.observed && new Date(`${meta.observed}T00:00:00Z`).toLocaleDateString(lang, { timeZone: "UTC", dateStyle: "long" });
  return [
    day && `${words.observed} ${day}`,
    text(meta.source, lang) && `${words.source}${colon} ${text(meta.source, lang)}`,
    text(meta.licence, lang) && `${words.licence}${colon} ${text(meta.licence, lang)}`,
  ].filter(Boolean).join(" — ");
}

/** @param {Scene} scene @param {import("./scene.js").Frame} frame @param {Record<string, unknown>} [attributes] */
function drawn(scene, frame, attributes = {}) {
  const seen = scene.seen(frame, measurer());
  const radii = new Map(seen.signs.map(({ node, radius }) => [node, radius]));
  const lines = seen.lines.map((line) => {
    const { x1, y1, x2, y2, width, colour, edge } = line;
    const stroke = tag("line", { x1, y1, x2, y2, stroke: colour, "stroke-width": width });
    if (!scene.directed) return stroke;
    const head = arrowhead(line, radii.get(scene.ends.b[edge]) ?? 0);
    return stroke + tag("polygon", { points: head.map((point) => point.map(round).join(",")).join(" "), fill: colour });
  });
  const { label } = scene.model.packed.nodes;
  const signs = seen.signs.map(({ shape, x, y, radius, colour, node }) =>
    signed(shape, x, y, radius, { fill: colour, "data-node": String(node) }, text(label[node], scene.state.lang)));
  const names = seen.names.map(({ text: name, left, middle, size, strong }) =>
    written(left, middle + size * 0.35, name, { "font-size": size, "font-weight": strong ? 600 : null }));
  const halo = { stroke: scene.theme.paper, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke" };
  return tag("svg", { ...attributes, width: frame.width, height: frame.height, viewBox: `0 0 ${round(frame.width)} ${round(frame.height)}` },
    tag("g", { "stroke-linecap": "round" }, ...lines),
    tag("g", { stroke: scene.theme.paper, "stroke-width": 1.4 }, ...signs),
    tag("g", halo, ...names));
}

/** @param {Scene} scene @returns {{svg: string, height: number}} */
function legendOf(scene) {
  const { scales, theme, state, view } = scene;
  const words = drawingWords(state.lang);
  const measure = measurer();
  /** @type {string[]} */
  const parts = [];
  let y = 14;
  const heading = (/** @type {string} */ label) => {
    parts.push(written(0, y, cut(label, 34), { "font-weight": 700, "font-size": 14 }));
    y += 22;
  };
  const entries = (/** @type {import("./scales.js").Entry[]} */ list) => {
    for (const { label, colour, shape, count } of list) {
      parts.push(signed(shape, 8, y - 4, 6.5, { fill: colour }));
      parts.push(written(24, y, fitting(label, LABEL, measure)));
      parts.push(written(LEGEND - 40, y, count, { "text-anchor": "end", fill: theme.soft }));
      y += 20;
    }
    y += 12;
  };
  if (view.nodeCount > 0) {
    heading(scales.title());
    entries(scales.entries());
    const shapes = scales.shapeEntries();
    if (shapes.length > 0) {
      heading(words.shape);
      entries(shapes);
    }
    const steps = scales.sizeSteps();
    if (steps.length > 0) {
      heading(`${words.size}${state.lang === "fr" ? "\u00a0:" : ":"} ${scales.measure(state.size)}`);
      let x = 4;
      for (const value of steps) {
        const radius = scales.radiusOf(value);
        parts.push(signed(0, x + radius, y + 16, radius, { fill: "none", stroke: theme.soft }));
        parts.push(written(x + radius, y + 56, value.toLocaleString(state.lang), { "text-anchor": "middle", fill: theme.soft, "font-size": 11 }));
        x += 2 * radius + 24;
      }
      y += 84;
    }
    heading(words.links);
    const width = words.linkWidth[/** @type {keyof typeof words.linkWidth} */ (scene.model.packed.meta.weight)] ?? "";
    parts.push(written(0, y, cut(width, 40), { "font-size": 12, fill: theme.soft }));
    y += 20;
  }
  return { svg: parts.join(""), height: y };
}
