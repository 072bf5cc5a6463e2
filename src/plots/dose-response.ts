import type { DoseCurve, DoseResponse } from '../qsar/dose-response.js';
import { bandTraces, referenceLine } from './band.js';
import type { Figure, FigureOptions } from './figure.js';
import { logarithmicAxis } from './logarithmic.js';
import { CATEGORY_MARKERS, category, text, themeAxis, themed } from './theme.js';

export interface DoseFigureOptions extends FigureOptions {
  /** The toxic threshold, as a dashed line; none. */
  threshold?: number;
  /** What stands on the vertical axis; `viability (% of control)`. */
  axis?: string;
}

/**
 * Curves over dose with their bands, one a name; measured points in the colour of their curve, with a marker for each
 * publication.
 */
export function doseFigure(
  curves: Readonly<Record<string, DoseCurve | DoseResponse>>,
  { threshold, axis = 'viability (% of control)', ...options }: DoseFigureOptions = {},
): Figure {
  const all = Object.entries(curves);
  const points = all.flatMap(([name, curve], k) => pointTraces(name, curve, k));
  const lines = all.flatMap(([name, { doses: x, values: y, low, high }], k) =>
    bandTraces({ name, x, y, low, high }, k, { hover: '%{x:.3g} µg/mL: %{y:.3g}' }),
  );
  return themed(
    [...points, ...lines],
    {
      height: 420,
      xaxis: themeAxis('dose (µg/mL)', logarithmicAxis(all.flatMap(([, { doses }]) => [...doses]))),
      yaxis: themeAxis(axis, { rangemode: 'tozero' }),
      shapes: (threshold === undefined
        ? []
        : [referenceLine({ y: threshold })]) as Figure['layout']['shapes'],
    },
    options,
  );
}

function pointTraces(name: string, curve: DoseCurve | DoseResponse, k: number): Figure['data'] {
  if (!('points' in curve)) return [];
  const { dose, viability, groups } = curve.points;
  const studies = [...new Set(groups)];
  return [
    {
      ...{ type: 'scatter', mode: 'markers', legendgroup: text(name), showlegend: false },
      ...{ x: Array.from(dose), y: Array.from(viability), text: groups.map(text) },
      marker: {
        ...{ color: category(k).color, size: 5, opacity: 0.45 },
        symbol: groups.map((group) => CATEGORY_MARKERS[studies.indexOf(group) % CATEGORY_MARKERS.length]),
      },
      hovertemplate: '%{text}: %{y:.0f} % at %{x:.3g} µg/mL<extra></extra>',
    } as Figure['data'][number],
  ];
}
