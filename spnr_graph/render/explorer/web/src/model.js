// @ts-check
// The network: who is linked to whom, by what, and what of it passes the filters.
import { backbone, significance } from "./backbone.js";
import { Columns, Rows } from "./columns.js";

/** @typedef {import("./data.js").Packed} Packed */

/**
 * What of the network is seen.
 *
 * `degree` and `strength` count every link that passes the filters, also those that
 * the backbone or the focus leaves out of the drawing: they are numbers of the network.
 *
 * @typedef {object} View
 * @property {Uint8Array} nodes 1 for each node that is seen
 * @property {Uint8Array} edges 1 for each edge that is seen
 * @property {Float64Array} weights of the edges, counted again over what passes
 * @property {Int32Array} degree links of each node
 * @property {Float64Array} strength weights of the links of each node, summed
 * @property {Uint8Array} participations 1 for each participation that passes
 * @property {(edge: number) => number[]} via initiatives that make an edge, of those that pass
 * @property {number} nodeCount nodes that are seen
 * @property {number} edgeCount edges that are seen
 * @property {number} hiddenCount edges that "show all" would add
 */

/** The filters of a state that this module reads: concepts, communities and nodes as indices.
 *
 * @typedef {object} Wanted
 * @property {number[]} [axis]
 * @property {number[]} [objective]
 * @property {number[]} [audience]
 * @property {number[]} [kind]
 * @property {number[]} [role]
 * @property {number[]} [territory]
 * @property {number[]} [community]
 * @property {number[]} [source]
 * @property {number | null} [from] first day
 * @property {number | null} [to] last day
 * @property {boolean} [all] every link, not the backbone alone
 * @property {number | null} [focus] node
 * @property {number} [depth] steps from the focus
 */

const FILTERS = /** @type {const} */ ([
  "axis", "objective", "audience", "kind", "role", "territory", "community", "source",
]);

/** @param {Uint8Array} mask */
function count(mask) {
  let total = 0;
  for (let k = 0; k < mask.length; k += 1) total += mask[k];
  return total;
}

