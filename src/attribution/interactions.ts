import { checkChoice, checkColumns, checkFinite, checkRows, checkWhole } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import type { DenseNetwork } from '../numeric/network.js';
import { random } from '../numeric/random.js';
import type { Predict } from './attribution.js';
import { estimateAll } from './coalitions.js';
import { MOST_EXACT_GROUPS } from './exact.js';
import { exactInteractions, type InteractionPlan } from './exact-interactions.js';
import { columnGroups } from './groups.js';
import { sampledInteractions } from './sampled-interactions.js';
import { gameValues, type ShapleyOptions } from './shapley.js';

export interface InteractionOptions extends Omit<ShapleyOptions, 'method'> {
  /** Default 'auto': exact up to 16 groups, else sampled. */
  readonly method?: 'auto' | 'exact' | 'sampled';
  /** Sampled: rounds, of about 2 g² coalitions each, in which every pair is met twice. Default 10. */
  readonly samples?: number;
}

/** How much of each prediction two groups bring only together. */
export interface Interactions {
  readonly base: number;
  /**
   * For each row a g × g symmetric matrix: half of an interaction on either side of the diagonal, what is left of a
   * group's Shapley value on it. A row of a matrix adds up to that group's Shapley value.
   */
  readonly values: readonly Matrix[];
  /** For each row the g × g standard errors of `values`; absent where nothing was sampled. */
  readonly standardErrors?: readonly Matrix[];
  readonly groups: readonly string[];
  readonly predictions: Float64Array;
  readonly backgroundSize: number;
}

/**
 * Shapley interaction values (Lundberg et al. 2020, doi:10.1038/s42256-019-0138-9, after Fujimoto, Kojadinovic &
 * Marichal 2006), over all coalitions of up to 16 groups or from sampled orders of any number.
 * @param model - a function of rows, or a dense network.
 * @param rows - n × d. @param background - m × d.
 * @throws RangeError when the shapes disagree, a value is not finite, or there are too many groups for 'exact'.
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
  const plan = planFor(groups.names.length, options);
  const V = await gameValues(model, rows, background, plan, groups.ofColumn, options);
  const { values, standardErrors } = estimateAll(plan, V, plan.groups * plan.groups);
  return {
    base: V.data[plan.empty],
    values: matrices(values, plan.groups),
    ...(standardErrors && { standardErrors: matrices(standardErrors, plan.groups) }),
    groups: groups.names,
    predictions: Float64Array.from({ length: V.rows }, (_, i) => V.data[i * V.cols + plan.full]),
    backgroundSize: background.rows,
  };
}

function planFor(
  groups: number,
  { method = 'auto', samples = 10, seed = 0 }: InteractionOptions,
): InteractionPlan {
  checkWhole('samples', samples, 1);
  checkChoice('method', method, ['auto', 'exact', 'sampled']);
  if (method === 'exact' || (method === 'auto' && groups <= MOST_EXACT_GROUPS))
    return exactInteractions(groups);
  return sampledInteractions(groups, samples, random(seed).fork('interactions'));
}

/** Each row of g² numbers as a matrix. */
const matrices = ({ rows, cols, data }: Matrix, g: number): Matrix[] =>
  Array.from({ length: rows }, (_, i) => ({ rows: g, cols: g, data: data.slice(i * cols, (i + 1) * cols) }));
