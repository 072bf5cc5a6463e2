import type { ReliabilityBin } from '../evaluation/reliability.js';
import { DASHES } from './band.js';
import type { Figure, FigureOptions } from './figure.js';
import { category, SECONDARY_INK, text, themeAxis, themed } from './theme.js';

/** One reliability curve: a model, or the same before and after calibration. */
export interface ReliabilityCurve {
  readonly name: string;
  readonly bins: readonly ReliabilityBin[];
}

/** What the axes say; by default the probability of toxicity. */
export interface ReliabilityAxes {
  readonly promised?: string;
  readonly came?: string;
}

/**
 * What was promised against what came: on the dashed diagonal a probability keeps its word, below it the model is too
 * sure. A marker's size grows with the rows of its bin; whiskers are Wilson's.
 */
export function reliabilityFigure(
  curves: readonly ReliabilityCurve[],
  { promised, came, ...options }: FigureOptions & ReliabilityAxes = {},
): Figure {
  const most = Math.max(...curves.flatMap(({ bins }) => bins.map((bin) => bin.rows)), 1);
  const diagonal = {
    ...{ type: 'scatter', mode: 'lines', x: [0, 1], y: [0, 1], showlegend: false, hoverinfo: 'skip' },
    line: { color: SECONDARY_INK, width: 1, dash: 'dash' },
  } as Figure['data'][number];
  return themed(
    [diagonal, ...curves.map((curve, k) => curveTrace(curve, k, most))],
    {
      height: 460,
      xaxis: themeAxis(promised ?? 'mean predicted probability of toxicity', { range: [-0.03, 1.03] }),
      yaxis: themeAxis(came ?? 'share of rows that are toxic', { range: [-0.03, 1.03] }),
    },
    options,
  );
}

function curveTrace({ name, bins }: ReliabilityCurve, k: number, most: number): Figure['data'][number] {
  const { color, symbol } = category(k);
  return {
    ...{ type: 'scatter', mode: 'lines+markers', name: text(name) },
    x: bins.map((bin) => bin.predicted),
    y: bins.map((bin) => bin.observed),
    error_y: {
      ...{ type: 'data', symmetric: false, color, thickness: 1, width: 2 },
      array: bins.map((bin) => bin.high - bin.observed),
      arrayminus: bins.map((bin) => bin.observed - bin.low),
    },
    line: { color, width: 2, dash: DASHES[k % DASHES.length] },
    marker: { color, symbol, size: bins.map((bin) => 5 + 11 * Math.sqrt(bin.rows / most)) },
    text: bins.map((bin) => `${bin.rows} rows`),
    hovertemplate: `%{text}: %{x:.2f} promised, %{y:.2f} came<extra>${text(name)}</extra>`,
  } as unknown as Figure['data'][number];
}
