// @ts-check
// The network drawn by sigma; what is pointed at is drawn again above it, the rest dims.
import Graph from "graphology";
import Sigma from "sigma";
import { emptied, paint, writeNames } from "./canvas.js";
import { Base } from "./drawing-base.js";
import { Fallback } from "./drawing-still.js";
import { SignProgram } from "./sign-program.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** Above this many links they cannot be pointed at: finding them costs too much. */
const POINTED_LINKS = 40_000;
/** Above this many links they are left out while the camera moves. */
const MOVED_LINKS = 60_000;
const ALL = { x: 0.5, y: 0.5, angle: 0, ratio: 1 };
const DURATION = 300;

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
    const canvases = this.sigma.getCanvases();
    const [names, marks] = ["names", "marks"].map((id) => emptied(canvases[id], frame.width));
    if (lit === null) writeNames(names, this.scene.names(frame, this.measure, null), this.scene.theme);
    else paint(marks, this.scene, this.scene.seen(frame, this.measure, lit), this.chosen());
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
