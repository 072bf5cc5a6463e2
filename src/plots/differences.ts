import type { ModelComparison } from '../evaluation/paired.js';
import { referenceLine } from './band.js';
import type { Figure, FigureOptions } from './figure.js';
import { intervalFigure } from './intervals.js';
import { text } from './theme.js';

/**
 * Paired differences of several models from one: right of zero a model is better than the reference (for errors such as
 * the Brier score, left of it). P-values after Holm's correction stand with the names.
 * @param reference - name of the model that is subtracted.
 * @param options.score - name of the score; `ROC-AUC`.
 */
export function differencesFigure(
  comparisons: readonly ModelComparison[],
  reference: string,
  { score = 'ROC-AUC', ...options }: FigureOptions & { score?: string } = {},
): Figure {
  const rows = comparisons.map((row) => ({
    label: `${row.model} · ${written(row.adjustedPValue)}`,
    intervals: [row],
  }));
  const figure = intervalFigure([`minus ${reference}`], rows, {
    axis: `${text(score)} less that of “${text(reference)}”`,
    ...options,
  });
  const shapes = [referenceLine({ x: 0 })] as Figure['layout']['shapes'];
  return { ...figure, layout: { ...figure.layout, shapes, showlegend: false } };
}

const written = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`);
