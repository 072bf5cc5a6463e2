import type { LibraryMatch } from '../spectra/library/search.js';
import type { ThresholdChoice } from '../spectra/library/threshold.js';
import type { Figure, FigureOptions } from './figure.js';
import { CATEGORY_COLOURS, REST, SECONDARY_INK, text, themeAxis, themed } from './theme.js';

/** Best hit of each query as a dot, the best of another family hollow: the distance between them is the margin. */
export function matchFigure(matches: readonly LibraryMatch[], options: FigureOptions = {}): Figure {
  if (matches.length === 0) throw new RangeError('matches must hold at least one match to be drawn');
  const names = matches.map(({ title, verdict }) => `${text(title)} → <b>${text(verdict)}</b>`);
  const scores = matches.map(({ hits }) => round(hits[0].score));
  const others = matches.map(({ hits, margin }) => round(hits[0].score - margin));
  const points = (x: number[], name: string, marker: object) => ({
    ...{
      type: 'scatter',
      mode: 'markers',
      x,
      y: names,
      name,
      marker,
      hovertemplate: `${name}: %{x:.3f}<extra></extra>`,
    },
  });
  const bars = matches.map((_, k) => ({
    ...{ type: 'line', x0: others[k], x1: scores[k], y0: names[k], y1: names[k], layer: 'below' },
    line: { color: REST, width: 1.5 },
  }));
  const { threshold, metric } = matches[0];
  const line = { color: CATEGORY_COLOURS[0], width: 1.5 };
  return themed(
    [
      points(others, 'best of another family', { size: 8, color: '#FFFFFF', line }),
      points(scores, 'best hit', { size: 9, color: CATEGORY_COLOURS[0] }),
    ] as Figure['data'],
    {
      height: 168 + 28 * matches.length,
      legend: { orientation: 'h', x: 0, y: -60 / (28 * matches.length + 40), yanchor: 'top' },
      margin: { l: 64, r: 24, t: 68, b: 88 },
      xaxis: themeAxis(`score (${metric.replace('-', ' ')})`),
      yaxis: themeAxis('', { showgrid: false, autorange: 'reversed', type: 'category' }),
      shapes: [...bars, thresholdLine(threshold)] as Figure['layout']['shapes'],
      annotations: [thresholdLabel(threshold)] as Figure['layout']['annotations'],
    },
    options,
  );
}

/**
 * Which share of the references scores at least so high: within their own family, and outside it with their family left
 * out. The threshold parts the two.
 */
export function thresholdFigure(
  { known, unknown, threshold, metric }: ThresholdChoice,
  options: FigureOptions = {},
): Figure {
  const curve = (scores: Float64Array, name: string, color: string, dash: string) => {
    const sorted = Array.from(scores)
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    return {
      ...{ type: 'scatter', mode: 'lines', name, line: { width: 2, color, dash, shape: 'vh' } },
      x: sorted.map(round),
      y: sorted.map((_, i) => round(1 - i / sorted.length)),
      hovertemplate: `${name}: %{y:.2f} score %{x:.3f} or more<extra></extra>`,
    };
  };
  return themed(
    [
      curve(known, 'material is in the library', CATEGORY_COLOURS[0], 'solid'),
      curve(unknown, 'material left out: unknown', CATEGORY_COLOURS[1], 'dash'),
    ] as Figure['data'],
    {
      height: 400,
      xaxis: themeAxis(`best score (${metric.replace('-', ' ')})`),
      yaxis: themeAxis('share of references that score so high', { range: [0, 1.02] }),
      shapes: [thresholdLine(threshold)] as Figure['layout']['shapes'],
      annotations: [thresholdLabel(threshold)] as Figure['layout']['annotations'],
    },
    options,
  );
}

const thresholdLine = (threshold: number) => ({
  ...{ type: 'line', x0: threshold, x1: threshold, y0: 0, y1: 1, yref: 'paper' },
  line: { color: SECONDARY_INK, width: 1.25, dash: 'dash' },
});

const thresholdLabel = (threshold: number) => ({
  ...{ x: threshold, y: 1, yref: 'paper', yanchor: 'bottom', showarrow: false },
  ...{ text: `unknown below ${threshold.toFixed(2)}`, font: { size: 11, color: SECONDARY_INK } },
});

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
