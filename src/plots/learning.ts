import type { LearningPoint } from '../evaluation/learning-curve.js';
import { bandTraces } from './band.js';
import type { Figure, FigureOptions } from './figure.js';
import { themeAxis, themed } from './theme.js';

/** Score over the number of training publications, one line a model, with the interval over folds and repeats. */
export function learningFigure(
  curves: Readonly<Record<string, readonly LearningPoint[]>>,
  { axis = 'ROC-AUC', ...options }: FigureOptions & { axis?: string } = {},
): Figure {
  const traces = Object.entries(curves).flatMap(([name, points], k) =>
    bandTraces(
      {
        name,
        x: points.map((point) => point.publications),
        y: points.map((point) => point.value),
        low: points.map((point) => bounded(point.low, point.value)),
        high: points.map((point) => bounded(point.high, point.value)),
      },
      k,
      { markers: true, hover: '%{x} publications: %{y:.3f}' },
    ),
  );
  return themed(
    traces,
    {
      height: 400,
      xaxis: themeAxis('publications to train on', { rangemode: 'tozero' }),
      yaxis: themeAxis(axis),
      showlegend: Object.keys(curves).length > 1,
    },
    options,
  );
}

/** A single training has no interval. */
const bounded = (bound: number, value: number): number => (Number.isFinite(bound) ? bound : value);
