import type { Shape } from 'plotly.js';
import type { Figure, FigureOptions } from './figure.js';
import { logarithmicAxis } from './logarithmic.js';
import { category, SECONDARY_INK, text, themeAxis, themed } from './theme.js';

/** Numbers of one table, such as its doses; those that are not known are left out. */
export interface NamedValues {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

export interface CumulativeOptions extends FigureOptions {
  /** Quantity and unit below the axis. */
  axis?: string;
  /** Whether the axis is logarithmic; then values of zero and below are left out. */
  logarithmic?: boolean;
  /** A vertical line, such as the threshold of a label. */
  mark?: number;
}

/** Points of a curve: beyond this many values every k-th is drawn. */
const MOST_POINTS = 1000;

/** The share of values up to each value, one curve a table: distributions side by side without bins. */
export function cumulativeFigure(
  sets: readonly NamedValues[],
  { axis = '', logarithmic = false, mark, ...options }: CumulativeOptions = {},
): Figure {
  const curves = sets.map(({ name, values }) => ({
    name,
    values: Float64Array.from(values)
      .filter((value) => Number.isFinite(value) && !(logarithmic && value <= 0))
      .sort(),
  }));
  const all = curves.flatMap(({ values }) =>
    values.length > 0 ? [values[0], values[values.length - 1]] : [],
  );
  const range = logarithmic && all.length > 0 ? logarithmicAxis(all) : {};
  return themed(
    curves.map(({ name, values }, k) => curveOf(name, values, k)),
    {
      xaxis: themeAxis(axis, range),
      yaxis: themeAxis('share of rows up to it', { range: [0, 1.02], tickformat: '.0%' }),
      shapes: mark === undefined ? [] : [markAt(mark)],
      legend: { orientation: 'h', x: 0, y: -0.24, yanchor: 'top' },
    },
    options,
  );
}

function curveOf(name: string, values: Float64Array, k: number): Figure['data'][number] {
  const n = values.length;
  const step = Math.max(1, Math.ceil(n / MOST_POINTS));
  const at = Array.from({ length: Math.ceil(n / step) }, (_, i) => Math.min(n - 1, (i + 1) * step - 1));
  return {
    ...{ type: 'scatter', mode: 'lines', name: `${text(name)} (${n})` },
    x: at.map((i) => values[i]),
    y: at.map((i) => (i + 1) / n),
    line: { shape: 'hv', color: category(k).color, width: 2, dash: DASHES[k % DASHES.length] },
  } as Figure['data'][number];
}

const DASHES = ['solid', 'dash', 'dot', 'dashdot', 'longdash'] as const;

const markAt = (x: number): Partial<Shape> => ({
  ...{ type: 'line' as const, x0: x, x1: x, y0: 0, y1: 1, yref: 'paper' as const },
  line: { color: SECONDARY_INK, width: 1, dash: 'dot' },
});
