// @ts-check
// The data that the page carries: deflated columns in base64, see docs/design.md.

/** @typedef {string | { fr: string, en: string }} Text a text, in both languages where they differ */
/** @typedef {any} Packed the columns of docs/design.md, "The explorer" */

/**
 * Read the data that the page carries; when they cannot be read, the page says so above
 * the table that needs no script.
 *
 * @returns {Promise<Packed>}
 */
export async function readData() {
  try {
    return await unpack(document.getElementById("data")?.textContent ?? "");
  } catch (error) {
    document.getElementById("unread")?.removeAttribute("hidden");
    throw error;
  }
}

/**
 * Inflate data written by `spnr_graph/render/explorer/pack.py`.
 *
 * @param {string} base64
 * @returns {Promise<Packed>}
 */
export async function unpack(base64) {
  const binary = atob(base64.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  const inflated = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(inflated).text());
}

/**
 * Say a text in a language.
 *
 * @param {Text | null | undefined} value
 * @param {string} lang "fr" or "en"
 * @returns {string}
 */
export function text(value, lang) {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return (lang === "en" ? value.en : value.fr) || value.fr || value.en || "";
}
