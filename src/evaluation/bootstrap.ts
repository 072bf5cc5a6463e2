import { type Random, random } from '../numeric/random.js';

/** An estimate with its percentile interval. */
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
  { replicates = 2000, level = 0.95, seed = 1 }: BootstrapOptions = {},
): Record<Name, Interval> {
  if (groups.length === 0) throw new RangeError('groups must hold at least one row, but are empty');
  const observed = statistics(Int32Array.from(groups, (_, i) => i));
  const names = Object.keys(observed) as Name[];
  const clusters = rowsByGroup(groups);
  const stream = random(seed).fork('cluster bootstrap');
  const draws = names.map(() => [] as number[]);
  for (let b = 0; b < replicates; b++) {
    const drawn = statistics(resample(clusters, stream));
    names.forEach((name, k) => {
      if (Number.isFinite(drawn[name])) draws[k].push(drawn[name]);
    });
  }
  const tail = (1 - level) / 2;
  const interval = (name: Name, k: number): Interval => {
    const sorted = Float64Array.from(draws[k]).sort();
    return { value: observed[name], low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) };
  };
  return Object.fromEntries(names.map((name, k) => [name, interval(name, k)])) as Record<Name, Interval>;
}

function rowsByGroup(groups: readonly string[]): number[][] {
  const rows = new Map<string, number[]>();
  groups.forEach((group, i) => {
    const known = rows.get(group);
    if (known) known.push(i);
    else rows.set(group, [i]);
  });
  return [...rows.values()];
}

function resample(clusters: number[][], stream: Random): Int32Array {
  const rows: number[] = [];
  for (let c = 0; c < clusters.length; c++) rows.push(...clusters[stream.integer(clusters.length)]);
  return Int32Array.from(rows);
}

/** Quantile of sorted values by linear interpolation, as NumPy's default has it; NaN for no values. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
