// @ts-check
// Which links are drawn first: those that chance does not explain, and a skeleton.

/** @typedef {import("./columns.js").Columns} Columns */

/**
 * How surprising a link is for one of its ends: the probability that a node of that
 * degree and strength, sharing its strength out at random, gives it so much
 * (disparity filter, Serrano, Boguñá and Vespignani 2009).
 *
 * @param {number} weight
 * @param {number} degree
 * @param {number} strength
 */
function chance(weight, degree, strength) {
  return degree > 1 ? (1 - weight / strength) ** (degree - 1) : 1;
}

/**
 * The p-value of each link, for the end where it is the smaller.
 *
 * @param {Columns} columns
 * @param {Uint8Array} edges links that pass
 * @param {Float64Array} weights
 * @param {Int32Array} degree
 * @param {Float64Array} strength
 */
export function significance(columns, edges, weights, degree, strength) {
  const { a, b } = columns;
  return weights.map((weight, edge) =>
    edges[edge]
      ? Math.min(
          chance(weight, degree[a[edge]], strength[a[edge]]),
          chance(weight, degree[b[edge]], strength[b[edge]]),
        )
      : 1,
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
