import { checkColumns, checkFinite, checkRows, checkWhole } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import type { DenseNetwork } from '../numeric/network.js';
import { type Random, random } from '../numeric/random.js';
import type { Attribution } from './attribution.js';
import { checkedPredictions } from './coalition-values.js';
import { columnGroups, type Groups } from './groups.js';
import { type Differentiable, networkGradient } from './network-gradient.js';

interface GradientOptions {
  /** A name per column; columns of one name are added up. Default: each column by itself. */
  readonly groups?: readonly string[];
  /** Which output of a network with several is explained. */
  readonly output?: number;
  readonly signal?: AbortSignal;
  /** Called with the rows explained so far, and all. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ExpectedGradientsOptions extends GradientOptions {
  /** Points drawn for each row. Default 200. */
  readonly samples?: number;
  /** Default 0. */
  readonly seed?: number;
}

export interface IntegratedGradientsOptions extends GradientOptions {
  /** Points on the way from each background row. Default 64. */
  readonly steps?: number;
}

/** Points between a row and the background: which background row, and how far from it, 0 … 1. */
interface Path {
  readonly from: Int32Array;
  readonly along: Float64Array;
}

/**
 * Expected gradients (Erion et al. 2021, doi:10.1038/s42256-021-00343-w): the mean of `(x − b) ∂f/∂x` at random points
 * between the row x and random background rows b. Shares add up to prediction − base within their standard errors.
 * @param model - a dense network, or a model that tells its gradient.
 * @param rows - n × d. @param background - m × d.
 */
export function expectedGradients(
  model: Differentiable | DenseNetwork,
  rows: Matrix,
  background: Matrix,
  options: ExpectedGradientsOptions = {},
): Promise<Attribution> {
  const { samples = 200, seed = 0 } = options;
  checkWhole('samples', samples, 2);
  const stream = random(seed).fork('expected gradients');
  const path = (row: number): Path => randomPath(stream.fork(row), samples, background.rows);
  return alongPaths('expected-gradients', model, rows, background, path, { ...options, seed });
}

/**
 * Integrated gradients (Sundararajan, Taly & Yan 2017, doi:10.48550/arXiv.1703.01365), averaged over the background
 * rows as starting points: the midpoint rule on each straight way.
 * @param model - a dense network, or a model that tells its gradient.
 * @param rows - n × d. @param background - m × d; one row is the usual baseline.
 */
export function integratedGradients(
  model: Differentiable | DenseNetwork,
  rows: Matrix,
  background: Matrix,
  options: IntegratedGradientsOptions = {},
): Promise<Attribution> {
  const { steps = 64 } = options;
  checkWhole('steps', steps, 1);
  const path = evenPath(steps, background.rows);
  return alongPaths('integrated-gradients', model, rows, background, () => path, { ...options, seed: 0 });
}

function randomPath(r: Random, samples: number, backgrounds: number): Path {
  const from = new Int32Array(samples);
  const along = new Float64Array(samples);
  for (let s = 0; s < samples; s++) {
    from[s] = r.integer(backgrounds);
    along[s] = r.uniform();
  }
  return { from, along };
}

function evenPath(steps: number, backgrounds: number): Path {
  const points = Int32Array.from({ length: steps * backgrounds }, (_, k) => k);
  return {
    from: points.map((k) => Math.floor(k / steps)),
    along: Float64Array.from(points, (k) => ((k % steps) + 0.5) / steps),
  };
}

async function alongPaths(
  method: 'expected-gradients' | 'integrated-gradients',
  model: Differentiable | DenseNetwork,
  rows: Matrix,
  background: Matrix,
  path: (row: number) => Path,
  { groups: labels, output, signal, onProgress, seed }: GradientOptions & { seed: number },
): Promise<Attribution> {
  checkRows('rows', rows, 1);
  checkRows('background', background, 1);
  checkColumns('rows', rows, background.cols);
  checkFinite('rows', rows);
  checkFinite('background', background);
  const groups = columnGroups(rows.cols, labels);
  const differentiable = 'gradient' in model ? model : networkGradient(model, output);
  const n = rows.rows;
  const g = groups.names.length;
  const values = { rows: n, cols: g, data: new Float64Array(n * g) };
  const errors = { rows: n, cols: g, data: new Float64Array(n * g) };
  for (let i = 0; i < n; i++) {
    signal?.throwIfAborted();
    const x = rows.data.subarray(i * rows.cols, (i + 1) * rows.cols);
    const [mean, error] = [values, errors].map((M) => M.data.subarray(i * g, (i + 1) * g));
    await explainRow(differentiable, x, background, path(i), groups, mean, error);
    onProgress?.(i + 1, n);
    if (i % 64 === 63) await new Promise((resolve) => setImmediate(resolve)); // so that an abort is heard
  }
  const atBackground = await checkedPredictions((X) => differentiable.predict(X), background);
  return {
    base: meanOf(atBackground),
    values,
    groups: groups.names,
    predictions: Float64Array.from(await checkedPredictions((X) => differentiable.predict(X), rows)),
    ...(method === 'expected-gradients' ? { standardErrors: errors } : {}),
    method,
    backgroundSize: background.rows,
    seed,
  };
}

/** Mean and standard error, over the points of a path, of each group's sum of `(x − b) ∂f/∂x`. */
async function explainRow(
  model: Differentiable,
  x: Float64Array,
  background: Matrix,
  { from, along }: Path,
  { ofColumn }: Groups,
  mean: Float64Array,
  error: Float64Array,
): Promise<void> {
  const points = between(x, background, from, along);
  const gradient = await model.gradient(points);
  const share = new Float64Array(mean.length);
  for (let s = 0; s < from.length; s++) {
    addShares(share.fill(0), x, background, from[s], gradient, s, ofColumn);
    const weight = 1 / (s + 1);
    for (let k = 0; k < share.length; k++) {
      const delta = share[k] - mean[k];
      mean[k] += delta * weight;
      error[k] += delta * (share[k] - mean[k]);
    }
  }
  for (let k = 0; k < error.length; k++)
    error[k] = Math.sqrt(error[k] / (from.length * Math.max(1, from.length - 1)));
}

/** The points of a path. */
function between(x: Float64Array, background: Matrix, from: Int32Array, along: Float64Array): Matrix {
  const d = x.length;
  const data = new Float64Array(from.length * d);
  for (let s = 0; s < from.length; s++) {
    const t = along[s];
    for (let j = 0, o = s * d, b = from[s] * d; j < d; j++, o++, b++) {
      const start = background.data[b];
      data[o] = start + t * (x[j] - start);
    }
  }
  return { rows: from.length, cols: d, data };
}

/** Adds `(x − b) ∂f/∂x` of point s to its groups. */
function addShares(
  share: Float64Array,
  x: Float64Array,
  background: Matrix,
  b: number,
  gradient: Matrix,
  s: number,
  ofColumn: Int32Array,
): void {
  const d = x.length;
  for (let j = 0, o = s * d, start = b * d; j < d; j++, o++, start++)
    share[ofColumn[j]] += (x[j] - background.data[start]) * gradient.data[o];
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
