import type { NamedBand } from '../attribution/regions.js';
import type { Figure, FigureOptions } from './figure.js';
import { category, INK, REST, SECONDARY_INK, text, themeAxis, themed, translucent } from './theme.js';

/** Attention of one class over the wavenumbers. */
export interface AttentionStrip {
  readonly name: string;
  /** One value a wavenumber, not negative; strips share one scale. */
  readonly attention: ArrayLike<number>;
  /** Which colour of the theme; the strip's number. */
  readonly colour?: number;
}

export interface AttentionFigureOptions extends FigureOptions {
  /** Drawn as pale columns over spectrum and strips, named at the top. */
  bands?: readonly NamedBand[];
  /** What the strips measure; `attention`. */
  measure?: string;
}

const TOP = 0.3;

/**
 * A spectrum, and under it a filled strip of attention for each class, all on one scale that is written at the first
 * strip; wavenumber descends to the right.
 * @param x - wavenumbers in cm⁻¹. @param spectrum - absorbance, such as the mean of all samples.
 * @throws RangeError when a strip has another number of points than x.
 */
export function attentionFigure(
  x: ArrayLike<number>,
  spectrum: ArrayLike<number>,
  strips: readonly AttentionStrip[],
  { bands = [], measure = 'attention', ...options }: AttentionFigureOptions = {},
): Figure {
  const wrong = strips.find(({ attention }) => attention.length !== x.length);
  if (wrong)
    throw new RangeError(
      `strip "${wrong.name}" must have ${x.length} values like the axis, but has ${wrong.attention.length}`,
    );
  const at = Array.from(x, (v) => Number(v.toFixed(2)));
  const most = Math.max(...strips.flatMap(({ attention }) => Math.max(...Array.from(attention))));
  const gap = (1 - TOP) / Math.max(1, strips.length);
  const traces = [
    {
      ...{ type: 'scatter', mode: 'lines', x: at, y: shortened(spectrum), line: { color: INK, width: 1.5 } },
      ...{ showlegend: false, hovertemplate: '%{x:.0f}: %{y:.3f}<extra>absorbance</extra>' },
    },
    ...strips.map((strip, k) => stripTrace(strip, k, at)),
  ] as Figure['data'];
  const axes = Object.fromEntries(
    strips.map((_, k) => [
      `yaxis${k + 2}`,
      {
        ...{
          domain: [1 - TOP - (k + 1) * gap + 0.012, 1 - TOP - k * gap - 0.012],
          range: [0, 1.05 * most || 1],
        },
        ...{ showgrid: false, zeroline: false, fixedrange: true, linecolor: REST, linewidth: 0.5, ticks: '' },
        ...{ tickvals: k === 0 ? [most] : [], ticktext: [most.toPrecision(2)], tickfont: { size: 10.5 } },
      },
    ]),
  );
  const [left, right] = [Math.max(...at), Math.min(...at)];
  return themed(
    traces,
    {
      height: 250 + 46 * strips.length,
      margin: { l: 64, r: 104, t: bands.length > 0 ? 160 : 72, b: 56 },
      showlegend: false,
      xaxis: themeAxis('wavenumber (cm⁻¹)', {
        range: [left, right],
        showgrid: false,
        anchor: 'free',
        position: 0,
      }),
      yaxis: themeAxis('absorbance', { domain: [1 - TOP + 0.03, 1], nticks: 4 }),
      ...axes,
      shapes: bands.map(bandColumn),
      annotations: [
        ...strips.map((strip, k) => stripName(strip, k, gap)),
        ...bandNames(bands, left - right),
        scaleName(measure),
      ],
    } as Figure['layout'],
    options,
  );
}

const shortened = (values: ArrayLike<number>): number[] =>
  Array.from(values, (v) => Number(v.toPrecision(4)));

const colourOf = ({ colour }: AttentionStrip, k: number): string => category(colour ?? k).color;

function stripTrace(strip: AttentionStrip, k: number, x: readonly number[]): object {
  const color = colourOf(strip, k);
  return {
    ...{ type: 'scatter', mode: 'lines', x, y: shortened(strip.attention), yaxis: `y${k + 2}` },
    ...{
      fill: 'tozeroy',
      fillcolor: translucent(color, 0.45),
      line: { color, width: 1 },
      name: text(strip.name),
    },
    hovertemplate: `%{x:.0f}: %{y:.4f}<extra>${text(strip.name)}</extra>`,
  };
}

const stripName = (strip: AttentionStrip, k: number, gap: number): object => ({
  ...{
    x: 1,
    xref: 'paper',
    xanchor: 'left',
    xshift: 6,
    y: 1 - TOP - (k + 0.5) * gap,
    yref: 'paper',
    yanchor: 'middle',
  },
  ...{ text: text(strip.name), showarrow: false, font: { size: 12, color: INK } },
});

const bandColumn = ({ range: [a, b] }: NamedBand): object => ({
  ...{ type: 'rect', x0: a, x1: b, y0: 0, y1: 1, yref: 'paper', layer: 'below' },
  ...{ fillcolor: 'rgba(87,96,106,0.13)', line: { width: 0 } },
});

/** Names above their bands, upright; those that would lie on one another are moved apart. */
function bandNames(bands: readonly NamedBand[], span: number): object[] {
  const middles = bands
    .map(({ name, range: [a, b] }) => ({ name, at: (a + b) / 2 }))
    .sort((p, q) => q.at - p.at);
  let last = Number.POSITIVE_INFINITY;
  return middles.map(({ name, at }) => {
    const x = Math.min(at, last - 0.045 * span);
    last = x;
    return {
      ...{ x, xref: 'x', y: 1, yref: 'paper', yanchor: 'bottom', xanchor: 'center', yshift: 2 },
      ...{ text: text(name), textangle: -90, showarrow: false, font: { size: 10.5, color: INK } },
    };
  });
}

const scaleName = (measure: string): object => ({
  ...{
    x: 0,
    xref: 'paper',
    xanchor: 'right',
    xshift: -44,
    y: (1 - TOP) / 2,
    yref: 'paper',
    yanchor: 'middle',
  },
  ...{ text: text(measure), textangle: -90, showarrow: false, font: { size: 13, color: SECONDARY_INK } },
});
