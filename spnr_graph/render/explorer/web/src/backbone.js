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
 * The backbone: links whose p-value is below alpha, and the strongest links that keep
 * together what is linked (a maximum spanning forest), so that nobody who has a partner
 * looks alone. Ties go to the smaller p-value, then to the order of the edges.
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
  /** @type {number[]} */ const order = [];
  for (let edge = 0; edge < edges.length; edge += 1) if (edges[edge]) order.push(edge);
  const ranked = Int32Array.from(order).sort(
    (x, y) => weights[y] - weights[x] || values[x] - values[y] || x - y,
  );
  const parent = Int32Array.from({ length: nodeCount }, (_, node) => node);
  const root = (/** @type {number} */ node) => {
    while (parent[node] !== node) {
      parent[node] = parent[parent[node]];
      node = parent[node];
    }
    return node;
  };
  for (const edge of ranked) {
    const [left, right] = [root(a[edge]), root(b[edge])];
    if (left !== right) parent[left] = right;
    if (left !== right || values[edge] < alpha) kept[edge] = 1;
  }
  return kept;
}
