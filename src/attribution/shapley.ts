import { checkChoice, checkColumns, checkFinite, checkRows, checkWhole } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import type { DenseNetwork } from '../numeric/network.js';
import { random } from '../numeric/random.js';
import type { Attribution, Predict } from './attribution.js';
import { coalitionValues } from './coalition-values.js';
import { type CoalitionPlan, estimateAll } from './coalitions.js';
import { conditionalWeights } from './conditional.js';
import { exactPlan } from './exact.js';
import { gaussianCompletion } from './gaussian.js';
import { columnGroups } from './groups.js';
import { kernelPlan } from './kernel.js';
import { networkCoalitionValues } from './network-values.js';
import { permutationPlan } from './permutation.js';

export type ShapleyMethod = 'exact' | 'permutation' | 'kernel';

export interface ShapleyOptions {
  /** A name per column; columns of one name are explained together. Default: each column by itself. */
  readonly groups?: readonly string[];
  /** Default 'auto': exact up to 12 groups, else by permutations. */
  readonly method?: 'auto' | ShapleyMethod;
  /**
   * Permutation: pairs of walks, each of 2 g coalitions (default 10). Kernel: coalitions (default 2 g + 2048).
   * More samples, smaller standard errors.
   */
  readonly samples?: number;
  /**
   * What unknown columns are drawn from. 'marginal' (default) mixes every background row in as it is; 'conditional'
   * weighs the rows by how near they are to the explained row in the known columns; 'gaussian' moves them by what a
   * regression on the known columns predicts, which is right for columns that are jointly normal.
   */
  readonly expectation?: 'marginal' | 'conditional' | 'gaussian';
  /** Bandwidth of the conditional expectation. Default 0.1. */
  readonly bandwidth?: number;
  /** Which output of a network with several is explained. */
  readonly output?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Threads for a network; a function runs where it was made. Default: one per core, none for small work. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Called with the coalitions evaluated so far, and all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Shapley values: what each group of columns adds to each prediction, averaged over the orders in which the groups
 * could become known (Shapley 1953; Štrumbelj & Kononenko 2014, doi:10.1007/s10115-013-0679-x).
 *
 * @param model - a function of rows, or a dense network, which is explained by a faster kernel.
 * @param rows - n × d rows to explain.
 * @param background - m × d rows that stand for not knowing.
 * @returns shares that add up to prediction − base for every row.
 * @throws RangeError when the shapes disagree, a value is not finite, or there are too many groups for 'exact'.
 */
export async function shapley(
  model: Predict | DenseNetwork,
  rows: Matrix,
  background: Matrix,
  options: ShapleyOptions = {},
): Promise<Attribution> {
  const { seed = 0 } = options;
  checkRows('rows', rows, 1);
  checkRows('background', background, 1);
  checkColumns('rows', rows, background.cols);
  checkFinite('rows', rows);
  checkFinite('background', background);
  const groups = columnGroups(rows.cols, options.groups);
  const plan = planFor(groups.names.length, options);
  const V = await gameValues(model, rows, background, plan, groups.ofColumn, options);
  return {
    base: V.data[plan.empty],
    ...estimateAll(plan, V),
    groups: groups.names,
    predictions: Float64Array.from({ length: V.rows }, (_, i) => V.data[i * V.cols + plan.full]),
    method: methodFor(groups.names.length, options),
    backgroundSize: background.rows,
    seed,
  };
}

/** v(S) of every coalition: by the kernel for a network, else by calling the function. */
export function gameValues(
  model: Predict | DenseNetwork,
  rows: Matrix,
  background: Matrix,
  { members, groups }: Pick<CoalitionPlan, 'members' | 'groups'>,
  ofColumn: Int32Array,
  {
    expectation = 'marginal',
    bandwidth = 0.1,
    output,
    workers,
    signal,
    onProgress,
  }: Omit<ShapleyOptions, 'method'>,
): Promise<Matrix> {
  const sigma = expectation === 'conditional' ? bandwidth : undefined;
  checkChoice('expectation', expectation, ['marginal', 'conditional', 'gaussian']);
  if (!(bandwidth > 0)) throw new RangeError(`bandwidth must be above 0, but is ${bandwidth}`);
  const gaussian = expectation === 'gaussian';
  const callbacks = { signal, onProgress };
  if (typeof model !== 'function')
    return networkCoalitionValues(model, rows, background, members, ofColumn, groups, {
      output,
      bandwidth: sigma,
      gaussian,
      workers,
      ...callbacks,
    });
  const weights =
    sigma === undefined ? undefined : conditionalWeights(rows, background, members, ofColumn, groups, sigma);
  const complete = gaussian ? gaussianCompletion(rows, background, ofColumn) : undefined;
  const unknown = { weights, complete };
  return coalitionValues(model, rows, background, members, ofColumn, groups, { ...unknown, ...callbacks });
}

/** The coalitions to evaluate and how to read Shapley values off them. */
export function planFor(groups: number, options: ShapleyOptions): CoalitionPlan {
  const { samples, seed = 0 } = options;
  if (samples !== undefined) checkWhole('samples', samples, 1);
  const method = methodFor(groups, options);
  if (method === 'exact') return exactPlan(groups);
  if (method === 'permutation')
    return permutationPlan(groups, samples ?? 10, random(seed).fork('permutations'));
  return kernelPlan(groups, samples ?? 2 * groups + 2048, random(seed).fork('coalitions'));
}

function methodFor(groups: number, { method = 'auto' }: ShapleyOptions): ShapleyMethod {
  checkChoice('method', method, ['auto', 'exact', 'permutation', 'kernel']);
  if (method !== 'auto') return method;
  return groups <= 12 ? 'exact' : 'permutation';
}
