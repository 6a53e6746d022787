// @ts-check
// Elements in one expression. Text is always text, never markup.

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * Make an element.
 *
 * @param {string} tag
 * @param {Record<string, any>} [properties] attributes; `on…` listeners; `true` sets an
 *   empty attribute, `false` and null leave it out
 * @param {...(Child | Child[])} children
 * @returns {any} the element
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/**
 * Make a link to another site, or plain text when the address is not one of the web.
 *
 * @param {string} address
 * @param {string} label
 * @returns {Node}
 */
export function link(address, label) {
  if (!/^https?:\/\//i.test(address)) return document.createTextNode(label);
  return h("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, label);
}

/** The sign that closes and takes away. */
export const CROSS = "M6 6l12 12M18 6 6 18";

/**
 * Draw a sign of the interface; words beside it, or a label, say what it means.
 *
 * @param {string} path outline in a square of 24
 * @returns {SVGElement}
 */
export function sign(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  const outline = document.createElementNS(space, "path");
  outline.setAttribute("d", path);
  svg.append(outline);
  return svg;
}
