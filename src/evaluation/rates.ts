import { type Clusters, clustersOf } from '../numeric/resample.js';
import { type BootstrapOptions, bootstrapCounts, type Interval } from './bootstrap.js';

/** A mean over some of the rows: of `values` where `among` is not zero. */
export interface Rate {
  readonly values: ArrayLike<number>;
  /** Weights of the rows; all count once. */
  readonly among?: ArrayLike<number>;
}

/**
 * Means and shares with intervals by a bootstrap over publications.
 * @param groups - n publications.
 * @param rates - n values each.
 * @throws RangeError when there is no row or a rate has another number of values.
 */
export function rateIntervals<Name extends string>(
  groups: readonly string[],
  rates: Readonly<Record<Name, Rate>>,
  options: BootstrapOptions = {},
): Record<Name, Interval> {
  const clusters = clustersOf(groups);
  const names = Object.keys(rates) as Name[];
  const sums = names.map((name) => weightedMean(name, rates[name], clusters));
  const statistics = (draws: Int32Array) =>
    Object.fromEntries(names.map((name, k) => [name, sums[k](draws)])) as Record<Name, number>;
  return bootstrapCounts(clusters, statistics, options);
}

/**
 * The mean as a function of how often each cluster is drawn.
 * @param name - what an error calls the rate.
 */
export function weightedMean(
  name: string,
  { values, among }: Rate,
  { ofRow, count }: Clusters,
): (draws: Int32Array) => number {
  if (values.length !== ofRow.length)
    throw new RangeError(`${name} must have ${ofRow.length} values like groups, but has ${values.length}`);
  const total = new Float64Array(count);
  const weight = new Float64Array(count);
  for (let i = 0; i < ofRow.length; i++) {
    const w = among ? among[i] : 1;
    if (w === 0) continue;
    total[ofRow[i]] += w * values[i];
    weight[ofRow[i]] += w;
  }
  return (draws) => {
    let [sum, weights] = [0, 0];
    for (let c = 0; c < count; c++) {
      sum += draws[c] * total[c];
      weights += draws[c] * weight[c];
    }
    return sum / weights;
  };
}
