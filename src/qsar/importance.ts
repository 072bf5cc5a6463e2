import type { Attribution } from '../attribution/attribution.js';
import { type BootstrapOptions, clusterBootstrap } from '../evaluation/bootstrap.js';

/** How much one group of descriptors moves the predictions on average. */
export interface GroupImportance {
  readonly group: string;
  /** Mean absolute Shapley value. */
  readonly mean: number;
  /** Bounds of its 95 % interval over resampled publications. */
  readonly low: number;
  readonly high: number;
}

/**
 * Mean absolute Shapley values, the largest first, with intervals by a bootstrap over publications.
 * @param publications - one per explained row.
 * @throws RangeError when their number is not that of the explained rows.
 */
export function importances(
  { values, groups }: Attribution,
  publications: readonly string[],
  options: BootstrapOptions = {},
): GroupImportance[] {
  if (publications.length !== values.rows)
    throw new RangeError(
      `publications must name ${values.rows} rows like the attribution, but name ${publications.length}`,
    );
  const intervals = clusterBootstrap(
    publications,
    (rows) =>
      Object.fromEntries(
        groups.map((group, j) => [
          group,
          rows.reduce((sum, i) => sum + Math.abs(values.data[i * values.cols + j]), 0) / rows.length,
        ]),
      ),
    options,
  );
  return groups
    .map((group) => ({
      group,
      mean: intervals[group].value,
      low: intervals[group].low,
      high: intervals[group].high,
    }))
    .sort((a, b) => b.mean - a.mean);
}
