import type { BootstrapOptions } from './bootstrap.js';
import { type ScoreIntervals, scoreIntervals } from './intervals.js';
import { checkGroups } from './labels.js';
import type { ScoreOptions } from './scores.js';

/** Scores of some of the rows. */
export interface PartScores {
  readonly part: string;
  readonly rows: number;
  readonly positive: number;
  readonly scores: ScoreIntervals;
}

/**
 * Scores of each part of the rows by itself, such as those inside and outside the applicability domain, in the order
 * in which parts first appear. A score that needs both classes is NaN in a part with one.
 * @param parts - n names, such as the verdicts of `applicabilityDomain`.
 * @throws RangeError as `scoreIntervals` does.
 */
export function scoresBy(
  parts: readonly string[],
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  groups: readonly string[],
  options: BootstrapOptions & ScoreOptions = {},
): PartScores[] {
  if (parts.length !== labels.length)
    throw new RangeError(`parts must name ${labels.length} rows like labels, but name ${parts.length}`);
  checkGroups(groups, labels.length);
  return [...new Set(parts)].map((part) => {
    const rows = parts.flatMap((name, i) => (name === part ? [i] : []));
    const own = rows.map((i) => labels[i]);
    return {
      ...{ part, rows: rows.length, positive: own.reduce((sum, y) => sum + y, 0) },
      scores: scoreIntervals(
        own,
        rows.map((i) => probabilities[i]),
        rows.map((i) => groups[i]),
        options,
      ),
    };
  });
}
