// @ts-check
// The network drawn by sigma; what is pointed at is drawn again above it, the rest dims.
import Graph from "graphology";
import Sigma from "sigma";
import { bare, exportSvg } from "./exports-svg.js";
import { font, measurer } from "./labels.js";
import { arrowhead, Scene } from "./scene.js";
import { trace } from "./shapes.js";
import { SignProgram } from "./sign-program.js";
import { mix, themeOf } from "./theme.js";
import { drawingWords } from "./words-drawing.js";

/** Above this many links they cannot be pointed at: finding them costs too much. */
const POINTED_LINKS = 40_000;
/** Above this many links they are left out while the camera moves. */
const MOVED_LINKS = 60_000;
const ALL = { x: 0.5, y: 0.5, angle: 0, ratio: 1 };
const DURATION = 300;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Keys of the state that change how the same things look. */
const LOOKS = ["lang", "colour", "size", "theme"];

/** @typedef {{nodes: Set<number>, edges: Set<number>}} Lit */

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Whether this browser draws with WebGL. */
function webgl() {
  const context = document.createElement("canvas").getContext("webgl");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

/**
 * Draw the network in an element, and tell the store what is pointed at and chosen.
 *
 * @param {HTMLElement} container
 * @param {any} model
 * @param {any} store
 */
export function createDrawing(container, model, store) {
  container.classList.add("drawing");
  if (!container.hasAttribute("tabindex")) container.tabIndex = 0;
  const notice = document.createElement("div");
  notice.className = "drawing-notice";
  notice.hidden = true;
  container.append(notice);
  const kind = model.nodeCount > 0 && webgl() ? Drawing : Fallback;
  return new kind(container, notice, model, store);
}

/** What both ways of drawing share. */
class Base {
  /**
   * @param {HTMLElement} container
   * @param {HTMLElement} notice
   * @param {any} model
   * @param {any} store
   */
  constructor(container, notice, model, store) {
    this.container = container;
    this.notice = notice;
    this.model = model;
    this.store = store;
    this.measure = measurer();
    /** @type {Scene | null} */
    this.scene = null;
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.themed = () => this.scene && this.redraw(this.scene.view);
    this.dark.addEventListener("change", this.themed);
    this.keyed = (/** @type {KeyboardEvent} */ event) => this.key(event);
    container.addEventListener("keydown", this.keyed);
  }

  /** Draw all anew, for another theme. @param {any} view */
  redraw(view) {
    this.update(view);
  }

  /** Draw what is seen now. @param {any} view */
  update(view) {
    const state = this.store.get();
    const theme = themeOf(state);
    this.scene = new Scene(this.model, state, view, theme);
    this.container.style.backgroundColor = theme.paper;
    this.container.style.color = theme.ink;
    this.container.classList.toggle("drawing-dark", theme.dark);
    const words = drawingWords(state.lang);
    this.say(view.nodeCount > 0 ? [] : this.model.nodeCount > 0 ? [words.empty, words.emptyHelp] : [words.noData]);
  }

  /** Write a message over the drawing. @param {string[]} lines none: take it away */
  say(lines) {
    this.notice.hidden = lines.length === 0;
    this.notice.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  }

  /** The node that is chosen, −1 when none is. */
  chosen() {
    const { selected } = this.store.get();
    return selected?.startsWith("n") ? Number(selected.slice(1)) : -1;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target !== this.container) return;
    const arrow = ARROWS[/** @type {keyof typeof ARROWS} */ (event.key)];
    if (arrow) this.walk(arrow);
    else if (event.key === "+" || event.key === "=") this.zoomIn();
    else if (event.key === "-") this.zoomOut();
    else if (event.key === "0" || event.key === "Home") this.fit();
    else if (event.key === "f" && this.chosen() >= 0) this.store.set({ focus: this.chosen() });
    else return;
    event.preventDefault();
  }

  /** Choose the neighbour that lies in a direction; at first, the most linked node. @param {number[]} direction */
  walk([dx, dy]) {
    if (this.scene === null) return;
    const { scene } = this;
    const from = this.chosen();
    const next = from >= 0 && scene.view.nodes[from] ? scene.linksOf(from).map((edge) => scene.across(edge, from)) : [];
    let [best, least] = [-1, Infinity];
    for (const node of next) {
      const [x, y] = [scene.xs[node] - scene.xs[from], scene.ys[node] - scene.ys[from]];
      const ahead = x * dx + y * dy;
      // Near, and not too far aside: what a person expects of an arrow.
      const cost = ahead + 2 * Math.abs(x * dy - y * dx);
      if (ahead > 0 && cost < least) [best, least] = [node, cost];
    }
    if (from < 0 || !scene.view.nodes[from]) best = scene.ranked[0] ?? -1;
    if (best < 0) return;
    this.store.set({ selected: `n${best}` });
    this.reveal(best);
  }

  /** Bring a node onto the screen. @param {number} _node */
  reveal(_node) {}
  zoomIn() {}
  zoomOut() {}
  fit() {}
  /** @param {number} _node */
  centre(_node) {}
  camera() {
    return null;
  }

  /** The frame of what is on the screen. @returns {import("./scene.js").Frame} */
  frame() {
    const { clientWidth, clientHeight } = this.container;
    return /** @type {Scene} */ (this.scene).fitted(clientWidth || 800, clientHeight || 600);
  }

  /** What is on the screen, as text of an SVG document. @param {"svg"} kind */
  image(kind) {
    if (kind !== "svg" || this.scene === null) throw new Error(`No picture of the kind ${kind}.`);
    return exportSvg(this.model, this.scene.view, this.store.get(), this);
  }

  destroy() {
    this.dark.removeEventListener("change", this.themed);
    this.container.removeEventListener("keydown", this.keyed);
    this.container.replaceChildren();
  }
}

