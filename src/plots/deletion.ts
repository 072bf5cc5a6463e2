import { bandTraces } from './band.js';
import type { Figure, FigureOptions } from './figure.js';
import { themeAxis, themed } from './theme.js';

/** A mean deletion curve with its interval at every share. */
export interface DeletionLine {
  readonly name: string;
  readonly shares: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

const MOST_BANDS = 3; // more of them hide one another

/**
 * How the prediction falls while regions are taken away in the order that each method gives: lower is better. Up to three
 * lines have their intervals as bands.
 */
export function deletionFigure(
  lines: readonly DeletionLine[],
  { regions = 'regions', ...options }: FigureOptions & { regions?: string } = {},
): Figure {
  const traces = lines.flatMap(({ name, shares, mean, ...interval }, k) => {
    const { low, high } = lines.length > MOST_BANDS ? { low: mean, high: mean } : interval;
    return bandTraces({ name, x: shares, y: mean, low, high }, k, {
      markers: true,
      hover: '%{x:.0%} away: %{y:.3f}',
    });
  });
  return themed(
    traces,
    {
      height: 440,
      xaxis: themeAxis(`share of ${regions} taken away`, { range: [-0.02, 1.02], tickformat: '.0%' }),
      yaxis: themeAxis('probability of the type', { rangemode: 'tozero' }),
    },
    options,
  );
}
