import { checkShare } from '../numeric/check.js';
import { type Clusters, clustersOf, resampleClusters } from '../numeric/resample.js';
import { quantile } from '../numeric/statistics.js';

/** An estimate with its interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Resamples; 2,000. */
  replicates?: number;
  /** Coverage of the interval; 0.95. */
  level?: number;
  /** Seed of the resampling; 1. */
  seed?: number;
}

/**
 * Percentile intervals of statistics whose rows come in clusters: whole publications are drawn with replacement, since
 * rows of one publication are not independent. Resamples in which a statistic is undefined (one class only) are left
 * out of its interval.
 *
 * Field & Welsh (2007), doi:10.1111/j.1467-9868.2007.00593.x
 * @param groups - n cluster names; all different for an ordinary bootstrap of rows.
 * @param statistics - from row indices (with repetition) to k named values.
 * @returns for each statistic its value on the data as they are, and the interval.
 * @throws RangeError when there are no rows.
 */
export function clusterBootstrap<Name extends string>(
  groups: readonly string[],
  statistics: (rows: Int32Array) => Readonly<Record<Name, number>>,
  options: BootstrapOptions = {},
): Record<Name, Interval> {
  const clusters = clustersOf(groups);
  const rows = rowsByCluster(clusters);
  return bootstrapCounts(clusters, (draws) => statistics(drawnRows(rows, draws)), options);
}

/**
 * The same for statistics that are computed from how often each cluster was drawn, which spares copying rows.
 * @param statistics - from one count per cluster to k named values; the array of counts is reused.
 */
export function bootstrapCounts<Name extends string>(
  { count }: Clusters,
  statistics: (draws: Int32Array) => Readonly<Record<Name, number>>,
  { level = 0.95, ...options }: BootstrapOptions = {},
): Record<Name, Interval> {
  const { observed, drawn } = drawStatistics(count, statistics, options);
  const names = Object.keys(observed) as Name[];
  return Object.fromEntries(
    names.map((name) => [name, percentileInterval(observed[name], drawn[name], level)]),
  ) as Record<Name, Interval>;
}

/** Values of statistics on the data as they are, and over resamples. */
export interface Draws<Name extends string> {
  readonly observed: Readonly<Record<Name, number>>;
  readonly drawn: Readonly<Record<Name, readonly number[]>>;
}

/** The resampled values themselves, for what needs more than an interval. */
export function drawStatistics<Name extends string>(
  count: number,
  statistics: (draws: Int32Array) => Readonly<Record<Name, number>>,
  options: BootstrapOptions = {},
): Draws<Name> {
  const observed = statistics(new Int32Array(count).fill(1));
  const names = Object.keys(observed) as Name[];
  const drawn = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  resampleClusters(count, options, (draws) => {
    const values = statistics(draws);
    for (const name of names) drawn[name].push(values[name]);
  });
  return { observed, drawn };
}

/** An estimate with the percentiles of its resampled values; values that are undefined do not count. */
export function percentileInterval(value: number, drawn: readonly number[], level = 0.95): Interval {
  checkShare('level', level);
  const sorted = Float64Array.from(drawn.filter(Number.isFinite)).sort();
  const tail = (1 - level) / 2;
  return { value, low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
}

function rowsByCluster({ ofRow, count }: Clusters): number[][] {
  const rows = Array.from({ length: count }, () => [] as number[]);
  ofRow.forEach((cluster, i) => {
    rows[cluster].push(i);
  });
  return rows;
}

function drawnRows(rows: readonly number[][], draws: Int32Array): Int32Array {
  const drawn: number[] = [];
  draws.forEach((times, cluster) => {
    for (let t = 0; t < times; t++) for (const i of rows[cluster]) drawn.push(i);
  });
  return Int32Array.from(drawn);
}
