import type { PlotlyFigure } from './notebook.js';

/** Journal widths: one, one and a half, two columns, in millimetres. */
export const WIDTHS_MM = [90, 140, 190] as const;

/** CSS pixels in a millimetre and in a point. */
export const PIXELS_PER_MM = 96 / 25.4;
const PIXELS_PER_POINT = 96 / 72;

/** What 12 px on a screen become: 7.5 pt in print. */
const SHRINK = (7.5 * PIXELS_PER_POINT) / 12;
const SMALLEST_PT = 6.5;
const LARGEST_PT = 8;

/** Pixels on screen into pixels at final size: 6.5 to 8 pt. */
const printSize = (size: number): number =>
  PIXELS_PER_POINT * Math.min(LARGEST_PT, Math.max(SMALLEST_PT, (size * SHRINK) / PIXELS_PER_POINT));

/**
 * A figure as a journal prints it: width and height in CSS pixels of the final size, every font 6.5 to 8 pt, lines in
 * proportion.
 */
export function forPrint(figure: PlotlyFigure, millimetres: number) {
  const { data, layout = {} } = printed(figure) as PlotlyFigure;
  const height = Number(figure.layout?.['height'] ?? 420) * SHRINK;
  const font = { family: 'Arial, Helvetica, sans-serif', size: printSize(12), ...(layout['font'] as object) };
  const margin = scaled({ ...PLOTLY_MARGIN, ...(figure.layout?.['margin'] as object) });
  return {
    data,
    layout: {
      ...{ ...layout, font, margin, autosize: false, width: millimetres * PIXELS_PER_MM, height },
      title: titled(layout['title']),
    },
  };
}

/** What plotly leaves around a picture of its own accord. */
const PLOTLY_MARGIN = { l: 80, r: 80, t: 100, b: 80 };

const scaled = (sizes: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(sizes).map(([side, size]) => [side, typeof size === 'number' ? size * SHRINK : size]),
  );

/** A title without a size of its own would be larger than the rest. */
function titled(title: unknown): object {
  const own = typeof title === 'string' ? { text: title } : ((title ?? {}) as Record<string, unknown>);
  return { ...own, font: { size: printSize(15), ...(own['font'] as object | undefined) } };
}

function printed(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return value.replace(/font-size:\s*([\d.]+)px/g, (_, size) => `font-size:${printSize(Number(size))}px`);
  if (Array.isArray(value)) return typeof value[0] === 'number' ? value : value.map((item) => printed(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      if (name === 'size' && /font$/i.test(key) && typeof item === 'number') return [name, printSize(item)];
      if (name === 'width' && key === 'line' && typeof item === 'number') return [name, item * SHRINK];
      return [name, printed(item, name)];
    }),
  );
}

/** The theme's light tokens and what they are on dark ground (`src/plots/theme.ts`). */
export const DARK: Readonly<Record<string, string>> = {
  '#FFFFFF': '#111418',
  '#1F2328': '#E6EAEF',
  '#57606A': '#9AA4AF',
  '#E3E6EA': '#2A3138',
  '#000000': '#FFFFFF',
};

/** A figure on dark ground: the theme's tokens are changed, colours of the data stay. */
export function onDark(figure: PlotlyFigure): PlotlyFigure {
  const swap = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value ?? {}).replace(/#[0-9A-F]{6}\b/g, (colour) => DARK[colour] ?? colour));
  const layout = {
    paper_bgcolor: '#FFFFFF',
    plot_bgcolor: '#FFFFFF',
    font: { color: '#1F2328' },
    ...figure.layout,
  };
  return { ...figure, layout: swap(layout) as Record<string, unknown> };
}
