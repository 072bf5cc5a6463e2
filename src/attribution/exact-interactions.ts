import type { CoalitionPlan } from './coalitions.js';
import { bits, exactPlan } from './exact.js';

/** A plan whose estimates are g × g: interactions instead of values. */
export type InteractionPlan = CoalitionPlan;

/**
 * Interactions from every coalition of g groups.
 * @throws RangeError when there are more than 16 groups.
 */
export function exactInteractions(groups: number): InteractionPlan {
  const plan = exactPlan(groups);
  const weights = pairWeights(groups);
  return {
    ...plan,
    estimate(v, values) {
      const single = new Float64Array(groups);
      plan.estimate(v, single, single);
      interactionMatrix(v, groups, weights, single, values);
    },
  };
}

/** Half of each interaction beside the diagonal, what is left of the Shapley values on it. */
function interactionMatrix(
  v: Float64Array,
  g: number,
  weights: Float64Array,
  shapley: Float64Array,
  data: Float64Array,
): void {
  data.fill(0);
  for (let i = 0; i < g; i++) {
    data[i * g + i] += shapley[i];
    for (let j = 0; j < i; j++) {
      const half = interaction(v, 1 << i, 1 << j, weights) / 2;
      data[i * g + j] = data[j * g + i] = half;
      data[i * g + i] -= half;
      data[j * g + j] -= half;
    }
  }
}

/** `|S|! (g − |S| − 2)! / (g − 1)!` for each size of S, which holds neither of the pair. */
function pairWeights(g: number): Float64Array {
  const weights = new Float64Array(Math.max(0, g - 1));
  let binomial = 1;
  for (let s = 0; s < g - 1; s++) {
    weights[s] = 1 / ((g - 1) * binomial);
    binomial = (binomial * (g - 2 - s)) / (s + 1);
  }
  return weights;
}

/** Weighted sum of `v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S)`. */
function interaction(v: Float64Array, i: number, j: number, weights: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < v.length; c++)
    if ((c & (i | j)) === 0) sum += weights[bits(c)] * (v[c | i | j] - v[c | i] - v[c | j] + v[c]);
  return sum;
}
