// @ts-check
// Packed data as typed arrays: what 300,000 edges are filtered with in a blink.

/** @typedef {import("./data.js").Packed} Packed */

// Modes whose links only some roles make: those of the first end, those of the second.
const ROLES = /** @type {Record<string, string[][]>} */ ({
  membership: [["membre"], []],
  funding: [["financeur"], ["beneficiaire", "porteur"]],
});
const OPEN_START = -1e9;
const OPEN_END = 1e9;

/** Lists of integers, one after the other: row k is items[start[k]] … items[start[k + 1] − 1]. */
export class Rows {
  /** @param {Int32Array} start @param {Int32Array} items */
  constructor(start, items) {
    this.start = start;
    this.items = items;
  }

  /** Gather items by key, in the order in which they come.
   * @param {number} size number of keys
   * @param {ArrayLike<number>} keys −1 leaves the item out
   * @returns {Rows} */
  static grouped(size, keys) {
    const start = new Int32Array(size + 1);
    for (let k = 0; k < keys.length; k += 1) if (keys[k] >= 0) start[keys[k] + 1] += 1;
    for (let k = 0; k < size; k += 1) start[k + 1] += start[k];
    const next = start.slice(0, size);
    const items = new Int32Array(start[size]);
    for (let k = 0; k < keys.length; k += 1) {
      if (keys[k] >= 0) {
        items[next[keys[k]]] = k;
        next[keys[k]] += 1;
      }
    }
    return new Rows(start, items);
  }

  /** @param {number} row */
  size(row) {
    return this.start[row + 1] - this.start[row];
  }

  /** @param {number} row */
  of(row) {
    return this.items.subarray(this.start[row], this.start[row + 1]);
  }
}

// `new` copies an array at once; `from` would go by an iterator, which takes seconds.
/** Days, an unknown one replaced by the far past or the far future. */
function days(column, unknown) {
  const found = new Float64Array(column.length);
  for (let k = 0; k < found.length; k += 1) found[k] = column[k] ?? unknown;
  return found;
}

export class Columns {
  /** @param {Packed} packed */
  constructor(packed) {
    const { edges, initiatives, nodes, participations } = packed;
    this.mode = packed.meta.mode;
    this.directed = this.mode === "membership" || this.mode === "funding";
    this.nodeCount = nodes.iri.length;
    this.initiativeCount = initiatives.iri.length;
    this.a = new Int32Array(edges.a);
    this.b = new Int32Array(edges.b);
    this.weight = new Float64Array(edges.weight);
    this.significance = new Float64Array(edges.significance);
    this.actor = new Int32Array(participations.actor);
    this.initiative = new Int32Array(participations.initiative);
    this.role = new Int32Array(participations.role);
    this.start = days(participations.start, OPEN_START);
    this.end = days(participations.end, OPEN_END);
    this.initiativeStart = days(initiatives.start, OPEN_START);
    this.initiativeEnd = days(initiatives.end, OPEN_END);
    const nodeOfInitiative = new Int32Array(this.initiativeCount).fill(-1);
    nodes.initiative.forEach((initiative, node) => {
      if (initiative >= 0) nodeOfInitiative[initiative] = node;
    });
    /** Node of the initiative of each participation, −1 where initiatives are no nodes. */
    this.place = this.initiative.map((initiative) => nodeOfInitiative[initiative]);
    /** 1 for the nodes that are drawn; where initiatives are linked, actors are not. */
    this.drawn = Uint8Array.from(nodes.type, (/** @type {number} */ type) =>
      this.mode === "initiatives" && type === 0 ? 0 : 1,
    );
    /** Euros of each initiative, 0 where they are unknown. */
    this.euros = Float64Array.from(initiatives.euros ?? [], (euros) => euros ?? 0);
    this.#sides(packed);
    this.#stays();
    this.#entries(packed);
  }

  /** Which participations make a link for its first end, and which for its second. */
  #sides(packed) {
    const wanted = ROLES[this.mode];
    const names = packed.concepts.iri.map((/** @type {string} */ iri) => iri.replace(/^.*[/]/, ""));
    /** @type {Uint8Array[] | null} */
    this.sides = wanted
      ? wanted.map((roles) => Uint8Array.from(this.role, (role) => (roles.includes(names[role]) ? 1 : 0)))
      : null;
  }

  /** Number the stays: all that one actor does in one initiative. */
  #stays() {
    // Sorted numbers, found by halving: a Map of 400,000 fills the memory with boxed ones.
    const keys = new Float64Array(this.actor.length);
    for (let p = 0; p < keys.length; p += 1) keys[p] = this.#key(this.actor[p], this.initiative[p]);
    this.stayKeys = keys.sort().filter((key, k) => k === 0 || key !== keys[k - 1]);
    this.stayCount = this.stayKeys.length;
    this.stay = this.actor.map((actor, p) => this.#stayOf(actor, this.initiative[p]));
    // Newman's weights share a meeting out over the members of its group: the actors
    // of an initiative, or the initiatives of an actor.
    const byActor = this.mode === "initiatives";
    this.groupCount = byActor ? this.nodeCount : this.initiativeCount;
    this.groupOfStay = new Int32Array(this.stayCount);
    this.stay.forEach((stay, p) => {
      this.groupOfStay[stay] = byActor ? this.actor[p] : this.initiative[p];
    });
    this.participationsOfStay = Rows.grouped(this.stayCount, this.stay);
  }

  /** @param {number} actor @param {number} initiative */
  #key(actor, initiative) {
    return initiative * this.nodeCount + actor;
  }

  /** The stay of an actor in an initiative, −1 without one. @param {number} actor @param {number} initiative */
  #stayOf(actor, initiative) {
    const key = this.#key(actor, initiative);
    const { stayKeys } = this;
    let [low, high] = [0, stayKeys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (stayKeys[middle] < key) low = middle + 1;
      else high = middle;
    }
    return stayKeys[low] === key ? low : -1;
  }

  /**
   * List what makes each edge, entry after entry: an initiative where two actors meet,
   * an actor that two initiatives share, the stay of an actor in an initiative.
   */
  #entries(packed) {
    const start = new Int32Array(this.a.length + 1);
    /** @type {number[]} */ const initiative = [];
    /** @type {number[]} */ const left = [];
    /** @type {number[]} */ const right = [];
    const stay = (actor, i) => this.#stayOf(actor, i);
    const actors =
      this.mode === "initiatives"
        ? Rows.grouped(this.initiativeCount, this.initiative)
        : null;
    for (let edge = 0; edge < this.a.length; edge += 1) {
      const a = this.a[edge];
      const b = this.b[edge];
      if (actors !== null) {
        const [i, j] = [packed.nodes.initiative[a], packed.nodes.initiative[b]];
        const met = new Set(Array.from(actors.of(i), (p) => this.actor[p]));
        for (const actor of [...met].sort((x, y) => x - y)) {
          if (stay(actor, j) < 0) continue;
          initiative.push(i);
          left.push(stay(actor, i));
          right.push(stay(actor, j));
        }
      } else {
        for (const i of packed.edges.via[edge]) {
          initiative.push(i);
          left.push(stay(a, i));
          right.push(stay(b, i));
        }
      }
      start[edge + 1] = initiative.length;
    }
    /** Entries of edge e are entryStart[e] … entryStart[e + 1] − 1. */
    this.entryStart = start;
    this.entryInitiative = new Int32Array(initiative);
    this.entryLeft = new Int32Array(left);
    this.entryRight = new Int32Array(right);
    this.entryGroup = this.entryLeft.map((stay) => (stay < 0 ? -1 : this.groupOfStay[stay]));
  }
}
