import type { Matrix } from '../numeric/matrix.js';
import type { Figure, FigureOptions } from './figure.js';
import { category, text, themeAxis, themed } from './theme.js';

export interface MapOptions extends FigureOptions {
  /** Names of the two axes; none for t-SNE, whose distances carry no unit. */
  axes?: readonly [string, string];
  /** Text shown when the pointer is over a point; the class. */
  hover?: readonly string[];
  /** Whether class names stand at the middle of their points instead of in a legend; true up to four classes. */
  direct?: boolean;
}

/**
 * A map of rows in two dimensions, coloured by class: PCA scores with their axes, or a t-SNE embedding without.
 * @param points - n × 2.
 * @param classes - n class names.
 */
export function mapFigure(
  points: Matrix,
  classes: readonly string[],
  { axes, hover, direct, ...options }: MapOptions = {},
): Figure {
  if (points.cols !== 2) throw new RangeError(`points must have 2 columns, but have ${points.cols}`);
  if (classes.length !== points.rows)
    throw new RangeError(`classes must name ${points.rows} rows like points, but name ${classes.length}`);
  const names = [...new Set(classes)];
  const written = direct ?? names.length <= 4;
  const members = names.map((name) => classes.flatMap((other, i) => (other === name ? [i] : [])));
  const traces = names.map((name, k) => classTrace(points, name, k, members[k], hover ?? classes, !written));
  return themed(
    traces,
    {
      height: 520,
      xaxis: mapAxis(axes?.[0], {}),
      yaxis: mapAxis(axes?.[1], { scaleanchor: 'x', scaleratio: 1 }),
      showlegend: !written,
      annotations: written ? names.map((name, k) => classLabel(points, name, k, members[k])) : [],
      ...(axes ? {} : { legend: { orientation: 'h', x: 0, y: -0.02, yanchor: 'top' } }),
    },
    options,
  );
}

function classTrace(
  points: Matrix,
  name: string,
  k: number,
  rows: readonly number[],
  hover: readonly string[],
  legend: boolean,
): Figure['data'][number] {
  const { color, symbol } = category(k);
  return {
    ...{
      type: rows.length > 20_000 ? 'scattergl' : 'scatter',
      mode: 'markers',
      name: text(name),
      showlegend: legend,
    },
    x: rows.map((i) => round(points.data[2 * i])),
    y: rows.map((i) => round(points.data[2 * i + 1])),
    text: rows.map((i) => text(hover[i])),
    hovertemplate: '%{text}<extra></extra>',
    marker: {
      color,
      symbol,
      size: rows.length > 2000 ? 4 : 6,
      opacity: 0.75,
      line: { color: '#FFFFFF', width: 0.5 },
    },
  } as Figure['data'][number];
}

/** Class names are written where the middle of their points is: the median, which a few outliers do not move. */
function classLabel(points: Matrix, name: string, k: number, rows: readonly number[]) {
  const middle = (axis: number) => {
    const sorted = rows.map((i) => points.data[2 * i + axis]).sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  };
  return {
    ...{ x: middle(0), y: middle(1), text: `<b>${text(name)}</b>`, showarrow: false },
    ...{ font: { size: 13, color: category(k).color }, bgcolor: 'rgba(255,255,255,0.8)', borderpad: 2 },
  };
}

const mapAxis = (title: string | undefined, overrides: Record<string, unknown>) =>
  title === undefined
    ? {
        showticklabels: false,
        ticks: '' as const,
        showgrid: false,
        zeroline: false,
        showline: false,
        ...overrides,
      }
    : themeAxis(title, overrides);

/** Four decimals are far below a pixel and keep a notebook small. */
const round = (x: number): number => Math.round(x * 1e4) / 1e4;
