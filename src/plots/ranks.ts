import type { Stability } from '../qsar/stability.js';
import type { Figure, FigureOptions } from './figure.js';
import { intervalFigure } from './intervals.js';
import { columnLabel } from './labels.js';

/** Mean rank of each column over trainings, the most important on top; whiskers resample trainings. */
export function rankFigure(
  { groups, agreement }: Pick<Stability, 'groups' | 'agreement'>,
  options: FigureOptions = {},
): Figure {
  const rows = groups
    .map((group, j) => ({ label: columnLabel(group), intervals: [agreement.ranks[j]] }))
    .sort((a, b) => a.intervals[0].value - b.intervals[0].value);
  const figure = intervalFigure(['rank'], rows, {
    axis: 'mean rank (1: most important)',
    range: [0.7, groups.length + 0.3],
    ...options,
  });
  return { ...figure, layout: { ...figure.layout, showlegend: false } };
}