/** A still picture, where the browser has no WebGL. */
class Fallback extends Base {
  /** @param {any} view */
  update(view) {
    super.update(view);
    const words = drawingWords(this.store.get().lang);
    if (this.model.nodeCount > 0 && view.nodeCount > 0) this.say([words.noWebgl]);
    this.notice.classList.toggle("drawing-aside", view.nodeCount > 0);
    this.container.querySelector("svg")?.remove();
    if (view.nodeCount === 0) return;
    const parsed = new DOMParser().parseFromString(bare(/** @type {Scene} */ (this.scene), this.frame()), "image/svg+xml");
    const svg = /** @type {any} */ (document.importNode(parsed.documentElement, true));
    svg.classList.add("drawing-still");
    svg.addEventListener("click", (/** @type {any} */ event) => {
      const node = event.target.closest("[data-node]")?.dataset.node;
      this.store.set({ selected: node === undefined ? null : `n${node}` });
    });
    this.container.append(svg);
  }
}

/** The interactive drawing. */
class Drawing extends Base {
  /**
   * @param {HTMLElement} container
   * @param {HTMLElement} notice
   * @param {any} model
   * @param {any} store
   */
  constructor(container, notice, model, store) {
    super(container, notice, model, store);
    /** @type {{node: number, edge: number}} */
    this.hovered = { node: -1, edge: -1 };
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.told = undefined;
    /** The state that was drawn last. @type {any} */
    this.shown = null;
    /** @type {Sigma | null} */
    this.sigma = null;
    // sigma listens to the window alone, and the room changes for other reasons too.
    this.sized = new ResizeObserver(() => this.sigma?.scheduleRender());
  }

  /** @param {any} view */
  update(view) {
    const state = this.store.get();
    const before = this.shown;
    this.shown = state;
    const seen = this.scene?.view;
    if (this.sigma !== null && view === seen && LOOKS.every((key) => before[key] === state[key])) this.overlay();
    else {
      super.update(view);
      this.hovered = { node: -1, edge: -1 };
      if (this.sigma === null) this.start();
      else if (view.edges === seen?.edges) this.sigma.refresh();
      else this.sigma.setGraph(this.graph());
    }
    if (before === null) return;
    if (before.focus !== state.focus || before.depth !== state.depth) this.fit();
    else if (before.camera !== state.camera && !same(state.camera, this.camera()))
      this.sigma?.getCamera().setState({ ...(state.camera ?? ALL), angle: 0 });
  }

  /** @param {any} view */
  redraw(view) {
    super.update(view);
    this.sigma?.refresh();
  }

