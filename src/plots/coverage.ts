import type { Coverage } from '../evaluation/coverage.js';
import { referenceLine } from './band.js';
import type { Figure, FigureOptions } from './figure.js';
import { intervalFigure } from './intervals.js';

/** Coverage of one kind of prediction sets. */
export interface CoverageRow {
  readonly label: string;
  readonly coverage: Coverage;
}

export interface CoverageOptions extends FigureOptions {
  /** Share of sets that may miss, drawn as the dashed promise; 0.1. */
  alpha?: number;
  /** Names of the classes; `not toxic` and `toxic`. */
  classes?: readonly string[];
}

/** How many prediction sets hold the truth, over all rows and by class, beside the promise; with the mean number of classes in a set. */
export function coverageFigure(
  rows: readonly CoverageRow[],
  { alpha = 0.1, classes = ['not toxic', 'toxic'], ...options }: CoverageOptions = {},
): Figure {
  const figure = intervalFigure(
    ['all rows', ...classes],
    rows.map(({ label, coverage: { overall, byClass, size } }) => ({
      label: `${label} · size ${size.value.toFixed(2)}`,
      intervals: [overall, ...byClass],
    })),
    { axis: 'sets that hold the truth', ...options },
  );
  const shapes = [referenceLine({ x: 1 - alpha })] as Figure['layout']['shapes'];
  return { ...figure, layout: { ...figure.layout, shapes } };
}
