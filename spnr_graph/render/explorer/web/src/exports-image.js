// @ts-check
// What is seen as a PNG, painted from the same SVG at twice its size.
import { exportSvg } from "./exports-svg.js";

/** The width and height that browsers still paint. */
const MOST = 8192;

/**
 * What is on the screen as a PNG.
 *
 * @param {any} model
 * @param {any} view
 * @param {any} state
 * @param {any} drawing
 * @param {number} [scale]
 * @returns {Promise<Blob>}
 */
export async function exportPng(model, view, state, drawing, scale = 2) {
  const svg = exportSvg(model, view, state, drawing);
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const factor = Math.min(scale, MOST / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * factor);
    canvas.height = Math.round(image.naturalHeight * factor);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) =>
      canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("The picture is too large."))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}