  start() {
    this.unit = 1;
    const many = this.model.edgeCount;
    this.sigma = new Sigma(this.graph(), this.container, {
      allowInvalidContainer: true,
      autoRescale: true,
      defaultDrawNodeHover: () => {},
      defaultEdgeType: this.scene?.directed ? "arrow" : "line",
      defaultNodeType: "sign",
      doubleClickZoomingRatio: 1,
      edgeReducer: (edge) => this.edgeLook(Number(edge)),
      enableEdgeEvents: many <= POINTED_LINKS,
      hideEdgesOnMove: many > MOVED_LINKS,
      maxCameraRatio: 3,
      minCameraRatio: 0.01,
      minEdgeThickness: 0.6,
      nodeProgramClasses: { sign: SignProgram },
      nodeReducer: (node, data) => this.nodeLook(Number(node), data),
      renderLabels: false,
      stagePadding: 46,
    });
    this.sigma.createCanvasContext("marks", { beforeLayer: "mouse" });
    this.sigma.createCanvasContext("names", { beforeLayer: "marks" });
    // The new canvases have no size yet, and sigma measures again only when told.
    this.sigma.resize(true);
    this.unit = this.wholeUnit();
    this.listen();
    this.sigma.refresh();
    const { camera } = this.store.get();
    if (camera) this.sigma.getCamera().setState({ ...camera, angle: 0 });
  }

  /**
   * Nodes and links by number: graphology holds places, the scene all the rest. All
   * nodes are there, so that none moves when others hide; links that hide are not.
   */
  graph() {
    const graph = new Graph({ type: "directed", multi: false, allowSelfLoops: false });
    const { nodes, edges } = this.model.packed;
    const scene = /** @type {Scene} */ (this.scene);
    const order = Array.from(nodes.iri.keys()).sort((a, b) => scene.radii[b] - scene.radii[a] || a - b);
    // sigma's y grows upwards, that of the layout downwards.
    for (const node of order) graph.addNode(node, { x: nodes.x[node], y: -nodes.y[node] });
    for (const edge of scene.visibleEdges()) graph.addDirectedEdgeWithKey(edge, edges.a[edge], edges.b[edge]);
    return graph;
  }

  /** @param {number} node @param {any} data */
  nodeLook(node, data) {
    const scene = /** @type {Scene} */ (this.scene);
    const hidden = !scene.view.nodes[node];
    return {
      x: data.x,
      y: data.y,
      hidden,
      label: null,
      type: "sign",
      size: scene.size(node, this.unit),
      shape: scene.scales.shape(node),
      color: hidden ? scene.theme.paper : scene.scales.colour(node),
      border: scene.theme.paper,
    };
  }

  /** @param {number} edge */
  edgeLook(edge) {
    const scene = /** @type {Scene} */ (this.scene);
    // sigma fades the rim of a line within its width: it looks thinner than it is.
    return { size: scene.width(edge) * 1.5, color: scene.lineColour(edge) };
  }

  /** Pixels per unit of the positions when the camera shows the whole. */
  wholeUnit() {
    const { left, right } = this.corners();
    const ends = [left, right].map((x) => this.sigma?.graphToViewport({ x, y: 0 }, { cameraState: ALL }).x ?? 0);
    return (ends[1] - ends[0]) / (right - left);
  }

  /** Two places that are not the same, between which the screen is measured. */
  corners() {
    const { x, y } = /** @type {Sigma} */ (this.sigma).getBBox();
    const [left, top] = [x[0], y[0]];
    return { left, top, right: Math.max(x[1], left + 1), bottom: Math.max(y[1], top + 1) };
  }

  frame() {
    const sigma = /** @type {Sigma} */ (this.sigma);
    const { width, height } = sigma.getDimensions();
    const { left, top, right, bottom } = this.corners();
    const low = sigma.graphToViewport({ x: left, y: top });
    const high = sigma.graphToViewport({ x: right, y: bottom });
    const [kx, ky] = [(high.x - low.x) / (right - left), (high.y - low.y) / (bottom - top)];
    const project = (/** @type {number} */ x, /** @type {number} */ y) =>
      /** @type {[number, number]} */ ([low.x + (x - left) * kx, low.y + (-y - top) * ky]);
    return { width, height, project, unit: this.unit ?? 1, zoom: sigma.scaleSize(1) };
  }

