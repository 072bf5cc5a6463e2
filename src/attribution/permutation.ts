import type { Random } from '../numeric/random.js';
import { type CoalitionPlan, CoalitionSet } from './coalitions.js';

/**
 * Coalitions met when the groups join one by one in random orders, each order walked forwards and backwards
 * (antithetic: Mitchell, Cooper, Frank & Holmes 2022, jmlr.org/papers/v23/21-0439.html). The values always add up to
 * the prediction; the standard error is that of the mean over pairs of walks.
 * @param pairs - how many orders are drawn.
 */
export function permutationPlan(groups: number, pairs: number, random: Random): CoalitionPlan {
  const set = new CoalitionSet(groups);
  const empty = set.add(new Uint8Array(groups));
  const full = set.add(new Uint8Array(groups).fill(1));
  const orders = Array.from({ length: pairs }, () => random.permutation(groups));
  const walks = orders.map((order) => [walk(set, order), walk(set, order.toReversed())]);

  function estimate(v: Float64Array, values: Float64Array, errors: Float64Array): void {
    const pair = new Float64Array(groups);
    const squares = new Float64Array(groups);
    for (let p = 0; p < pairs; p++) {
      pair.fill(0);
      addSteps(v, orders[p], walks[p][0], pair, false);
      addSteps(v, orders[p], walks[p][1], pair, true);
      updateMean(pair, p + 1, values, squares);
    }
    for (let i = 0; i < groups; i++) errors[i] = Math.sqrt(squares[i] / (pairs * (pairs - 1)));
  }
  return { groups, members: set.members(), count: set.count, empty, full, estimate, sampled: pairs > 1 };
}

/** Indices of the coalitions met on the way from none to all. */
function walk(set: CoalitionSet, order: Int32Array): Int32Array {
  const members = new Uint8Array(set.groups);
  const steps = new Int32Array(order.length + 1);
  steps[0] = set.add(members);
  for (let k = 0; k < order.length; k++) {
    members[order[k]] = 1;
    steps[k + 1] = set.add(members);
  }
  return steps;
}

/** Adds half of what each group changes when it joins. */
function addSteps(
  v: Float64Array,
  order: Int32Array,
  steps: Int32Array,
  pair: Float64Array,
  back: boolean,
): void {
  const g = order.length;
  for (let k = 0; k < g; k++) pair[order[back ? g - 1 - k : k]] += 0.5 * (v[steps[k + 1]] - v[steps[k]]);
}

/** Welford's running mean and sum of squared deviations (1962, doi:10.1080/00401706.1962.10490022). */
function updateMean(x: Float64Array, n: number, mean: Float64Array, squares: Float64Array): void {
  for (let i = 0; i < x.length; i++) {
    const delta = x[i] - mean[i];
    mean[i] += delta / n;
    squares[i] += delta * (x[i] - mean[i]);
  }
}
