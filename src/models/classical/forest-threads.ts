import type { Matrix } from '../../numeric/matrix.js';
import { mapOnWorkers, type PoolOptions, shared } from '../../numeric/workers.js';
import {
  type ForestModel,
  type ForestOptions,
  type ForestPlan,
  forestOf,
  growTrees,
  planForest,
} from './forest.js';
import type { Tree } from './tree.js';

/** Trees grown in one go by a thread. */
const BATCH = 8;

interface Batch {
  readonly plan: ForestPlan;
  readonly from: number;
  readonly to: number;
}

/**
 * `fitForest` on worker threads: the same bits, whatever their number.
 * @throws what `fitForest` throws; the signal's reason when aborted.
 */
export async function fitForestOnThreads(
  X: Matrix,
  y: ArrayLike<number>,
  { workers, signal, onProgress, ...options }: ForestOptions & Omit<PoolOptions, 'onReport'>,
): Promise<ForestModel> {
  const plan = sharePlan(planForest(X, y, options));
  const batches = Array.from({ length: Math.ceil(plan.trees / BATCH) }, (_, b): Batch => {
    return { plan, from: b * BATCH, to: Math.min(plan.trees, (b + 1) * BATCH) };
  });
  const pool = { workers, signal, onProgress };
  const grown = await mapOnWorkers<Batch, Tree[]>(import.meta.url, 'growBatch', batches, pool);
  return forestOf(plan, grown.flat());
}

/** One thread's share. */
export const growBatch = ({ plan, from, to }: Batch): Tree[] => growTrees(plan, from, to);

function sharePlan(plan: ForestPlan): ForestPlan {
  const bins = { ...plan.bins, codes: shared(plan.bins.codes) };
  return { ...plan, bins, labels: shared(plan.labels), weights: shared(plan.weights) };
}
