// @ts-check
// Nearer, farther, everything: the camera for who has no wheel.
import { h, sign } from "./dom.js";
import { words } from "./words.js";

/**
 * Make the buttons of the camera.
 *
 * @param {HTMLElement} container
 * @param {any} store
 * @param {{zoomIn(): void, zoomOut(): void, fit(): void}} drawing
 * @returns {{update(): void}}
 */
export function createZoom(container, store, drawing) {
  const known = /** @type {const} */ ([
    ["zoomIn", "M12 5v14M5 12h14"],
    ["zoomOut", "M5 12h14"],
    ["fit", "M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15"],
  ]);
  const buttons = known.map(([deed, path]) =>
    h("button", { type: "button", onclick: () => drawing[deed]() }, sign(path)),
  );
  container.append(...buttons);
  return {
    update() {
      const w = words(store.get().lang);
      known.forEach(([deed], place) => {
        buttons[place].title = w[deed];
        buttons[place].setAttribute("aria-label", w[deed]);
      });
    },
  };
}
