// @ts-check
// Names found as people type them: without accents, with a slip, in any order.

/**
 * @typedef {object} Entry
 * @property {string} id what is opened: "n12" a node, "i5" an initiative
 * @property {string} name
 * @property {string[]} texts what may be typed: names, acronyms, numbers
 * @property {number} rank among equals, the greater comes first
 */

// Words that name nothing; typed, they ask for nothing.
const EMPTY = new Set("a au aux d de des du en et l la le les of the and".split(" "));
// How well a word typed meets a word of a name.
const EXACT = 4;
const START = 3;
const INSIDE = 1.5;
const SLIP = 1;

/** Take accents, case and signs away: « L'Œuvre-Été » → "l oeuvre ete". @param {string} text */
export function fold(text) {
  return text
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Count the slips between two words: letters changed, missing, added or swapped.
 *
 * @param {string} left
 * @param {string} right
 * @param {number} most where counting stops
 * @returns {number} at most `most` + 1
 */
export function slips(left, right, most) {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]);
  let line = Array.from({ length: right.length + 1 }, (_, j) => j);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1;
      next[j] = Math.min(line[j] + 1, next[j - 1] + 1, line[j - 1] + same);
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, line] = [line, next];
  }
  return line[right.length];
}

/**
 * Weigh how a word typed meets a word of a name; 0 when it does not.
 *
 * @param {string} typed
 * @param {string} word
 */
function meets(typed, word) {
  if (word === typed) return EXACT;
  if (word.startsWith(typed)) return START;
  if (typed.length > 2 && word.includes(typed)) return INSIDE;
  const most = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
  if (most === 0 || /\d/.test(typed)) return 0;
  const found = slips(typed, word, most);
  if (found <= most) return SLIP / found;
  // A slip in a word that is still being typed.
  if (word.length <= typed.length || typed.length < 5) return 0;
  return slips(typed, word.slice(0, typed.length), 1) <= 1 ? SLIP / 2 : 0;
}

/** Names, ready to be searched: each distinct word once, with who bears it. */
export class Finder {
  /** @param {Entry[]} entries */
  constructor(entries) {
    this.entries = entries;
    /** @type {Map<string, number[]>} */
    this.bearers = new Map();
    entries.forEach((entry, position) => {
      const said = new Set(entry.texts.flatMap((text) => fold(text).split(" ")));
      for (const word of said) {
        const known = this.bearers.get(word);
        if (known) known.push(position);
        else this.bearers.set(word, [position]);
      }
    });
  }

  /**
   * Find the entries that meet every word typed, best first.
   *
   * @param {string} query
   * @returns {Entry[]}
   */
  find(query) {
    const typed = fold(query).split(" ").filter(Boolean);
    const told = typed.filter((word) => !EMPTY.has(word));
    const asked = told.length > 0 ? told : typed;
    if (asked.length === 0) return [];
    let scores = this.#scores(asked[0]);
    for (const word of asked.slice(1)) {
      const others = this.#scores(word);
      scores = new Map(
        [...scores]
          .filter(([position]) => others.has(position))
          .map(([position, score]) => [position, score + (others.get(position) ?? 0)]),
      );
    }
    const whole = fold(query);
    const starts = (/** @type {Entry} */ entry) =>
      entry.texts.some((text) => fold(text).startsWith(whole)) ? 1 : 0;
    return [...scores]
      .map(([position, score]) => {
        const entry = this.entries[position];
        return { entry, score: score + starts(entry) };
      })
      .sort(
        (left, right) =>
          right.score - left.score ||
          right.entry.rank - left.entry.rank ||
          (left.entry.name < right.entry.name ? -1 : 1),
      )
      .map(({ entry }) => entry);
  }

  /** @param {string} typed @returns {Map<number, number>} position → how well it meets */
  #scores(typed) {
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const [word, positions] of this.bearers) {
      const score = meets(typed, word);
      if (score === 0) continue;
      for (const position of positions)
        if ((scores.get(position) ?? 0) < score) scores.set(position, score);
    }
    return scores;
  }
}

/**
 * List what may be searched: every node, and the initiatives that are none.
 *
 * @param {any} model
 * @returns {Entry[]}
 */
export function entriesOf(model) {
  const { nodes, initiatives } = model.packed;
  const said = (/** @type {any} */ text) =>
    typeof text === "string" ? [text] : [text.fr, text.en];
  const drawn = new Set(nodes.initiative);
  const entries = nodes.iri.map((/** @type {string} */ _, /** @type {number} */ node) => {
    const numbers = (nodes.identifiers[node] ?? []).map((/** @type {string[]} */ pair) => pair[1]);
    const texts = [...said(nodes.label[node]), ...said(nodes.short[node]), ...numbers];
    return { id: `n${node}`, name: texts[0], texts, rank: model.edgesOf(node).length };
  });
  initiatives.iri.forEach((/** @type {string} */ _, /** @type {number} */ initiative) => {
    if (drawn.has(initiative)) return;
    const texts = said(initiatives.label[initiative]);
    entries.push({ id: `i${initiative}`, name: texts[0], texts, rank: 0 });
  });
  return entries;
}
