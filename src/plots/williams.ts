import { referenceLine } from './band.js';
import type { Figure, FigureOptions } from './figure.js';
import { category, text, themeAxis, themed } from './theme.js';

/** Rows of one kind on a Williams plot, such as training and test. */
export interface WilliamsSet {
  readonly name: string;
  readonly leverages: ArrayLike<number>;
  /** Standardised residuals, as `pearsonResiduals` gives them. */
  readonly residuals: ArrayLike<number>;
}

/**
 * Williams plot: leverage against standardised residual. To the right of h* a row lies outside what the model was
 * trained on; above 3 and below −3 it was predicted badly.
 * @param options.limit - the warning leverage h*; 1 where leverages are given as multiples of it.
 * @param options.axis - what stands on the horizontal axis; `leverage`.
 */
export function williamsFigure(
  sets: readonly WilliamsSet[],
  { limit, axis = 'leverage', ...options }: FigureOptions & { limit: number; axis?: string },
): Figure {
  const traces = sets.map(({ name, leverages, residuals }, k) => {
    const { color, symbol } = category(k);
    return {
      ...{ type: 'scatter', mode: 'markers', name: text(name) },
      ...{ x: Array.from(leverages), y: Array.from(residuals) },
      marker: { color, symbol, size: 6, opacity: 0.7, line: { color: '#FFFFFF', width: 0.5 } },
      hovertemplate: `leverage %{x:.3f}, residual %{y:.2f}<extra>${text(name)}</extra>`,
    } as Figure['data'][number];
  });
  return themed(
    traces,
    {
      height: 440,
      xaxis: themeAxis(axis, { rangemode: 'tozero' }),
      yaxis: themeAxis('Pearson residual (standard deviations)'),
      shapes: [referenceLine({ x: limit }), referenceLine({ y: 3 }), referenceLine({ y: -3 })],
      annotations: [
        {
          ...{ x: limit, y: 1, yref: 'paper', yanchor: 'bottom', showarrow: false },
          text: limit === 1 ? 'h*' : `h* = ${limit.toPrecision(2)}`,
        },
      ],
    },
    options,
  );
}
