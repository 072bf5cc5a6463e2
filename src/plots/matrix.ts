import type { Matrix } from '../numeric/matrix.js';
import type { Figure, FigureOptions } from './figure.js';
import { DIVERGING, INK, SEQUENTIAL, text, themeAxis, themed } from './theme.js';

export interface MatrixFigureOptions extends FigureOptions {
  rows: readonly string[];
  columns: readonly string[];
  /** Titles of the axes, rows first. */
  axes?: readonly [string, string];
  /** What the colour bar measures. */
  measure?: string;
  /** Ends of the colour scale; from the data. */
  range?: readonly [number, number];
  /** Blue – white – red around the middle of the range instead of dark to light. */
  diverging?: boolean;
  /** Digits of the numbers in the cells; 2. */
  digits?: number;
  /** Cells with a frame, [row, column]: what was expected beforehand. */
  framed?: readonly (readonly [number, number])[];
}

/** Numbers of two sets of names, such as bands against marks, each written in its cell; NaN stays empty. */
export function matrixFigure(values: Matrix, options: MatrixFigureOptions): Figure {
  const {
    rows,
    columns,
    axes = ['', ''],
    measure = '',
    digits = 2,
    framed = [],
    diverging = false,
  } = options;
  if (values.rows !== rows.length || values.cols !== columns.length)
    throw new RangeError(
      `values must be ${rows.length} × ${columns.length} like the names, but are ${values.rows} × ${values.cols}`,
    );
  const [low, high] = options.range ?? rangeOf(values);
  const cell = (i: number, j: number) => values.data[i * values.cols + j];
  const z = rows.map((_, i) =>
    columns.map((_, j) => (Number.isFinite(cell(i, j)) ? round(cell(i, j)) : null)),
  );
  const scale = diverging ? DIVERGING : SEQUENTIAL;
  const heat = {
    ...{ type: 'heatmap', z, zmin: low, zmax: high, colorscale: scale, xgap: 2, ygap: 2 },
    ...{ x: columns.map((_, j) => j), y: rows.map((_, i) => i) },
    hoverinfo: 'skip',
    colorbar: { thickness: 10, outlinewidth: 0, title: { text: measure, side: 'right', font: { size: 12 } } },
  } as unknown as Figure['data'][number];
  const numbers = z.flatMap((line, i) =>
    line.flatMap((value, j) =>
      value === null
        ? []
        : [
            {
              ...{ x: j, y: i, showarrow: false, text: value.toFixed(digits).replace('-', '−') },
              font: { size: 12, color: inkOn((value - low) / (high - low || 1), diverging) },
            },
          ],
    ),
  );
  const axis = { showgrid: false, ticks: '', linewidth: 0, tickmode: 'array' };
  const upright = columns.join('').length > 18; // else names of one column of a journal lie on one another
  return themed(
    [heat],
    {
      height: (upright ? 210 : 170) + 34 * rows.length,
      xaxis: themeAxis(axes[1], {
        ...axis,
        tickvals: columns.map((_, j) => j),
        ticktext: columns.map(text),
        tickangle: upright ? -90 : 0,
      }),
      yaxis: themeAxis(axes[0], {
        ...{ ...axis, tickvals: rows.map((_, i) => i), ticktext: rows.map(text), autorange: 'reversed' },
      }),
      annotations: numbers,
      shapes: framed.map(([i, j]) => ({
        ...{ type: 'rect' as const, x0: j - 0.47, x1: j + 0.47, y0: i - 0.45, y1: i + 0.45 },
        line: { color: INK, width: 2.5 },
      })),
    },
    options,
  );
}

function rangeOf({ data }: Matrix): [number, number] {
  const known = data.filter(Number.isFinite);
  return [Math.min(...known), Math.max(...known)];
}

/** Ink that is read on the colour of a share of the scale. */
const inkOn = (share: number, diverging: boolean): string =>
  (diverging ? share < 0.15 || share > 0.85 : share < 0.6) ? '#FFFFFF' : INK;

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
