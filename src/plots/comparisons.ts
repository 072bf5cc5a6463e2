import type { ScoreName } from '../evaluation/scores.js';
import type { ArmComparison } from '../qsar/run/run-result.js';
import type { Figure, FigureOptions } from './figure.js';
import { intervalFigure } from './intervals.js';
import { SCORE_LABELS, splitLabel } from './scores.js';
import { SECONDARY_INK } from './theme.js';

/**
 * What each arm adds to the reference, with paired intervals: left of zero transfer hurts.
 * @param comparisons - of one target.
 * @param options.score - which; `rocAuc`.
 */
export function comparisonFigure(
  comparisons: readonly ArmComparison[],
  { score = 'rocAuc', ...options }: FigureOptions & { score?: ScoreName } = {},
): Figure {
  const splits = [...new Set(comparisons.map(({ split }) => split))];
  const arms = [...new Set(comparisons.map(({ arm }) => arm))];
  const rows = arms.map((arm) => ({
    label: arm,
    intervals: splits.map(
      (split) => comparisons.find((one) => one.arm === arm && one.split === split)?.differences[score],
    ),
  }));
  const reference = comparisons[0]?.reference ?? 'reference';
  const figure = intervalFigure(splits.map(splitLabel), rows, {
    axis: `${SCORE_LABELS[score]} minus that of ${reference}, 95 % interval over publications`,
    ...options,
  });
  const zero = { type: 'line', x0: 0, x1: 0, yref: 'paper', y0: 0, y1: 1 } as const;
  const shapes = [{ ...zero, line: { color: SECONDARY_INK, width: 1, dash: 'dot' as const } }];
  return { ...figure, layout: { ...figure.layout, shapes } };
}
