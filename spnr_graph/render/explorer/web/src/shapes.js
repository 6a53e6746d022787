// @ts-check
// The signs of nodes: six shapes of nearly the same area, so that size alone says size.

/** Names of `spnr_graph/render/palette.py`, in the order of the shader's numbers. */
export const SHAPES = ["dot", "square", "diamond", "triangle", "hexagon", "triangleDown"];

const CORNERS = {
  square: [[-0.886, -0.886], [0.886, -0.886], [0.886, 0.886], [-0.886, 0.886]],
  diamond: [[0, -1.253], [1.253, 0], [0, 1.253], [-1.253, 0]],
  triangle: [[0, -1.44], [1.247, 0.72], [-1.247, 0.72]],
  hexagon: [[1.1, 0], [0.55, 0.953], [-0.55, 0.953], [-1.1, 0], [-0.55, -0.953], [0.55, -0.953]],
  triangleDown: [[0, 1.44], [1.247, -0.72], [-1.247, -0.72]],
};

/**
 * Give the corners of a sign, or null for a disc; y grows downwards.
 *
 * @param {number} shape number of a shape
 * @param {number} x @param {number} y centre
 * @param {number} radius of the disc of the same area
 * @returns {number[][] | null}
 */
export function corners(shape, x, y, radius) {
  const found = CORNERS[/** @type {keyof typeof CORNERS} */ (SHAPES[shape])];
  return found ? found.map(([dx, dy]) => [x + dx * radius, y + dy * radius]) : null;
}

/**
 * Add the outline of a sign to a canvas.
 *
 * @param {CanvasRenderingContext2D} context
 * @param {number} shape @param {number} x @param {number} y @param {number} radius
 */
export function trace(context, shape, x, y, radius) {
  const points = corners(shape, x, y, radius);
  context.beginPath();
  if (points === null) context.arc(x, y, radius, 0, 2 * Math.PI);
  else {
    points.forEach(([left, top]) => context.lineTo(left, top));
    context.closePath();
  }
}
