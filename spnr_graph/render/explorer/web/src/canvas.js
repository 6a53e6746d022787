// @ts-check
// What is lit, and the names, drawn on the canvases above sigma's.
import { font } from "./labels.js";
import { arrowhead } from "./scene.js";
import { trace } from "./shapes.js";
import { mix } from "./theme.js";

/** @typedef {import("./scene.js").Scene} Scene */

/**
 * The context of a canvas above the drawing, with nothing on it.
 *
 * Chromium brings the old content back when a canvas is cleared and nothing is drawn
 * after: giving it a size anew empties it for good.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {number} width of the drawing
 */
export function emptied(canvas, width) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  canvas.width = canvas.width + 0;
  context.scale(canvas.width / width, canvas.width / width);
  return context;
}

/**
 * Write names, each over a rim of paper.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {import("./labels.js").Placed[]} names
 * @param {import("./theme.js").Theme} theme
 */
export function writeNames(context, names, theme) {
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
export function paint(context, scene, seen, chosen) {
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
