// @ts-check
// The network where the browser has no WebGL: a picture whose nodes can be chosen.
import { Base } from "./drawing-base.js";
import { bare } from "./exports-svg.js";
import { drawingWords } from "./words-drawing.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** A still picture, where the browser has no WebGL. */
export class Fallback extends Base {
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
