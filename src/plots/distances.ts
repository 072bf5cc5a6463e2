import type { Figure, FigureOptions } from './figure.js';
import { category, INK, text, themeAxis, themed } from './theme.js';

/** Distances of one set of rows, such as `source` or `T1`. */
export interface DistanceSet {
  readonly name: string;
  readonly distances: ArrayLike<number>;
}

/**
 * Cumulative shares of Mahalanobis distances, one line a set, and the distance below which 95 % of the reference lie
 * as a dashed line: what lies to its right is outside the reference's domain.
 * @param limit - the reference's empirical quantile; left out, no line is drawn.
 */
export function distanceFigure(
  sets: readonly DistanceSet[],
  { limit, ...options }: FigureOptions & { limit?: number } = {},
): Figure {
  const dashes = ['solid', 'dash', 'dot', 'dashdot'];
  const traces = sets.map((set, k) => {
    const sorted = Float64Array.from(set.distances).sort();
    return {
      ...{ type: 'scatter', mode: 'lines', name: text(set.name) },
      x: Array.from(sorted),
      y: Array.from(sorted, (_, i) => (i + 1) / sorted.length),
      line: { shape: 'hv', width: 2, color: category(k).color, dash: dashes[k % dashes.length] },
      hovertemplate: `%{y:.0%} within %{x:.2f}<extra>${text(set.name)}</extra>`,
    } as Figure['data'][number];
  });
  return themed(
    traces,
    {
      xaxis: themeAxis('Mahalanobis distance to the reference (standard deviations)', { type: 'log' }),
      yaxis: themeAxis('share of rows', { range: [0, 1.02], tickformat: '.0%' }),
      ...(limit === undefined ? {} : limitLine(limit)),
    },
    options,
  );
}

function limitLine(limit: number) {
  return {
    shapes: [
      {
        type: 'line' as const,
        x0: limit,
        x1: limit,
        yref: 'paper' as const,
        y0: 0,
        y1: 1,
        line: { color: INK, dash: 'dash' as const, width: 1 },
      },
    ],
    annotations: [
      {
        x: Math.log10(limit),
        y: 0.04,
        yref: 'paper' as const,
        text: `95 % of the reference: ${limit.toFixed(1)}`,
        showarrow: false,
        xanchor: 'left' as const,
        xshift: 4,
      },
    ],
  };
}
