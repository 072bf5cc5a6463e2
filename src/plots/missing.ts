import type { LoadReport } from '../frames/report.js';
import type { Figure, FigureOptions } from './figure.js';
import { columnLabel } from './labels.js';
import { INK, SEQUENTIAL, text, themeAxis, themed } from './theme.js';

/**
 * How much of each column each table fills: one row a table, one field a column, with its share of rows that hold a
 * value.
 * @param reports - of the tables, from `loadTable`.
 */
export function filledFigure(reports: readonly LoadReport[], options: FigureOptions = {}): Figure {
  const columns = Object.keys(reports[0]?.missing ?? {}) as (keyof LoadReport['missing'])[];
  const tables = reports.map(({ source, rowsKept }) => `${text(source)} (${rowsKept})`);
  const filled = reports.map(({ missing, rowsKept }) =>
    columns.map((column) => (rowsKept > 0 ? 1 - missing[column] / rowsKept : 0)),
  );
  const names = columns.map(columnLabel);
  const heat = {
    ...{ type: 'heatmap', z: filled, x: names, y: tables, zmin: 0, zmax: 1, colorscale: SEQUENTIAL },
    ...{ xgap: 2, ygap: 2, hoverinfo: 'skip', showscale: false },
  } as unknown as Figure['data'][number];
  const said = filled.flatMap((shares, row) =>
    shares.map((share, column) => ({
      ...{ x: names[column], y: tables[row], text: percent(share), showarrow: false },
      font: { color: share > 0.6 ? INK : '#FFFFFF', size: 12 },
    })),
  );
  const axis = { showgrid: false, ticks: '', linewidth: 0 };
  return themed(
    [heat],
    {
      height: 190 + 36 * reports.length,
      xaxis: themeAxis('', { ...axis, tickangle: -35 }),
      yaxis: themeAxis('', { ...axis, autorange: 'reversed' }),
      annotations: said,
    },
    options,
  );
}

/** Whole percent, but never 100 or 0 where it is not quite. */
function percent(share: number): string {
  if (share > 0 && share < 0.005) return '<1 %';
  if (share < 1 && share >= 0.995) return '>99 %';
  return `${(100 * share).toFixed(0)} %`;
}
