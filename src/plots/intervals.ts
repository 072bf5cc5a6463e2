import type { Interval } from '../evaluation/bootstrap.js';
import type { Figure, FigureOptions } from './figure.js';
import { category, INK, text, themeAxis, themed } from './theme.js';

/** One line of the figure: what was scored, an interval for each series, and a published value to compare with. */
export interface IntervalRow {
  readonly label: string;
  /** Intervals in the order of `series`; undefined leaves a gap. */
  readonly intervals: readonly (Interval | undefined)[];
  readonly published?: number;
}

/**
 * Dots with whiskers: one line a row, the series beside one another on it, so that a random and a grouped split are
 * seen together; an open diamond marks a published value.
 * @param series - names of the series, such as `random split` and `by publication`.
 * @param options.axis - quantity on the horizontal axis; `score`.
 * @param options.range - horizontal range; from the data.
 */
export function intervalFigure(
  series: readonly string[],
  rows: readonly IntervalRow[],
  { axis = 'score', range, ...options }: FigureOptions & { axis?: string; range?: [number, number] } = {},
): Figure {
  const gap = Math.min(0.24, 0.85 / series.length);
  const place = (row: number, k: number) => rows.length - 1 - row + ((series.length - 1) / 2 - k) * gap;
  const line = Math.max(44, 17 * series.length);
  const traces = series.map((name, k) => seriesTrace(name, k, rows, (row) => place(row, k)));
  const published = rows.flatMap((row, i) =>
    row.published === undefined ? [] : [[row.published, rows.length - 1 - i]],
  );
  if (published.length > 0)
    traces.push({
      ...{ type: 'scatter', mode: 'markers', name: 'published' },
      ...{ x: published.map(([x]) => x), y: published.map(([, y]) => y) },
      marker: { symbol: 'diamond-open', size: 11, color: INK, line: { width: 1.5 } },
      hovertemplate: 'published %{x:.2f}<extra></extra>',
    } as Figure['data'][number]);
  return themed(
    traces,
    {
      height: 120 + line * rows.length,
      xaxis: themeAxis(axis, range ? { range } : {}),
      yaxis: themeAxis('', {
        ...{
          tickvals: rows.map((_, i) => rows.length - 1 - i),
          ticktext: rows.map((row) => text(row.label)),
        },
        ...{ range: [-0.6, rows.length - 0.4], ticks: '', showgrid: false },
      }),
      legend: { orientation: 'h', x: 0, y: -90 / (60 + line * rows.length), yanchor: 'top' },
    },
    options,
  );
}

function seriesTrace(
  name: string,
  k: number,
  rows: readonly IntervalRow[],
  place: (row: number) => number,
): Figure['data'][number] {
  const known = rows.flatMap((row, i) => {
    const interval = row.intervals[k];
    return interval && Number.isFinite(interval.value) ? [{ i, ...interval, label: row.label }] : [];
  });
  const { color, symbol } = category(k);
  return {
    ...{ type: 'scatter', mode: 'markers', name: text(name) },
    x: known.map((point) => point.value),
    y: known.map((point) => place(point.i)),
    error_x: {
      ...{ type: 'data', symmetric: false, color, thickness: 1.5, width: 3 },
      array: known.map((point) => point.high - point.value),
      arrayminus: known.map((point) => point.value - point.low),
    },
    marker: { color, symbol, size: 9 },
    text: known.map(
      (p) => `${text(p.label)}: ${p.value.toFixed(3)} [${p.low.toFixed(3)}, ${p.high.toFixed(3)}]`,
    ),
    hovertemplate: `%{text}<extra>${text(name)}</extra>`,
  } as Figure['data'][number];
}
