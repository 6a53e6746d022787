// @ts-check
// Names beside signs: the most important first, none over another.

/** @typedef {{node: number, x: number, y: number, radius: number, text: string, strong: boolean}} Wanted */
/** @typedef {{node: number, text: string, left: number, middle: number, width: number, size: number, strong: boolean}} Placed */

export const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif';
const LONGEST = 34;
const CELL = 64;
const STRONG_SIGN = 9;
const GAP = 5;

/** Shorten a name for the drawing, between whole characters. @param {string} name */
export function shortened(name) {
  const flat = name.replace(/\s+/gu, " ").trim();
  if (flat.length <= LONGEST) return flat;
  let kept = "";
  let count = 0;
  for (const { segment } of new Intl.Segmenter("fr").segment(flat)) {
    count += 1;
    if (count > LONGEST) return `${kept.trimEnd()}…`;
    if (count < LONGEST) kept += segment;
  }
  return flat;
}

/** The font of a name. @param {boolean} strong @param {number} size pixels */
export const font = (strong, size) => `${strong ? "600 " : ""}${size}px ${FONT}`;

/** Boxes on the screen, found by the cells that they touch. */
class Boxes {
  /** @type {Map<number, number[][]>} */
  #cells = new Map();

  /** @param {number[]} box left, top, right, bottom */
  add(box) {
    for (const key of cellsOf(box)) {
      const cell = this.#cells.get(key);
      if (cell) cell.push(box);
      else this.#cells.set(key, [box]);
    }
  }

  /** @param {number[]} box */
  meets(box) {
    for (const key of cellsOf(box))
      for (const other of this.#cells.get(key) ?? [])
        if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return true;
    return false;
  }
}

/** @param {number[]} box */
function* cellsOf([left, top, right, bottom]) {
  for (let i = Math.floor(left / CELL); i <= Math.floor(right / CELL); i += 1)
    for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j += 1) yield i * 65_536 + j;
}

/**
 * Place names where they cover no sign and no other name.
 *
 * @param {Iterable<Wanted>} wanted the most important first
 * @param {Iterable<{x: number, y: number, radius: number}>} signs what may not be covered
 * @param {{width: number, height: number}} room
 * @param {(text: string, strong: boolean, size: number) => number} measure width of a text
 * @param {number} [most] how many names
 * @returns {Placed[]}
 */
export function placed(wanted, signs, room, measure, most = Infinity) {
  const taken = new Boxes();
  // What a strong name may not cover either: other names, signs of its own size.
  const kept = new Boxes();
  for (const { x, y, radius } of signs) {
    const box = [x - radius * 0.85, y - radius * 0.85, x + radius * 0.85, y + radius * 0.85];
    taken.add(box);
    if (radius >= STRONG_SIGN) kept.add(box);
  }
  /** @type {Placed[]} */
  const found = [];
  for (const one of wanted) {
    if (found.length >= most) break;
    const size = one.strong ? 13.5 : 12;
    const width = measure(one.text, one.strong, size);
    const free = (/** @type {Boxes} */ boxes) =>
      spots(one, width, size).find((box) =>
        box[0] >= 2 && box[2] <= room.width - 2 && box[1] >= 2 && box[3] <= room.height - 2 && !boxes.meets(box));
    const box = free(taken) ?? (one.strong ? free(kept) : undefined);
    if (box === undefined) continue;
    // Two names side by side need room between them to be read as two.
    const apart = [box[0] - GAP, box[1], box[2] + GAP, box[3]];
    taken.add(apart);
    kept.add(apart);
    found.push({ node: one.node, text: one.text, left: box[0], middle: (box[1] + box[3]) / 2, width, size, strong: one.strong });
  }
  return found;
}

/** Right, left, below, above, then the corners. @param {Wanted} one @param {number} width @param {number} size */
function spots({ x, y, radius }, width, size) {
  const reach = radius + 4;
  const half = size * 0.62;
  const slant = radius * 0.72 + 3;
  return [
    [x + reach, y - half, x + reach + width, y + half],
    [x - reach - width, y - half, x - reach, y + half],
    [x - width / 2, y + reach, x + width / 2, y + reach + 2 * half],
    [x - width / 2, y - reach - 2 * half, x + width / 2, y - reach],
    [x + slant, y + slant, x + slant + width, y + slant + 2 * half],
    [x + slant, y - slant - 2 * half, x + slant + width, y - slant],
    [x - slant - width, y + slant, x - slant, y + slant + 2 * half],
    [x - slant - width, y - slant - 2 * half, x - slant, y - slant],
  ];
}

/**
 * Measure texts as a canvas draws them; widths are kept.
 *
 * @returns {(text: string, strong: boolean, size: number) => number}
 */
export function measurer() {
  const context = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  /** @type {Map<string, number>} */
  const known = new Map();
  return (text, strong, size) => {
    const key = `${strong ? 1 : 0}${size} ${text}`;
    let width = known.get(key);
    if (width === undefined) {
      context.font = font(strong, size);
      width = context.measureText(text).width;
      known.set(key, width);
    }
    return width;
  };
}
