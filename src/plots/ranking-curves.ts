import type { PrPoint } from '../evaluation/precision-recall.js';
import type { RocPoint } from '../evaluation/roc.js';
import { DASHES } from './band.js';
import type { Figure, FigureOptions } from './figure.js';
import { category, SECONDARY_INK, text, themeAxis, themed } from './theme.js';

/** ROC curves by name, with what guessing gives dashed. */
export function rocFigure(
  curves: Readonly<Record<string, readonly RocPoint[]>>,
  options: FigureOptions = {},
): Figure {
  const lines = Object.entries(curves).map(([name, points], k) =>
    stepLine(
      name,
      points.map((point) => point.falsePositiveRate),
      points.map((point) => point.truePositiveRate),
      k,
    ),
  );
  return square(lines, ['false positive rate', 'true positive rate'], [0, 1], options);
}

/**
 * Precision–recall curves by name, with what calling every row toxic gives dashed.
 * @param prevalence - share of rows that are toxic.
 */
export function precisionRecallFigure(
  curves: Readonly<Record<string, readonly PrPoint[]>>,
  prevalence: number,
  options: FigureOptions = {},
): Figure {
  const lines = Object.entries(curves).map(([name, points], k) =>
    stepLine(
      name,
      points.map((point) => point.recall),
      points.map((point) => point.precision),
      k,
    ),
  );
  return square(lines, ['recall', 'precision'], [prevalence, prevalence], options);
}

function stepLine(name: string, x: number[], y: number[], k: number): Figure['data'][number] {
  return {
    ...{ type: 'scatter', mode: 'lines', name: text(name), x, y },
    line: { color: category(k).color, width: 2, dash: DASHES[k % DASHES.length] },
    hovertemplate: `%{x:.2f}, %{y:.2f}<extra>${text(name)}</extra>`,
  } as Figure['data'][number];
}

function square(
  lines: Figure['data'],
  [x, y]: readonly [string, string],
  [from, to]: readonly [number, number],
  options: FigureOptions,
): Figure {
  const chance = {
    ...{ type: 'scatter', mode: 'lines', x: [0, 1], y: [from, to], showlegend: false, hoverinfo: 'skip' },
    line: { color: SECONDARY_INK, width: 1, dash: 'dash' },
  } as Figure['data'][number];
  return themed(
    [chance, ...lines],
    {
      height: 480,
      xaxis: themeAxis(x, { range: [-0.02, 1.02], constrain: 'domain' }),
      yaxis: themeAxis(y, { range: [-0.02, 1.02], scaleanchor: 'x', constrain: 'domain' }),
    },
    options,
  );
}
