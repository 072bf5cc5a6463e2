import type { PrevalenceRow } from '../evaluation/prevalence.js';
import { bandTraces } from './band.js';
import type { Figure, FigureOptions } from './figure.js';
import { SECONDARY_INK, themeAxis, themed } from './theme.js';

/** Precision over the share of toxic particles, one line a model, and, dashed, what calling all of them toxic gives. */
export function prevalenceFigure(
  models: Readonly<Record<string, readonly PrevalenceRow[]>>,
  options: FigureOptions = {},
): Figure {
  const traces = Object.entries(models).flatMap(([name, rows], k) =>
    bandTraces(
      {
        name,
        x: rows.map((row) => row.prevalence),
        y: rows.map((row) => row.precision.value),
        low: rows.map((row) => row.precision.low),
        high: rows.map((row) => row.precision.high),
      },
      k,
      { markers: true, hover: '%{x:.0%} toxic: precision %{y:.2f}' },
    ),
  );
  const diagonal = {
    type: 'line',
    x0: 0,
    x1: 1,
    y0: 0,
    y1: 1,
    line: { width: 1, dash: 'dash', color: SECONDARY_INK },
  };
  return themed(
    traces,
    {
      height: 400,
      xaxis: themeAxis('share of particles that are toxic', { tickformat: '.0%', range: [0, 0.75] }),
      yaxis: themeAxis('precision', { range: [0, 1.02] }),
      shapes: [diagonal] as Figure['layout']['shapes'],
      showlegend: Object.keys(models).length > 1,
    },
    options,
  );
}
