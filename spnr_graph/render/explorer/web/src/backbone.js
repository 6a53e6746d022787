// @ts-check
// Which links are drawn first: those that chance does not explain, and a skeleton.

/** @typedef {import("./columns.js").Columns} Columns */

/**
 * The p-value of each link: the probability that a node of that degree and strength,
 * sharing its strength out at random, gives it so much (disparity filter, Serrano,
 * Boguñá and Vespignani 2009), for the end where it is the smaller. A directed link is
 * compared with what leaves its first end and with what reaches the second.
 *
 * As `p_values` in spnr_graph/projection/backbone.py.
 *
 * @param {Columns} columns
 * @param {Float64Array} weights 0 for links that do not pass
 */
export function significance(columns, weights) {
  const { a, b, directed, nodeCount } = columns;
  const first = { degree: new Int32Array(nodeCount), strength: new Float64Array(nodeCount) };
  const second = directed
    ? { degree: new Int32Array(nodeCount), strength: new Float64Array(nodeCount) }
    : first;
  for (let edge = 0; edge < weights.length; edge += 1) {
    if (weights[edge] === 0) continue;
    first.degree[a[edge]] += 1;
    first.strength[a[edge]] += weights[edge];
    second.degree[b[edge]] += 1;
    second.strength[b[edge]] += weights[edge];
  }
  const chance = (
    /** @type {typeof first} */ { degree, strength },
    /** @type {number} */ node,
    /** @type {number} */ weight,
  ) => Math.max(1 - weight / strength[node], 0) ** (degree[node] - 1);
  return weights.map((weight, edge) =>
    weight === 0 ? 1 : Math.min(chance(first, a[edge], weight), chance(second, b[edge], weight)),
  );
}

/**
 * Edges from the strongest to the weakest; ties go to the smaller p-value, then to the
 * order of the edges.
 *
 * Each becomes one number below 2^53, whose digits are weight, p-value and index: numbers
 * sort ten times faster than by a function that compares.
 *
 * @param {Uint8Array} edges
 * @param {Float64Array} weights
 * @param {Float64Array} values p-values
 */
function strongest(edges, weights, values) {
  const most = weights.reduce((one, other) => Math.max(one, other), 0) || 1;
  const indices = 2 ** Math.max(1, Math.ceil(Math.log2(edges.length + 1)));
  const steps = 2 ** 11;
  const heights = 2 ** 53 / (indices * steps) - 1;
  const keys = new Float64Array(edges.length);
  let count = 0;
  for (let edge = 0; edge < edges.length; edge += 1) {
    if (!edges[edge]) continue;
    const height = Math.round((1 - weights[edge] / most) * heights);
    const step = Math.round(values[edge] * (steps - 1));
    keys[count] = (height * steps + step) * indices + edge;
    count += 1;
  }
  return keys.subarray(0, count).sort().map((key) => key % indices);
}

/**
 * The backbone: links whose p-value is below alpha, and the strongest links that keep
 * together what is linked (a maximum spanning forest), so that nobody who has a partner
 * looks alone.
 *
 * @param {Columns} columns
 * @param {Uint8Array} edges links that pass
 * @param {Float64Array} weights
 * @param {Float64Array} values p-values
 * @param {number} alpha
 * @returns {Uint8Array}
 */
export function backbone(columns, edges, weights, values, alpha) {
  const { a, b, nodeCount } = columns;
  const kept = new Uint8Array(edges.length);
  const parent = Int32Array.from({ length: nodeCount }, (_, node) => node);
  const root = (/** @type {number} */ node) => {
    while (parent[node] !== node) {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
    return node;
  };
  for (const edge of strongest(edges, weights, values)) {
    const left = root(a[edge]);
    const right = root(b[edge]);
    if (left !== right) parent[left] = right;
    if (left !== right || values[edge] < alpha) kept[edge] = 1;
  }
  return kept;
}
