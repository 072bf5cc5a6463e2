import { checkFinite } from '../numeric/check.js';
import { chiSquaredTail } from '../numeric/distributions.js';
import { type Matrix, matrix, row } from '../numeric/matrix.js';
import { midranks } from '../numeric/ranks.js';
import { type BootstrapOptions, bootstrapCounts, type Interval } from './bootstrap.js';

/** How far several rankings of the same things agree. */
export interface RankAgreement {
  /** Kendall's coefficient of concordance, corrected for ties: 0 for none, 1 for the same order throughout. */
  readonly kendallW: Interval;
  /** Friedman's test that the things do not differ in rank. */
  readonly chiSquared: number;
  readonly pValue: number;
  /** Mean of Spearman's correlation over pairs of rankings. */
  readonly spearman: Interval;
  /** For each thing, in its order, the rank (1 for the largest value) with its interval over rankings. */
  readonly ranks: readonly Interval[];
}

/**
 * Agreement of m rankings of k things: importances of the same descriptors from several seeds and folds. Intervals
 * resample rankings; a ranking drawn twice is not compared with itself, and W's bounds are those of Spearman's mean
 * by `W = ((m − 1) ρ + 1) / m`.
 *
 * Kendall & Babington Smith (1939), doi:10.1214/aoms/1177732186
 * @param values - m × k; larger is more.
 * @throws RangeError when there are fewer than two rankings or two things.
 */
export function rankAgreement(values: Matrix, options: BootstrapOptions = {}): RankAgreement {
  const { rows: m, cols: k } = values;
  if (m < 2 || k < 2)
    throw new RangeError(`values must rank at least 2 things at least twice, but are ${m} × ${k}`);
  checkFinite('values', values);
  const ranks = matrix(Array.from({ length: m }, (_, i) => midranks(row(values, i).map((v) => -v))));
  const correlations = pairCorrelations(ranks);
  const w = kendallW(ranks);
  const intervals = bootstrapCounts(
    { ofRow: new Int32Array(0), count: m },
    (draws) =>
      ({ spearman: meanOverPairs(correlations, draws), ...meanRanks(ranks, draws) }) as Record<
        string,
        number
      >,
    options,
  );
  const { spearman } = intervals;
  const toW = (rho: number) => ((m - 1) * rho + 1) / m;
  const chiSquared = m * (k - 1) * w;
  return {
    kendallW: { value: w, low: Math.min(w, toW(spearman.low)), high: Math.max(w, toW(spearman.high)) },
    ...{ chiSquared, pValue: chiSquaredTail(chiSquared, k - 1), spearman },
    ranks: Array.from({ length: k }, (_, j) => intervals[`rank ${j}`]),
  };
}

/**
 * Spearman's rank correlation; NaN where one side is constant.
 * @throws RangeError when the two differ in length.
 */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length)
    throw new RangeError(`both sides must be equally many, but are ${a.length} and ${b.length}`);
  return correlation(midranks(a), midranks(b));
}

function kendallW(ranks: Matrix): number {
  const { rows: m, cols: k, data } = ranks;
  let [spread, ties] = [0, 0];
  for (let j = 0; j < k; j++) {
    let sum = -(m * (k + 1)) / 2;
    for (let i = 0; i < m; i++) sum += data[i * k + j];
    spread += sum * sum;
  }
  for (let i = 0; i < m; i++) ties += tieTerm(row(ranks, i));
  return (12 * spread) / (m * m * (k * k * k - k) - m * ties);
}

/** `Σ t³ − t` over the sizes of tied sets. */
function tieTerm(ranks: Float64Array): number {
  const sizes = new Map<number, number>();
  for (const rank of ranks) sizes.set(rank, (sizes.get(rank) ?? 0) + 1);
  return [...sizes.values()].reduce((sum, t) => sum + t * t * t - t, 0);
}

const pairCorrelations = (ranks: Matrix): Matrix =>
  matrix(
    Array.from({ length: ranks.rows }, (_, i) =>
      Array.from({ length: ranks.rows }, (_, j) => correlation(row(ranks, i), row(ranks, j))),
    ),
  );

function meanOverPairs(correlations: Matrix, draws: Int32Array): number {
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < draws.length; i++)
    for (let j = 0; j < i; j++) {
      const weight = draws[i] * draws[j];
      if (weight > 0) sum += weight * correlations.data[i * draws.length + j];
      pairs += weight;
    }
  return sum / pairs;
}

function meanRanks({ rows, cols, data }: Matrix, draws: Int32Array): Record<string, number> {
  const mean = (j: number) => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += draws[i] * data[i * cols + j];
    return sum / rows;
  };
  return Object.fromEntries(Array.from({ length: cols }, (_, j) => [`rank ${j}`, mean(j)]));
}

/** Pearson's. */
function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (x: Float64Array) => x.reduce((sum, v) => sum + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
  }
  return ab / Math.sqrt(aa * bb);
}
