import type { WhatIf } from '../qsar/what-if.js';
import type { Figure, FigureOptions } from './figure.js';
import { columnLabel } from './labels.js';
import { NEGATIVE, POSITIVE, SECONDARY_INK, text, themeAxis, themed } from './theme.js';

/**
 * One prediction from base to end: each column's share as a bar that starts where the one below it ended, the largest
 * on top; red raises the predicted probability, blue lowers it.
 */
export function waterfallFigure({ probability, base, shares }: WhatIf, options: FigureOptions = {}): Figure {
  const rising = [...shares].reverse();
  let at = base;
  const starts = rising.map(({ share }) => (at += share) - share);
  const names = rising.map(({ column, value }) => `${columnLabel(column)} = ${text(shortened(value))}`);
  const bars = {
    ...{
      type: 'bar',
      orientation: 'h',
      showlegend: false,
      base: starts,
      x: rising.map(({ share }) => share),
    },
    ...{ y: names, marker: { color: rising.map(({ share }) => (share < 0 ? NEGATIVE : POSITIVE)) } },
    text: rising.map(({ share }) => signed(share)),
    ...{ textposition: 'outside', cliponaxis: false, hovertemplate: '%{y}: %{text}<extra></extra>' },
  } as unknown as Figure['data'][number];
  const ends = [base, probability, ...starts];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = 0.12 * Math.max(high - low, 0.05);
  const left = rising.some(({ share }) => share < 0) ? 2 * room : room;
  return themed(
    [bars],
    {
      height: 170 + 34 * shares.length,
      xaxis: themeAxis('predicted probability of toxicity', { range: [low - left, high + room] }),
      yaxis: themeAxis('', { showgrid: false, ticks: '', range: [-1.1, shares.length - 0.5] }),
      shapes: [marked(base), marked(probability)] as Figure['layout']['shapes'],
      annotations: [
        { ...label(base, `base ${base.toFixed(2)}`), yref: 'y', y: -0.75, xanchor: 'left', xshift: 4 },
        {
          ...label(probability, `<b>prediction ${probability.toFixed(2)}</b>`),
          ...{ yref: 'paper', y: 1, yanchor: 'bottom' },
          xanchor: probability > base ? 'right' : 'left',
        },
      ],
    },
    options,
  );
}

const marked = (x: number) => ({
  ...{ type: 'line', x0: x, x1: x, yref: 'paper', y0: 0, y1: 1 },
  line: { color: SECONDARY_INK, width: 1, dash: 'dot' },
});

const label = (x: number, words: string) => ({ x, text: words, showarrow: false });

/** A true minus sign, and a plus. */
const signed = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(share).toFixed(3)}`;

const shortened = (value: string): string => (value.length > 24 ? `${value.slice(0, 23)}…` : value);
