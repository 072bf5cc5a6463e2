import type { Layout } from 'plotly.js';
import type { Spectrum } from '../spectra/spectrum.js';
import type { Figure, FigureOptions } from './figure.js';
import { axisRange, axisTitle, yTitle } from './spectrum-axes.js';
import { category, INK, SECONDARY_INK, text, themeAxis, themed } from './theme.js';

/** A band that is written above the spectra. */
export interface BandLabel {
  /** In the unit of x. */
  readonly at: number;
  /** Such as `C=O`; the wavenumber is added. */
  readonly assignment: string;
}

export interface SpectraOptions extends FigureOptions {
  /** Name of each spectrum at its right end. Default: its title. */
  readonly names?: readonly string[];
  /**
   * Distance between neighbouring spectra, as a share of the greatest height. 0 lays them over each other, told apart by
   * dashes and a legend. Default 1.1.
   */
  readonly offset?: number;
  readonly bands?: readonly BandLabel[];
  /** Ranges that are hatched because they were masked, such as that of carbon dioxide. */
  readonly masked?: readonly (readonly [number, number])[];
  /** Ranges that are tinted, such as the bands of an index. */
  readonly ranges?: readonly (readonly [number, number])[];
  /** What part of the axis is shown. Default: all. */
  readonly window?: readonly [number, number];
}

const DASHES = ['solid', 'dash', 'dot', 'dashdot'] as const;

/**
 * Spectra as a paper shows them: wavenumber descending to the right, one above the other, each named at its right end in
 * its own colour, bands as thin lines with their assignment above, masked ranges hatched.
 */
export function spectraFigure(
  spectra: readonly Spectrum[],
  { names, offset = 1.1, bands = [], masked = [], ranges = [], window, ...options }: SpectraOptions = {},
): Figure {
  if (spectra.length === 0) throw new RangeError('spectra must hold at least one spectrum to be drawn');
  const nameOf = (k: number) => names?.[k] ?? spectra[k].title;
  const shown = spectra.map((spectrum) => (window ? within(spectrum, window) : spectrum));
  const lift = spectra.length > 1 ? offset * Math.max(...shown.map(heightOf)) : 0;
  const overlaid = lift === 0 && spectra.length > 1;
  const range = axisRange(shown);
  const traces = shown.map((spectrum, k) => trace(spectrum, lift * k, k, nameOf(k), overlaid));
  return themed(
    traces,
    {
      height: Math.min(760, (bands.length > 0 ? 400 : 360) + 60 * (overlaid ? 0 : spectra.length - 1)),
      showlegend: overlaid,
      margin: { l: 64, r: overlaid ? 24 : 120, t: bands.length > 0 ? 132 : 72, b: overlaid ? 84 : 56 },
      xaxis: themeAxis(axisTitle(spectra[0]), { range, showgrid: false }),
      yaxis: themeAxis(yTitle(spectra[0], lift > 0), lift > 0 ? { showticklabels: false, ticks: '' } : {}),
      shapes: [...masked.flatMap(hatching), ...ranges.map(tint), ...bands.map(bandLine)] as Layout['shapes'],
      annotations: [
        ...(overlaid ? [] : shown.map((spectrum, k) => endLabel(spectrum, lift * k, k, range, nameOf(k)))),
        ...bands.map(bandLabel),
      ] as Layout['annotations'],
    },
    options,
  );
}

function within({ x, y, ...rest }: Spectrum, [a, b]: readonly [number, number]): Spectrum {
  const keep = (_: number, i: number) => x[i] >= Math.min(a, b) && x[i] <= Math.max(a, b);
  return { ...rest, x: x.filter(keep), y: y.filter(keep) };
}

function heightOf({ y }: Spectrum): number {
  const finite = y.filter(Number.isFinite);
  const low = finite.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - low;
}

function trace(
  spectrum: Spectrum,
  lift: number,
  k: number,
  name: string,
  dashed: boolean,
): Figure['data'][number] {
  const { x, y } = spectrum;
  return {
    ...{ type: 'scatter', mode: 'lines', name: text(name) },
    x: Array.from(x, (value) => Number(value.toFixed(3))),
    y: Array.from(y, (value) => (Number.isFinite(value) ? Number((value + lift).toPrecision(6)) : null)),
    line: { width: 1.5, color: colour(k), dash: DASHES[(dashed ? k : Math.floor(k / 8)) % DASHES.length] },
    hovertemplate: `%{x:.0f}: %{y:.4f}<extra>${text(name)}</extra>`,
  } as Figure['data'][number];
}

const colour = (k: number): string => category(k % 8).color;

/** The name at the right end, level with what the spectrum does there. */
function endLabel(spectrum: Spectrum, lift: number, k: number, range: readonly number[], name: string) {
  const { x, y } = spectrum;
  const lastFirst = x[0] < x[x.length - 1] === range[0] > range[1];
  const end = lastFirst ? 0 : y.length - 1;
  const level = Number.isFinite(y[end]) ? y[end] : 0;
  return {
    ...{ x: 1, xref: 'paper', xanchor: 'left', xshift: 6, y: level + lift, yref: 'y', yanchor: 'middle' },
    ...{ text: text(name), showarrow: false, font: { size: 12, color: colour(k) } },
  };
}

const bandLine = ({ at }: BandLabel) => ({
  ...{ type: 'line', x0: at, x1: at, y0: 0, y1: 1, yref: 'paper', layer: 'below' },
  line: { color: SECONDARY_INK, width: 0.75, dash: 'dot' },
});

const bandLabel = ({ at, assignment }: BandLabel) => ({
  ...{ x: at, xref: 'x', y: 1, yref: 'paper', yanchor: 'bottom', xanchor: 'center', yshift: 2 },
  ...{
    text: `${text(assignment)} ${at}`,
    textangle: -90,
    showarrow: false,
    font: { size: 10.5, color: INK },
  },
});

const tint = ([a, b]: readonly [number, number]) => ({
  ...{ type: 'rect', x0: a, x1: b, y0: 0, y1: 1, yref: 'paper', layer: 'below' },
  ...{ fillcolor: 'rgba(230,159,0,0.16)', line: { width: 0 } },
});

const LINES_OF_HATCHING = 14;

/** Slanted lines on a grey ground, in paper height, which plotly has no pattern for. */
function hatching([a, b]: readonly [number, number]) {
  const ground = {
    ...{ type: 'rect', x0: a, x1: b, y0: 0, y1: 1, yref: 'paper', layer: 'below' },
    ...{ fillcolor: 'rgba(87,96,106,0.08)', line: { width: 0 } },
  };
  const lines = Array.from({ length: LINES_OF_HATCHING }, (_, k) => ({
    ...{ type: 'line', x0: a, x1: b, yref: 'paper', layer: 'below' },
    ...{ y0: (k + 0.25) / LINES_OF_HATCHING, y1: (k + 0.75) / LINES_OF_HATCHING },
    line: { color: 'rgba(87,96,106,0.35)', width: 0.75 },
  }));
  return [ground, ...lines];
}
