import type { CoalitionPlan } from './coalitions.js';

/** More groups than this have more coalitions than anyone should wait for. */
export const MOST_EXACT_GROUPS = 16;

/**
 * Every coalition of g groups; coalition c holds group i where bit i of c is set. Shapley (1953):
 * `φᵢ = Σ_S |S|! (g − |S| − 1)! / g! · (v(S ∪ i) − v(S))` over the coalitions S without i.
 * @throws RangeError when there are more than 16 groups.
 */
export function exactPlan(groups: number): CoalitionPlan {
  if (groups > MOST_EXACT_GROUPS)
    throw new RangeError(
      `method "exact" takes at most ${MOST_EXACT_GROUPS} groups, but there are ${groups}; put columns into groups or use "permutation"`,
    );
  const count = 2 ** groups;
  const members = new Uint8Array(count * groups);
  for (let c = 0; c < count; c++) for (let i = 0; i < groups; i++) members[c * groups + i] = (c >> i) & 1;
  const weights = shapleyWeights(groups);
  const sizes = Uint8Array.from({ length: count }, (_, c) => bits(c));

  function estimate(v: Float64Array, values: Float64Array): void {
    for (let i = 0; i < groups; i++) {
      const bit = 1 << i;
      let sum = 0;
      for (let c = 0; c < count; c++) if ((c & bit) === 0) sum += weights[sizes[c]] * (v[c | bit] - v[c]);
      values[i] = sum;
    }
  }
  return { groups, members, count, empty: 0, full: count - 1, estimate, sampled: false };
}

/** Weight of a coalition of each size 0 … g − 1: the share of the g! orders in which it comes just before i. */
export function shapleyWeights(groups: number): Float64Array {
  const weights = new Float64Array(groups);
  let binomial = 1;
  for (let s = 0; s < groups; s++) {
    weights[s] = 1 / (groups * binomial);
    binomial = (binomial * (groups - 1 - s)) / (s + 1);
  }
  return weights;
}

/** How many bits of a whole number are set. */
export function bits(c: number): number {
  let n = 0;
  for (; c > 0; c &= c - 1) n++;
  return n;
}
