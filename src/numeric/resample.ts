import { checkWhole } from './check.js';
import { random } from './random.js';

/** Rows that belong together, such as those of one publication. */
export interface Clusters {
  /** n cluster numbers, in the order in which clusters first appear. */
  readonly ofRow: Int32Array;
  readonly count: number;
}

/** Numbers the clusters of rows. */
export function clustersOf(names: readonly string[]): Clusters {
  const codes = new Map<string, number>();
  const ofRow = Int32Array.from(names, (name) => {
    const known = codes.get(name) ?? codes.size;
    codes.set(name, known);
    return known;
  });
  return { ofRow, count: codes.size };
}

export interface ResampleOptions {
  /** Resamples; 2,000. */
  replicates?: number;
  /** Seed of the resampling; 1. */
  seed?: number;
}

/**
 * Draws clusters with replacement, as many as there are, once a replicate.
 * @param visit - is given how often each cluster was drawn; the array is reused.
 * @throws RangeError when there is no cluster or `replicates` is not a positive whole number.
 */
export function resampleClusters(
  count: number,
  { replicates = 2000, seed = 1 }: ResampleOptions,
  visit: (draws: Int32Array) => void,
): void {
  if (count === 0) throw new RangeError('groups must hold at least one row, but are empty');
  checkWhole('replicates', replicates, 1);
  const stream = random(seed).fork('cluster bootstrap');
  const draws = new Int32Array(count);
  for (let b = 0; b < replicates; b++) {
    draws.fill(0);
    for (let c = 0; c < count; c++) draws[stream.integer(count)]++;
    visit(draws);
  }
}
