import { checkColumns, checkFinite, checkRows } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import type { DenseNetwork } from '../numeric/network.js';
import type { Predict } from './attribution.js';
import { bits, exactPlan } from './exact.js';
import { columnGroups } from './groups.js';
import { gameValues, type ShapleyOptions } from './shapley.js';

export type InteractionOptions = Omit<ShapleyOptions, 'method' | 'samples' | 'seed'>;

/** How much of each prediction two groups bring only together. */
export interface Interactions {
  readonly base: number;
  /**
   * For each row a g × g symmetric matrix: half of an interaction on either side of the diagonal, what is left of a
   * group's Shapley value on it. A row of a matrix adds up to that group's Shapley value.
   */
  readonly values: readonly Matrix[];
  readonly groups: readonly string[];
  readonly predictions: Float64Array;
  readonly backgroundSize: number;
}

/**
 * Shapley interaction values (Lundberg et al. 2020, doi:10.1038/s42256-019-0138-9, after Fujimoto, Kojadinovic &
 * Marichal 2006), over all coalitions of up to 16 groups.
 * @param model - a function of rows, or a dense network.
 * @param rows - n × d. @param background - m × d.
 * @throws RangeError when there are more than 16 groups.
 */
export async function shapleyInteractions(
  model: Predict | DenseNetwork,
  rows: Matrix,
  background: Matrix,
  options: InteractionOptions = {},
): Promise<Interactions> {
  checkRows('rows', rows, 1);
  checkRows('background', background, 1);
  checkColumns('rows', rows, background.cols);
  checkFinite('rows', rows);
  checkFinite('background', background);
  const groups = columnGroups(rows.cols, options.groups);
  const plan = exactPlan(groups.names.length);
  const V = await gameValues(model, rows, background, plan, groups.ofColumn, options);
  const values = Array.from({ length: V.rows }, (_, i) => {
    const v = V.data.subarray(i * V.cols, (i + 1) * V.cols);
    const single = new Float64Array(plan.groups);
    plan.estimate(v, single, single);
    return interactionMatrix(v, plan.groups, single);
  });
  return {
    base: V.data[plan.empty],
    values,
    groups: groups.names,
    predictions: Float64Array.from({ length: V.rows }, (_, i) => V.data[i * V.cols + plan.full]),
    backgroundSize: background.rows,
  };
}

function interactionMatrix(v: Float64Array, g: number, shapley: Float64Array): Matrix {
  const data = new Float64Array(g * g);
  const weights = pairWeights(g);
  for (let i = 0; i < g; i++) {
    data[i * g + i] += shapley[i];
    for (let j = 0; j < i; j++) {
      const half = interaction(v, 1 << i, 1 << j, weights) / 2;
      data[i * g + j] = data[j * g + i] = half;
      data[i * g + i] -= half;
      data[j * g + j] -= half;
    }
  }
  return { rows: g, cols: g, data };
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
