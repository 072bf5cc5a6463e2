import type { DegradationIndex } from '../spectra/degradation-index.js';
import type { Figure, FigureOptions } from './figure.js';
import { CATEGORY_COLOURS, SECONDARY_INK, text, themeAxis, themed } from './theme.js';

/** One spectrum's index, with the name that stands beside it. */
export interface NamedIndex {
  readonly name: string;
  readonly index: DegradationIndex;
}

/**
 * Degradation indices as dots with their intervals, largest on top; a tick marks each detection limit, and hollow dots lie
 * below it. The caption says which bands, baseline and method they have.
 */
export function indexFigure(rows: readonly NamedIndex[], options: FigureOptions = {}): Figure {
  if (rows.length === 0) throw new RangeError('rows must hold at least one index to be drawn');
  const sorted = [...rows].sort((a, b) => a.index.value - b.index.value);
  const names = sorted.map(({ name }) => text(name));
  const { definition } = sorted[0].index;
  const dots = {
    ...{ type: 'scatter', mode: 'markers', x: sorted.map(({ index }) => round(index.value)), y: names },
    error_x: {
      ...{ type: 'data', array: sorted.map(({ index }) => round(index.interval[1] - index.value)) },
      ...{ color: CATEGORY_COLOURS[0], thickness: 1.5, width: 4 },
    },
    marker: {
      ...{ size: 8, color: sorted.map(({ index }) => (index.detected ? CATEGORY_COLOURS[0] : '#FFFFFF')) },
      line: { color: CATEGORY_COLOURS[0], width: 1.5 },
    },
    hovertemplate: '%{y}: %{x:.4f}<extra></extra>',
  };
  const limits = {
    ...{
      type: 'scatter',
      mode: 'markers',
      x: sorted.map(({ index }) => round(index.detectionLimit)),
      y: names,
    },
    marker: { symbol: 'line-ns', size: 12, line: { color: SECONDARY_INK, width: 1.5 } },
    hovertemplate: 'detection limit %{x:.4f}<extra></extra>',
  };
  const [top, bottom] = [definition.numerator, definition.denominator].map((band) => band.join('–'));
  const caption =
    options.caption ??
    `${definition.method} ${top} / ${bottom} cm⁻¹, baseline ${definition.baseline}; tick: detection limit; whiskers: noise only`;
  return themed(
    [limits, dots] as Figure['data'],
    {
      ...{ height: 120 + 26 * rows.length, showlegend: false },
      xaxis: themeAxis(`${definition.name}, ${definition.measures} index`, {
        zeroline: true,
        zerolinecolor: '#E3E6EA',
      }),
      yaxis: themeAxis('', { showgrid: false, type: 'category' }),
    },
    { ...options, caption },
  );
}

const round = (value: number): number => Number(value.toPrecision(6));
