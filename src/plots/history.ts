import type { Figure, FigureOptions } from './figure.js';
import { category, text, themeAxis, themed } from './theme.js';

/** One curve of a training: a loss or a score per epoch. */
export interface Curve {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** Loss per epoch, one line a curve, named at its right end. */
export function historyFigure(
  curves: readonly Curve[],
  { axis = 'loss (binary cross-entropy)', ...options }: FigureOptions & { axis?: string } = {},
): Figure {
  const dashes = ['solid', 'dash', 'dot', 'dashdot'];
  const traces = curves.map((curve, k) => {
    return {
      ...{ type: 'scatter', mode: 'lines', name: text(curve.name) },
      x: Array.from(curve.values, (_, i) => i + 1),
      y: Array.from(curve.values),
      line: { width: 2, color: category(k).color, dash: dashes[k % dashes.length] },
      hovertemplate: `epoch %{x}: %{y:.4f}<extra>${text(curve.name)}</extra>`,
    } as Figure['data'][number];
  });
  return themed(
    traces,
    { xaxis: themeAxis('epoch'), yaxis: themeAxis(axis, { rangemode: 'tozero' }), height: 360 },
    options,
  );
}
