// @ts-check
// What the interactive drawing and the still one share: messages, keys, the walk.
import { exportSvg } from "./exports-svg.js";
import { measurer } from "./labels.js";
import { Scene } from "./scene.js";
import { themeOf } from "./theme.js";
import { drawingWords } from "./words-drawing.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** What both ways of drawing share. */
export class Base {
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
