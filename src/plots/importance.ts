import type { Figure, FigureOptions } from './figure.js';
import { columnLabel } from './labels.js';
import { CATEGORY_COLOURS, themeAxis, themed } from './theme.js';

/** How much one group of descriptors moves the prediction. */
export interface Importance {
  readonly group: string;
  /** Mean absolute Shapley value over the explained rows. */
  readonly mean: number;
  /** Bounds of the mean, where they are known. */
  readonly low?: number;
  readonly high?: number;
}

/**
 * Mean absolute Shapley values, the largest on top, with whiskers where an interval is known.
 * @param options.axis - what the values are shares of; `mean |Shapley value| of the predicted probability`.
 */
export function importanceFigure(
  importances: readonly Importance[],
  { axis = 'mean |Shapley value| (probability)', ...options }: FigureOptions & { axis?: string } = {},
): Figure {
  const sorted = [...importances].sort((a, b) => a.mean - b.mean);
  return themed(
    [
      {
        ...{ type: 'bar', orientation: 'h', showlegend: false },
        x: sorted.map((row) => row.mean),
        y: sorted.map((row) => columnLabel(row.group)),
        marker: { color: CATEGORY_COLOURS[0] },
        error_x: {
          ...{ type: 'data', symmetric: false, thickness: 1.25, width: 3 },
          array: sorted.map((row) => (row.high ?? row.mean) - row.mean),
          arrayminus: sorted.map((row) => row.mean - (row.low ?? row.mean)),
        },
        hovertemplate: '%{y}: %{x:.4f}<extra></extra>',
      } as Figure['data'][number],
    ],
    {
      height: 110 + 30 * sorted.length,
      xaxis: themeAxis(axis, { rangemode: 'tozero' }),
      yaxis: themeAxis('', { showgrid: false, ticks: '' }),
    },
    options,
  );
}
