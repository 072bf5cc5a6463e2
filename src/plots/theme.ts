import type { Layout } from 'plotly.js';
import type { Figure, FigureOptions } from './figure.js';

/** Okabe and Ito's colours, safe for colour-blind readers, in the order in which categories take them. */
export const CATEGORY_COLOURS = [
  '#0072B2',
  '#D55E00',
  '#009E73',
  '#CC79A7',
  '#E69F00',
  '#56B4E9',
  '#F0E442',
  '#000000',
] as const;

/** A second cue beside colour, so that a grey-scale print still tells the categories apart. */
export const CATEGORY_MARKERS = [
  'circle',
  'square',
  'diamond',
  'triangle-up',
  'cross',
  'x',
  'triangle-down',
  'star',
] as const;

/** Differences and Shapley values: blue below zero, white at zero, red above. */
export const DIVERGING: [number, string][] = [
  [0, '#2166AC'],
  [0.5, '#F7F7F7'],
  [1, '#B2182B'],
];

/** Amounts: cividis, sampled at nine points. */
export const SEQUENTIAL: [number, string][] = [
  [0, '#00224E'],
  [0.125, '#123570'],
  [0.25, '#3B496C'],
  [0.375, '#575D6D'],
  [0.5, '#707173'],
  [0.625, '#8A8678'],
  [0.75, '#A59C74'],
  [0.875, '#C3B369'],
  [1, '#FEE838'],
];

export const NEGATIVE = '#2166AC';
export const POSITIVE = '#B2182B';
/** Whatever has no category of its own. */
export const REST = '#8C959F';

export const INK = '#1F2328';
export const SECONDARY_INK = '#57606A';
const GRID = '#E3E6EA';

const axis = {
  showgrid: true,
  gridcolor: GRID,
  gridwidth: 1,
  zeroline: false,
  linecolor: SECONDARY_INK,
  linewidth: 1,
  ticks: 'outside',
  ticklen: 4,
  tickcolor: SECONDARY_INK,
  tickfont: { size: 12, color: INK },
  automargin: true,
} as const;

/** An axis of the theme, with its quantity and unit. */
export function themeAxis(title: string, overrides: Record<string, unknown> = {}): Partial<Layout['xaxis']> {
  return { ...axis, title: { text: title, font: { size: 13, color: INK }, standoff: 8 }, ...overrides };
}

/**
 * Puts traces under the theme: white ground, hairline grid, no frame on top and right, title with its caption line.
 * The word "synthetic" enters the title where the data are.
 */
export function themed(
  data: Figure['data'],
  layout: Partial<Layout>,
  { title = '', synthetic = false, caption = '' }: FigureOptions = {},
): Figure {
  const heading = synthetic && !/synthetic/i.test(title) ? `${title} (synthetic data)` : title;
  const lines = caption ? 2 : 1;
  return {
    data,
    layout: {
      ...{ paper_bgcolor: '#FFFFFF', plot_bgcolor: '#FFFFFF', hovermode: 'closest', height: 420 },
      font: { family: 'Arial, Helvetica, sans-serif', size: 12, color: INK },
      colorway: [...CATEGORY_COLOURS],
      title: {
        text:
          text(heading) +
          (caption ? `<br><span style="font-size:12px;color:${SECONDARY_INK}">${text(caption)}</span>` : ''),
        ...{ x: 0, xref: 'container', xanchor: 'left', y: 1, yref: 'container', yanchor: 'top' },
        pad: { l: 12, t: caption ? 26 : 12 }, // plotly hangs two lines by their middle
        font: { size: 15, color: INK },
      },
      margin: { l: 64, r: 24, t: heading ? 24 + 22 * lines : 16, b: 52 },
      legend: { orientation: 'h', x: 0, y: -0.2, yanchor: 'top', font: { size: 12 } },
      ...layout,
    },
  };
}

/** Words from data as plotly shows them: plotly reads a few HTML tags, and data must not. */
export function text(words: string): string {
  return words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Category k's colour and marker; grey dots from the ninth on. */
export function category(k: number): { color: string; symbol: string } {
  return k < CATEGORY_COLOURS.length
    ? { color: CATEGORY_COLOURS[k], symbol: CATEGORY_MARKERS[k] }
    : { color: REST, symbol: 'circle' };
}

/** A colour of the theme with an opacity, for bands and faint points. */
export function translucent(hex: string, opacity: number): string {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${opacity})`;
}
