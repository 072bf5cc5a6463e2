import type { Confusion } from '../evaluation/confusion.js';
import type { Figure, FigureOptions } from './figure.js';
import { INK, SEQUENTIAL, text, themeAxis, themed } from './theme.js';

/**
 * Confusion matrix: rows are the truth and add up to one, the count stands in small type under each share.
 * @param options.classes - names of the negative and the positive class; `not toxic` and `toxic`.
 */
export function confusionFigure(
  { trueNegatives, falsePositives, falseNegatives, truePositives }: Confusion,
  {
    classes = ['not toxic', 'toxic'],
    ...options
  }: FigureOptions & { classes?: readonly [string, string] | readonly string[] } = {},
): Figure {
  return confusionMatrixFigure(
    [
      [trueNegatives, falsePositives],
      [falseNegatives, truePositives],
    ],
    classes,
    options,
  );
}

/**
 * The same for any number of classes.
 * @param counts - counts[truth][prediction]. @param classes - their names.
 */
export function confusionMatrixFigure(
  counts: readonly (readonly number[])[],
  classes: readonly string[],
  options: FigureOptions = {},
): Figure {
  const names = classes.map(text);
  const shares = counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total > 0 ? count / total : 0));
  });
  const heat = {
    ...{ type: 'heatmap', z: shares, x: names, y: names, zmin: 0, zmax: 1, colorscale: SEQUENTIAL },
    ...{
      xgap: 2,
      ygap: 2,
      hoverinfo: 'skip',
      colorbar: { thickness: 10, outlinewidth: 0, tickformat: '.0%' },
    },
  } as unknown as Figure['data'][number];
  const said = counts.flatMap((row, truth) =>
    row.map((count, called) => ({
      ...{ x: names[called], y: names[truth], showarrow: false },
      text: `<b>${(100 * shares[truth][called]).toFixed(0)} %</b><br><span style="font-size:10px">${count}</span>`,
      font: { color: shares[truth][called] > 0.6 ? INK : '#FFFFFF', size: 14 },
    })),
  );
  const axis = { showgrid: false, ticks: '', linewidth: 0 };
  return themed(
    [heat],
    {
      height: 200 + 90 * names.length,
      xaxis: themeAxis('predicted', axis),
      yaxis: themeAxis('truth', { ...axis, autorange: 'reversed' }),
      annotations: said,
    },
    options,
  );
}