  /** What is pointed at, else chosen, with its surroundings; null when nothing is. @returns {Lit | null} */
  lit() {
    const scene = /** @type {Scene} */ (this.scene);
    const { selected } = this.store.get();
    const edge = this.hovered.edge >= 0 ? this.hovered.edge : selected?.startsWith("e") ? Number(selected.slice(1)) : -1;
    const node = this.hovered.node >= 0 ? this.hovered.node : this.chosen();
    if (node >= 0 && (this.hovered.edge < 0 || this.hovered.node >= 0) && scene.view.nodes[node]) {
      const edges = scene.linksOf(node);
      return { nodes: new Set([node, ...edges.map((one) => scene.across(one, node))]), edges: new Set(edges) };
    }
    if (edge < 0 || !scene.view.nodes[scene.ends.a[edge]] || !scene.view.nodes[scene.ends.b[edge]]) return null;
    return { nodes: new Set([scene.ends.a[edge], scene.ends.b[edge]]), edges: new Set([edge]) };
  }

  /** Draw names, and above a dimmed drawing what is lit. */
  overlay() {
    if (this.sigma === null || this.scene === null) return;
    const lit = this.lit();
    this.container.classList.toggle("drawing-dimmed", lit !== null);
    const frame = this.frame();
    const [names, marks] = ["names", "marks"].map((id) => this.emptied(id, frame));
    if (lit === null) writeNames(names, this.scene.names(frame, this.measure, null), this.scene.theme);
    else paint(marks, this.scene, this.scene.seen(frame, this.measure, lit), this.chosen());
  }

  /**
   * The context of a canvas above the drawing, with nothing on it.
   *
   * Chromium brings the old content back when a canvas is cleared and nothing is drawn
   * after: giving it a size anew empties it for good.
   *
   * @param {string} id @param {{width: number}} frame
   */
  emptied(id, { width }) {
    const canvas = /** @type {HTMLCanvasElement} */ (this.sigma?.getCanvases()[id]);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    canvas.width = canvas.width + 0;
    context.scale(canvas.width / width, canvas.width / width);
    return context;
  }

  listen() {
    const sigma = /** @type {Sigma} */ (this.sigma);
    const point = (/** @type {number} */ node, /** @type {number} */ edge) => {
      this.hovered = { node, edge };
      this.container.style.cursor = node >= 0 || edge >= 0 ? "pointer" : "";
      this.overlay();
    };
    sigma.on("afterRender", () => {
      // A notice or a longer line above may have left another room to the drawing.
      const unit = this.wholeUnit();
      if (unit === this.unit) return this.overlay();
      this.unit = unit;
      sigma.scheduleRefresh();
    });
    sigma.on("enterNode", ({ node }) => point(Number(node), -1));
    sigma.on("leaveNode", () => point(-1, -1));
    sigma.on("enterEdge", ({ edge }) => point(-1, Number(edge)));
    sigma.on("leaveEdge", () => point(-1, -1));
    sigma.on("clickNode", ({ node }) => this.store.set({ selected: `n${node}` }));
    sigma.on("clickEdge", ({ edge }) => this.store.set({ selected: `e${edge}` }));
    sigma.on("clickStage", () => this.store.set({ selected: null }));
    sigma.on("doubleClickNode", (event) => {
      event.preventSigmaDefault();
      this.store.set({ focus: Number(event.node), selected: `n${event.node}` });
    });
    this.sized.observe(this.container);
    sigma.getCamera().on("updated", () => {
      clearTimeout(this.told);
      this.told = setTimeout(() => this.store.set({ camera: this.camera() }, { replace: true }), 250);
    });
  }

  /** The camera, or null when it shows the whole. */
  camera() {
    if (this.sigma === null) return null;
    const { x, y, ratio } = this.sigma.getCamera().getState();
    return same({ x, y, ratio }, ALL) ? null : { x, y, ratio };
  }

  /** @param {{x?: number, y?: number, ratio?: number}} state */
  move(state) {
    const camera = this.sigma?.getCamera();
    if (calm()) camera?.setState(state);
    else camera?.animate(state, { duration: DURATION });
  }

