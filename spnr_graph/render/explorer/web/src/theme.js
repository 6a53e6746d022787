// @ts-check
// Colours of the drawing in light and in dark; everything drawn is opaque, mixed with
// the paper, so that the screen, the picture and the print look the same.

/**
 * @typedef {object} Theme
 * @property {boolean} dark
 * @property {string} paper @property {string} ink @property {string} soft
 * @property {string} link of the weakest link @property {string} strong of the strongest
 * @property {string} none of nodes without a value @property {string} mixed of several
 * @property {string[]} ramp from the least to the most
 */

/** @type {Theme} */
export const LIGHT = {
  dark: false,
  paper: "#ffffff",
  ink: "#1b1f24",
  soft: "#57606a",
  link: "#c3cad2",
  strong: "#4d5966",
  none: "#b0b5bd",
  mixed: "#3f4650",
  ramp: ["#d3b43a", "#a3945f", "#76797c", "#485b7b", "#0b2f66"],
};

/** @type {Theme} */
export const DARK = {
  dark: true,
  paper: "#12171e",
  ink: "#e6edf3",
  soft: "#9da7b3",
  link: "#3c4753",
  strong: "#a9b4c0",
  none: "#6a727d",
  mixed: "#d5dbe2",
  ramp: ["#4a6fb5", "#7b8597", "#a39d83", "#cbb968", "#fde545"],
};

/** The theme of a state. @param {{theme: string}} state @returns {Theme} */
export function themeOf(state) {
  const dark =
    state.theme === "dark" ||
    (state.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  return dark ? DARK : LIGHT;
}

/** Mix two colours. @param {string} from @param {string} to @param {number} share of `to` */
export function mix(from, to, share) {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [from, to].map((hex) => parseInt(hex.slice(at, at + 2), 16));
    return Math.round(a + (b - a) * share)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