/** @param {Int32Array} one @param {Int32Array} other */
function joined(one, other) {
  const both = new Int32Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

export class Model {
  /** @param {Packed} packed */
  constructor(packed) {
    this.packed = packed;
    this.columns = new Columns(packed);
    this.nodeCount = packed.nodes.iri.length;
    this.edgeCount = packed.edges.a.length;
    /** @type {Map<string, number>} */
    this.nodeOf = new Map(packed.nodes.iri.map((iri, node) => [iri, node]));
    /** @type {Map<string, number>} */
    this.conceptOf = new Map(packed.concepts.iri.map((iri, concept) => [iri, concept]));
    const { a, b, actor, place } = this.columns;
    this.links = Rows.grouped(this.nodeCount, joined(a, b));
    this.stated = Rows.grouped(this.nodeCount, joined(actor, place));
  }

  /** Edges of a node. @param {number} node @returns {number[]} */
  edgesOf(node) {
    return Array.from(this.links.of(node), (item) => item % this.edgeCount);
  }

  /** The other end of an edge. @param {number} edge @param {number} node */
  otherEnd(edge, node) {
    const { a, b } = this.columns;
    return a[edge] === node ? b[edge] : a[edge];
  }

  /** Nodes linked to a node, in the order of their indices. @param {number} node */
  neighbours(node) {
    const found = new Set(this.edgesOf(node).map((edge) => this.otherEnd(edge, node)));
    return [...found].sort((left, right) => left - right);
  }

  /** The edge between two nodes, −1 without one. @param {number} a @param {number} b */
  edgeBetween(a, b) {
    return this.edgesOf(a).find((edge) => this.otherEnd(edge, a) === b) ?? -1;
  }

  /** Participations of an actor, or in an initiative. @param {number} node */
  participationsOf(node) {
    const { length } = this.columns.actor;
    return Array.from(this.stated.of(node), (item) => item % length);
  }

  /**
   * What is seen in a state: filters first, then the focus, then the backbone.
   *
   * @param {Wanted} state
   * @returns {View}
   */
  visible(state) {
    const participations = this.#participations(state);
    const stays = this.#stays(participations);
    const holds = (/** @type {number} */ entry) => this.#holds(entry, stays, participations);
    const filtered = this.#filtered(state);
    const { closeness, edges, nodes, weights } = filtered
      ? this.#counted(stays, participations, holds)
      : this.#whole(stays, participations, holds);
    const { degree, strength } = this.#degrees(edges, weights);
    const values = filtered
      ? significance(this.columns, closeness)
      : this.columns.significance;
    if (state.focus !== null && state.focus !== undefined) {
      this.#around(state.focus, state.depth ?? 1, nodes, edges);
    }
    const seen = state.all ? edges : this.#backbone(state, edges, closeness, values);
    return {
      nodes,
      edges: seen,
      weights,
      degree,
      strength,
      participations,
      via: (edge) => this.#via(edge, holds),
      nodeCount: count(nodes),
      edgeCount: count(seen),
      hiddenCount: count(edges) - count(seen),
    };
  }

  /** Whether anything is asked of the state but the focus. @param {Wanted} state */
  #filtered(state) {
    const dated = [state.from, state.to].some((day) => day !== null && day !== undefined);
    return dated || FILTERS.some((name) => (state[name]?.length ?? 0) > 0);
  }

  /**
   * The concepts that are wanted and all below them; null for "all".
   *
   * @param {number[] | undefined} wanted
   * @param {string} [scheme] only the wanted concepts of this scheme
   */
  #below(wanted, scheme) {
    const { scheme: schemes, within } = this.packed.concepts;
    const roots = (wanted ?? []).filter((concept) => !scheme || schemes[concept] === scheme);
    if (roots.length === 0) return null;
    const inside = Uint8Array.from(within, (/** @type {number[]} */ above) =>
      above.some((concept) => roots.includes(concept)) ? 1 : 0,
    );
    for (const concept of roots) inside[concept] = 1;
    return inside;
  }

  /**
   * Nodes that the filters on nodes keep: kind and community.
   *
   * @param {Wanted} state
   */
  #fitting(state) {
    const { community, kind, type } = this.packed.nodes;
    const kinds = [
      this.#below(state.kind, "actor_kind"),
      this.#below(state.kind, "initiative_kind"),
    ];
    const communities = state.community?.length ? new Set(state.community) : null;
    return Uint8Array.from(type, (/** @type {number} */ sort, /** @type {number} */ node) => {
      const inside = kinds[sort];
      const fits = !inside || (kind[node] >= 0 && inside[kind[node]] === 1);
      return fits && (!communities || communities.has(community[node])) ? 1 : 0;
    });
  }

  /**
   * Initiatives that pass: what they serve, kind, territory, dates; an unknown day is open.
   *
   * @param {Wanted} state
   */
  #initiatives(state) {
    const { audiences, axes, iri, kind, objectives, territories } = this.packed.initiatives;
    const { initiativeEnd, initiativeStart } = this.columns;
    const axis = this.#below(state.axis);
    const objective = this.#below(state.objective);
    const audience = this.#below(state.audience);
    const territory = this.#below(state.territory);
    const kinds = this.#below(state.kind, "initiative_kind");
    const from = state.from ?? -Infinity;
    const to = state.to ?? Infinity;
    const meets = (/** @type {number[]} */ list, /** @type {Uint8Array | null} */ inside) =>
      !inside || list.some((concept) => inside[concept] === 1);
    return Uint8Array.from(iri, (/** @type {string} */ _, /** @type {number} */ i) =>
      initiativeStart[i] <= to &&
      initiativeEnd[i] >= from &&
      (!kinds || (kind[i] >= 0 && kinds[kind[i]] === 1)) &&
      meets(axes[i], axis) &&
      meets(objectives[i], objective) &&
      meets(audiences[i], audience) &&
      meets(territories[i], territory)
        ? 1
        : 0,
    );
  }

  /** Participations that pass. @param {Wanted} state */
  #participations(state) {
    const { actor, end, initiative, place, role, start } = this.columns;
    if (!this.#filtered(state)) return new Uint8Array(actor.length).fill(1);
    const fitting = this.#fitting(state);
    const initiatives = this.#initiatives(state);
    const roles = this.#below(state.role);
    const wanted = state.source?.length ? new Set(state.source) : null;
    const { sources } = this.packed.participations;
    const from = state.from ?? -Infinity;
    const to = state.to ?? Infinity;
    return Uint8Array.from(actor, (node, p) =>
      fitting[node] === 1 &&
      (place[p] < 0 || fitting[place[p]] === 1) &&
      initiatives[initiative[p]] === 1 &&
      (!roles || roles[role[p]] === 1) &&
      (!wanted || sources[p].some((/** @type {number} */ source) => wanted.has(source))) &&
      start[p] <= to &&
      end[p] >= from
        ? 1
        : 0,
    );
  }

  /** Stays that hold a participation that passes. @param {Uint8Array} participations */
  #stays(participations) {
    const { stay, stayCount } = this.columns;
    const stays = new Uint8Array(stayCount);
    for (let p = 0; p < stay.length; p += 1) if (participations[p]) stays[stay[p]] = 1;
    return stays;
  }

  /**
   * Nodes that have a participation that passes, and all that they belong to.
   *
   * @param {Uint8Array} participations
   */
  #present(participations) {
    const { a, actor, b, drawn, entryStart, mode, place } = this.columns;
    const nodes = new Uint8Array(this.nodeCount);
    for (let p = 0; p < actor.length; p += 1) {
      if (!participations[p]) continue;
      nodes[actor[p]] = drawn[actor[p]];
      if (place[p] >= 0) nodes[place[p]] = 1;
    }
    for (let met = mode === "membership"; met; ) {
      met = false;
      for (let edge = 0; edge < this.edgeCount; edge += 1) {
        const stated = entryStart[edge] < entryStart[edge + 1];
        if (stated || !nodes[a[edge]] || nodes[b[edge]]) continue;
        nodes[b[edge]] = 1;
        met = true;
      }
    }
    return nodes;
  }

  /**
   * Nodes of a directed network: the ends of its links, and funders that reach nobody.
   *
   * @param {Uint8Array} edges
   * @param {Uint8Array} participations
   */
  #ends(edges, participations) {
    const { a, actor, b, mode, sides } = this.columns;
    const nodes = new Uint8Array(this.nodeCount);
    for (let edge = 0; edge < edges.length; edge += 1) {
      if (edges[edge]) nodes[a[edge]] = nodes[b[edge]] = 1;
    }
    for (let p = 0; mode === "funding" && p < actor.length; p += 1) {
      if (participations[p] && sides?.[0][p]) nodes[actor[p]] = 1;
    }
    return nodes;
  }

  /**
   * Whether an entry still makes its edge: both stays pass, over common days.
   *
   * @param {number} entry
   * @param {Uint8Array} stays
   * @param {Uint8Array} participations
   */
  #holds(entry, stays, participations) {
    const { end, entryLeft, entryRight, mode, participationsOfStay, sides, start } = this.columns;
    const left = entryLeft[entry];
    const right = entryRight[entry];
    if (left < 0 || !stays[left] || (right >= 0 && !stays[right])) return false;
    // Stays of one participation each are an entry only because they have common days;
    // initiatives share an actor at whatever time.
    const alone = participationsOfStay.size(left) + participationsOfStay.size(right) <= 2;
    if (!sides && (right < 0 || alone || mode === "initiatives")) return true;
    const these = participationsOfStay
      .of(left)
      .filter((p) => participations[p] && (!sides || sides[0][p]));
    if (right < 0) return these.length > 0;
    const those = participationsOfStay
      .of(right)
      .filter((p) => participations[p] && (!sides || sides[1][p]));
    return these.some((p) => those.some((q) => start[p] <= end[q] && start[q] <= end[p]));
  }

  /**
   * Initiatives that make an edge.
   *
   * @param {number} edge
   * @param {(entry: number) => boolean} holds
   * @returns {number[]}
   */
  #via(edge, holds) {
    const { entryInitiative, entryStart, mode } = this.columns;
    const stated = this.packed.edges.via[edge];
    if (mode === "initiatives" || stated.length === 0) return stated;
    /** @type {number[]} */ const found = [];
    for (let entry = entryStart[edge]; entry < entryStart[edge + 1]; entry += 1) {
      if (holds(entry)) found.push(entryInitiative[entry]);
    }
    return found;
  }

  /**
   * All nodes and edges, with the weights that were packed.
   *
   * @param {Uint8Array} stays
   * @param {Uint8Array} participations
   * @param {(entry: number) => boolean} holds
   */
  #whole(stays, participations, holds) {
    const { drawn, weight } = this.columns;
    this.closeness ??= this.countsShared ? this.#counted(stays, participations, holds).closeness : weight;
    const edges = new Uint8Array(this.edgeCount).fill(1);
    return { closeness: this.closeness, edges, nodes: drawn.slice(), weights: weight };
  }

  /** Whether links count what two actors, or two initiatives, share. */
  get countsShared() {
    return this.packed.meta.weight === "count" && ["actors", "initiatives"].includes(this.columns.mode);
  }

  /**
   * The nodes and edges that something still makes, and the weights, counted again.
   *
   * A link that no participation makes (membership) keeps its weight while both its
   * ends are present. Closeness is what the backbone goes by: the weights or, where
   * nearly all links would count one, those of Newman.
   *
   * @param {Uint8Array} stays
   * @param {Uint8Array} participations
   * @param {(entry: number) => boolean} holds
   */
  #counted(stays, participations, holds) {
    const { a, b, directed, entryStart, weight } = this.columns;
    const present = this.#present(participations);
    const share = this.#share(stays, participations);
    const close = this.countsShared ? this.#newman(stays) : null;
    const edges = new Uint8Array(this.edgeCount);
    const weights = new Float64Array(this.edgeCount);
    const closeness = close === null ? weights : new Float64Array(this.edgeCount);
    for (let edge = 0; edge < edges.length; edge += 1) {
      const first = entryStart[edge];
      const last = entryStart[edge + 1];
      if (first === last && present[a[edge]] && present[b[edge]]) {
        edges[edge] = 1;
        weights[edge] = weight[edge];
      }
      for (let entry = first; entry < last; entry += 1) {
        if (!holds(entry)) continue;
        edges[edge] = 1;
        weights[edge] += share(entry, edge);
        if (close !== null) closeness[edge] += close(entry);
      }
    }
    const nodes = directed ? this.#ends(edges, participations) : present;
    return { closeness, edges, nodes, weights };
  }

  /**
   * What an entry adds to the weight of its edge: see `shares` and `add_places` in
   * spnr_graph/projection. Where funds are shared out, their weight goes evenly to all
   * that makes the link.
   *
   * @param {Uint8Array} stays
   * @param {Uint8Array} participations
   * @returns {(entry: number, edge: number) => number}
   */
  #share(stays, participations) {
    const c = this.columns;
    const { weight } = this.packed.meta;
    const two = c.mode === "actors-initiatives";
    if (weight === "count" && !two) return () => 1;
    if (weight === "count") return (entry) => this.#roles(entry, participations);
    if (weight === "amount" && two) return (entry) => this.#euros(entry, participations);
    if (c.mode === "funding") {
      return (_, edge) => c.weight[edge] / (c.entryStart[edge + 1] - c.entryStart[edge]);
    }
    if (two) {
      const sizes = this.#sizes(stays);
      return (entry) => 1 / sizes[c.entryGroup[entry]];
    }
    const newman = this.#newman(stays);
    if (weight === "newman") return newman;
    return (entry) => c.euros[c.entryGroup[entry]] * newman(entry);
  }

  /** How many stays each group still has. @param {Uint8Array} stays */
  #sizes(stays) {
    const { groupCount, groupOfStay, stayCount } = this.columns;
    const sizes = new Int32Array(groupCount);
    for (let stay = 0; stay < stayCount; stay += 1) sizes[groupOfStay[stay]] += stays[stay];
    return sizes;
  }

  /** Newman's weight of an entry: a group of n shares it out, 1 / (n − 1). @param {Uint8Array} stays @returns {(entry: number) => number} */
  #newman(stays) {
    const sizes = this.#sizes(stays);
    const { entryGroup } = this.columns;
    return (entry) => 1 / Math.max(sizes[entryGroup[entry]] - 1, 1);
  }

  /** Participations of an entry's actor that pass. @param {number} entry @param {Uint8Array} participations */
  #passing(entry, participations) {
    const { entryLeft, participationsOfStay } = this.columns;
    return Array.from(participationsOfStay.of(entryLeft[entry])).filter((p) => participations[p]);
  }

  /** Euros that an actor brings or receives. @param {number} entry @param {Uint8Array} participations */
  #euros(entry, participations) {
    const { amount } = this.packed.participations;
    return this.#passing(entry, participations).reduce((sum, p) => sum + (amount[p] ?? 0), 0);
  }

  /**
   * How many roles an actor has in an initiative.
   *
   * @param {number} entry
   * @param {Uint8Array} participations
   */
  #roles(entry, participations) {
    const { role } = this.columns;
    return new Set(this.#passing(entry, participations).map((p) => role[p])).size;
  }

  /**
   * Links of each node and their weights, summed.
   *
   * @param {Uint8Array} edges
   * @param {Float64Array} weights
   */
  #degrees(edges, weights) {
    const { a, b } = this.columns;
    const degree = new Int32Array(this.nodeCount);
    const strength = new Float64Array(this.nodeCount);
    for (let edge = 0; edge < edges.length; edge += 1) {
      if (!edges[edge]) continue;
      degree[a[edge]] += 1;
      degree[b[edge]] += 1;
      strength[a[edge]] += weights[edge];
      strength[b[edge]] += weights[edge];
    }
    return { degree, strength };
  }

  /**
   * Leave only what is at most so many steps from the focus.
   *
   * @param {number} focus
   * @param {number} depth
   * @param {Uint8Array} nodes narrowed in place
   * @param {Uint8Array} edges narrowed in place
   */
  #around(focus, depth, nodes, edges) {
    const { a, b } = this.columns;
    const near = new Uint8Array(this.nodeCount);
    near[focus] = nodes[focus];
    let ring = nodes[focus] ? [focus] : [];
    for (let step = 0; step < depth; step += 1) {
      /** @type {number[]} */ const next = [];
      for (const node of ring) {
        for (const item of this.links.of(node)) {
          const edge = item % this.edgeCount;
          const other = this.otherEnd(edge, node);
          if (!edges[edge] || near[other]) continue;
          near[other] = 1;
          next.push(other);
        }
      }
      ring = next;
    }
    nodes.set(near);
    for (let edge = 0; edge < edges.length; edge += 1) {
      edges[edge] &= near[a[edge]] & near[b[edge]];
    }
  }

  /**
   * The backbone of what passes; around a focus, all its own links too.
   *
   * @param {Wanted} state
   * @param {Uint8Array} edges
   * @param {Float64Array} weights
   * @param {Float64Array} values
   */
  #backbone(state, edges, weights, values) {
    const seen = backbone(this.columns, edges, weights, values, this.packed.meta.alpha);
    if (state.focus === null || state.focus === undefined) return seen;
    for (const edge of this.edgesOf(state.focus)) seen[edge] = edges[edge];
    return seen;
  }
}
