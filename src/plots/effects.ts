import type { AccumulatedEffects } from '../attribution/accumulated-effects.js';
import { bandTraces, referenceLine } from './band.js';
import type { Figure, FigureOptions } from './figure.js';
import { columnLabel, isLogarithmic } from './labels.js';
import { logarithmicAxis } from './logarithmic.js';
import { SECONDARY_INK, themeAxis, themed } from './theme.js';

/**
 * Accumulated local effects of a column with their band; ticks at the bottom are the edges between which rows lie.
 * @param column - name of the column: dose, time and size stand on a logarithmic axis.
 * @param curves - one, or several by name such as models or targets.
 */
export function effectsFigure(
  column: string,
  curves: Readonly<Record<string, AccumulatedEffects>>,
  options: FigureOptions = {},
): Figure {
  const all = Object.entries(curves);
  const edges = [...new Set(all.flatMap(([, { edges }]) => [...edges]))];
  const logarithmic = isLogarithmic(column) && edges.every((x) => x > 0);
  const lines = all.flatMap(([name, { edges: x, effects: y, low, high }], k) =>
    bandTraces({ name, x, y, low, high }, k),
  );
  const lowest = Math.min(...all.flatMap(([, { low }]) => [...low]));
  return themed(
    [...lines, rug(edges, lowest)],
    {
      height: 380,
      xaxis: themeAxis(columnLabel(column), logarithmic ? logarithmicAxis(edges) : {}),
      yaxis: themeAxis('change of predicted probability'),
      shapes: [referenceLine({ y: 0 })] as Figure['layout']['shapes'],
      showlegend: all.length > 1,
    },
    options,
  );
}

function rug(edges: readonly number[], y: number): Figure['data'][number] {
  return {
    ...{ type: 'scatter', mode: 'markers', x: edges, y: edges.map(() => y) },
    ...{ showlegend: false, hoverinfo: 'skip' },
    marker: { symbol: 'line-ns-open', size: 8, color: SECONDARY_INK, line: { width: 1 } },
  } as Figure['data'][number];
}
