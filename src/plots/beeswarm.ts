import type { Matrix } from '../numeric/matrix.js';
import { random } from '../numeric/random.js';
import type { Figure, FigureOptions } from './figure.js';
import { columnLabel } from './labels.js';
import { DIVERGING, INK, REST, text, themeAxis, themed } from './theme.js';

/** Shapley values to be drawn, one column a group of descriptors. */
export interface BeeswarmData {
  /** n × g signed Shapley values. */
  readonly values: Matrix;
  readonly groups: readonly string[];
  /** For each group, the n values of its descriptor by which points are coloured; undefined for words: grey. */
  readonly colours?: readonly (ArrayLike<number> | undefined)[];
  /** For each group, the n values as text, shown under the pointer. */
  readonly labels?: readonly (readonly string[])[];
}

/**
 * Every Shapley value as a point: one line a group, the most important on top, red where the descriptor is high, blue
 * where it is low, grey where it is a word.
 * @param options.axis - unit of the values; `Shapley value (probability)`.
 */
export function beeswarmFigure(
  { values, groups, colours = [], labels = [] }: BeeswarmData,
  { axis = 'Shapley value (probability)', ...options }: FigureOptions & { axis?: string } = {},
): Figure {
  const size = groups.map((_, j) => meanAbsolute(values, j));
  const order = groups.map((_, j) => j).sort((a, b) => size[a] - size[b]);
  const traces = order.flatMap((j, line) => groupTraces(values, j, line, groups[j], colours[j], labels[j]));
  return themed(
    [...traces, colourBar()],
    {
      height: 130 + 46 * groups.length,
      xaxis: themeAxis(axis, { zeroline: true, zerolinecolor: INK, zerolinewidth: 1 }),
      yaxis: themeAxis('', {
        ...{ tickvals: order.map((_, line) => line), ticktext: order.map((j) => columnLabel(groups[j])) },
        ...{ range: [-0.6, groups.length - 0.4], ticks: '', showgrid: false },
      }),
    },
    options,
  );
}

/** One trace for the rows whose descriptor is a known number, one in grey for words and missing values. */
function groupTraces(
  values: Matrix,
  j: number,
  line: number,
  group: string,
  colour: ArrayLike<number> | undefined,
  labels: readonly string[] | undefined,
): Figure['data'] {
  const x = Array.from({ length: values.rows }, (_, i) => values.data[i * values.cols + j]);
  const y = spread(x, line);
  const hover = x.map(
    (value, i) => `${columnLabel(group)}${labels ? ` ${text(labels[i])}` : ''}: ${value.toFixed(3)}`,
  );
  const rank = colour ? ranks(colour) : [];
  const isKnown = (i: number) => Number.isFinite(rank[i]);
  const trace = (rows: number[], marker: object) => ({
    ...{ type: 'scatter', mode: 'markers', showlegend: false },
    ...{ x: rows.map((i) => x[i]), y: rows.map((i) => y[i]), text: rows.map((i) => hover[i]) },
    hovertemplate: '%{text}<extra></extra>',
    marker: { size: 5, line: { width: 0.4, color: INK }, ...marker },
  });
  const rows = x.map((_, i) => i);
  const known = rows.filter(isKnown);
  const scale = { color: known.map((i) => rank[i]), colorscale: DIVERGING, cmin: 0, cmax: 1 };
  return [
    trace(
      rows.filter((i) => !isKnown(i)),
      { color: REST },
    ),
    trace(known, scale),
  ].filter((t) => t.x.length > 0) as Figure['data'];
}

function meanAbsolute(values: Matrix, j: number): number {
  let sum = 0;
  for (let i = 0; i < values.rows; i++) sum += Math.abs(values.data[i * values.cols + j]);
  return sum / Math.max(values.rows, 1);
}

/** Heights within a line: points that crowd at one value are spread wider, by a fixed seed. */
function spread(x: readonly number[], line: number): number[] {
  const low = Math.min(...x);
  const width = Math.max(Math.max(...x) - low, 1e-12) / 60;
  const bin = x.map((value) => Math.floor((value - low) / width));
  const crowd = new Map<number, number>();
  for (const b of bin) crowd.set(b, (crowd.get(b) ?? 0) + 1);
  const most = Math.max(...crowd.values());
  const stream = random(`beeswarm ${line}`);
  return bin.map((b) => line + (stream.uniform() - 0.5) * 0.76 * Math.sqrt((crowd.get(b) ?? 1) / most));
}

/** Position of each value among the others, 0 to 1; NaN where the value is missing. */
function ranks(values: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(values)
    .filter((value) => Number.isFinite(value))
    .sort();
  const below = new Map<number, number>();
  sorted.forEach((value, k) => {
    if (!below.has(value)) below.set(value, k);
  });
  return Array.from(values, (value) =>
    below.has(value) ? below.get(value)! / Math.max(sorted.length - 1, 1) : Number.NaN,
  );
}

/** An empty trace that carries the colour bar. */
function colourBar(): Figure['data'][number] {
  return {
    ...{ type: 'scatter', mode: 'markers', x: [null], y: [null], showlegend: false, hoverinfo: 'skip' },
    marker: {
      ...{ color: [0], colorscale: DIVERGING, cmin: 0, cmax: 1, showscale: true },
      colorbar: {
        tickvals: [0, 1],
        ticktext: ['low', 'high'],
        thickness: 10,
        len: 0.8,
        outlinewidth: 0,
        title: { text: 'descriptor', side: 'right' },
      },
    },
  } as unknown as Figure['data'][number];
}
