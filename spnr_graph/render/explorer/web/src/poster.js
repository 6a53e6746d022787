// @ts-check
// The page on paper: an A3 poster in vectors, made when the browser is about to print.
import { composed } from "./exports-svg.js";
import { Scene } from "./scene.js";
import { LIGHT } from "./theme.js";

/** Pixels of the drawing on an A3 sheet in landscape, beside the legend. */
const WIDTH = 1250;
const HEIGHT = 940;

/**
 * The poster of a view: always light, always the whole of what is seen.
 *
 * @param {any} model
 * @param {any} view
 * @param {any} state
 * @returns {string} an SVG document
 */
export function poster(model, view, state) {
  const scene = new Scene(model, state, view, LIGHT);
  return composed(model, scene, scene.fitted(WIDTH, HEIGHT));
}

/**
 * Put the poster into the page before it is printed, and take it away after.
 *
 * @param {any} model
 * @param {any} store
 * @param {() => any} seen the view of now
 */
export function preparePrint(model, store, seen) {
  const sheet = document.createElement("div");
  sheet.className = "poster";
  sheet.setAttribute("aria-hidden", "true");
  document.body.append(sheet);
  const fill = () => {
    const svg = poster(model, seen(), store.get());
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    sheet.replaceChildren(document.importNode(parsed.documentElement, true));
  };
  window.addEventListener("beforeprint", fill);
  window.addEventListener("afterprint", () => sheet.replaceChildren());
}