  zoomIn() {
    this.move({ ratio: (this.sigma?.getCamera().ratio ?? 1) / 1.5 });
  }

  zoomOut() {
    this.move({ ratio: Math.min(3, (this.sigma?.getCamera().ratio ?? 1) * 1.5) });
  }

  /** Show all that is seen. */
  fit() {
    const box = this.scene?.extent();
    if (!box || this.sigma === null) return;
    const whole = this.scene?.ranked.length === this.model.nodeCount;
    this.move(whole ? ALL : this.around(box));
  }

  /** The camera that shows a box of positions. @param {{left: number, top: number, right: number, bottom: number}} box */
  around({ left, top, right, bottom }) {
    const sigma = /** @type {Sigma} */ (this.sigma);
    const { width, height } = sigma.getDimensions();
    const unit = this.unit ?? 1;
    const ratio = Math.max(((right - left) * unit + 60) / (width - 140), ((bottom - top) * unit + 60) / (height - 120), 0.12);
    const middle = sigma.graphToViewport({ x: (left + right) / 2, y: -(top + bottom) / 2 });
    return { ...sigma.viewportToFramedGraph(middle), ratio: Math.min(1, ratio) };
  }

  /** Bring a node to the middle. @param {number} node */
  centre(node) {
    const data = this.sigma?.getNodeDisplayData(String(node));
    if (data) this.move({ x: data.x, y: data.y, ratio: Math.min(0.5, this.sigma?.getCamera().ratio ?? 1) });
  }

  /** @param {number} node */
  reveal(node) {
    const scene = /** @type {Scene} */ (this.scene);
    const { width, height, project } = this.frame();
    const [x, y] = project(scene.xs[node], scene.ys[node]);
    const data = this.sigma?.getNodeDisplayData(String(node));
    if (data && (x < 40 || y < 40 || x > width - 40 || y > height - 40)) this.move({ x: data.x, y: data.y });
  }

  destroy() {
    clearTimeout(this.told);
    this.sized.disconnect();
    this.sigma?.kill();
    this.sigma = null;
    super.destroy();
  }
}

/** Whether two cameras show the same. @param {any} one @param {any} other */
function same(one, other) {
  const [a, b] = [one ?? ALL, other ?? ALL];
  return ["x", "y", "ratio"].every((key) => Math.abs(a[key] - b[key]) < 1e-4);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import("./labels.js").Placed[]} names
 * @param {import("./theme.js").Theme} theme
 */
function writeNames(context, names, theme) {
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineJoin = "round";
  context.strokeStyle = theme.paper;
  context.fillStyle = theme.ink;
  context.lineWidth = 3.5;
  for (const { text, left, middle, strong, size } of names) {
    context.font = font(strong, size);
    context.strokeText(text, left, middle);
    context.fillText(text, left, middle);
  }
}

/**
 * Draw lines, signs and names on a canvas.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Scene} scene
 * @param {import("./scene.js").Seen} seen
 * @param {number} chosen node that is ringed
 */
function paint(context, scene, seen, chosen) {
  context.lineCap = "round";
  const radii = new Map(seen.signs.map(({ node, radius }) => [node, radius]));
  const hidden = mix(scene.theme.link, scene.theme.strong, 0.3);
  for (const line of seen.lines) {
    context.strokeStyle = scene.view.edges[line.edge] ? scene.theme.strong : hidden;
    context.lineWidth = line.width;
    context.beginPath();
    context.moveTo(line.x1, line.y1);
    context.lineTo(line.x2, line.y2);
    context.stroke();
    if (!scene.directed) continue;
    context.fillStyle = scene.theme.strong;
    context.beginPath();
    for (const [x, y] of arrowhead(line, radii.get(scene.ends.b[line.edge]) ?? 0)) context.lineTo(x, y);
    context.fill();
  }
  for (const { x, y, radius, shape, colour, node } of seen.signs) {
    context.fillStyle = colour;
    context.strokeStyle = node === chosen ? scene.theme.ink : scene.theme.paper;
    context.lineWidth = node === chosen ? 3 : 1.4;
    trace(context, shape, x, y, radius);
    context.fill();
    context.stroke();
  }
  writeNames(context, seen.names, scene.theme);
}
