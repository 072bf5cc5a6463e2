import type { Figure } from './figure.js';
import { category, SECONDARY_INK, text, translucent } from './theme.js';

/** A line with a band around it. */
export interface Band {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
}

export interface BandLook {
  /** Whether the line has a marker at each point; false. */
  markers?: boolean;
  /** Text under the pointer, in plotly's template language; x and y. */
  hover?: string;
}

/** Line styles that tell categories apart in grey. */
export const DASHES = ['solid', 'dash', 'dot', 'dashdot'] as const;

/** The traces of the k-th line with its band; the band is left out where it has no width. */
export function bandTraces(band: Band, k: number, { markers = false, hover }: BandLook = {}): Figure['data'] {
  const { color, symbol } = category(k);
  const x = Array.from(band.x);
  const edge = (y: ArrayLike<number>, fill: object) => ({
    ...{
      type: 'scatter',
      mode: 'lines',
      x,
      y: Array.from(y),
      line: { width: 0 },
      legendgroup: text(band.name),
    },
    ...{ showlegend: false, hoverinfo: 'skip', ...fill },
  });
  const line = {
    ...{ type: 'scatter', mode: markers ? 'lines+markers' : 'lines', name: text(band.name), x },
    ...{ y: Array.from(band.y), line: { color, width: 2, dash: DASHES[k % DASHES.length] } },
    ...{ marker: { color, symbol, size: 8 }, legendgroup: text(band.name) },
    hovertemplate: `${hover ?? '%{x}: %{y:.3f}'}<extra>${text(band.name)}</extra>`,
  };
  const hasWidth = x.some((_, i) => band.high[i] > band.low[i]);
  const edges = hasWidth
    ? [edge(band.low, {}), edge(band.high, { fill: 'tonexty', fillcolor: translucent(color, 0.18) })]
    : [];
  return [...edges, line] as Figure['data'];
}

/** A thin dashed line across the figure, such as a threshold or what chance reaches. */
export function referenceLine(place: { x: number } | { y: number }): object {
  const line = { dash: 'dash', width: 1, color: SECONDARY_INK };
  return 'x' in place
    ? { type: 'line', x0: place.x, x1: place.x, yref: 'paper', y0: 0, y1: 1, line }
    : { type: 'line', y0: place.y, y1: place.y, xref: 'paper', x0: 0, x1: 1, line };
}
