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
  /** Class names in the order in which they take colours; classes that are not named come behind. Default: as they appear. */
  order?: readonly string[];
  /**
   * Share of a class that its covariance ellipse would hold were it normal, such as 0.95; none without. Only on axes: an
   * ellipse computed on a t-SNE map would mean nothing.
   */
  ellipse?: number;
}

/**
 * A map of rows in two dimensions, coloured by class: PCA scores with their axes, or a t-SNE embedding without.
 * @param points - n × 2.
 * @param classes - n class names.
 */
export function mapFigure(
  points: Matrix,
  classes: readonly string[],
  { axes, hover, direct, order = [], ellipse, ...options }: MapOptions = {},
): Figure {
  if (points.cols !== 2) throw new RangeError(`points must have 2 columns, but have ${points.cols}`);
  if (classes.length !== points.rows)
    throw new RangeError(`classes must name ${points.rows} rows like points, but name ${classes.length}`);
  if (ellipse !== undefined && !axes)
    throw new RangeError('ellipse must be drawn on axes on which it was computed, but the map has none');
  const present = new Set(classes);
  const names = [...new Set([...order, ...classes])];
  const written = direct ?? names.length <= 4;
  const members = names.map((name) => classes.flatMap((other, i) => (other === name ? [i] : [])));
  const traces = names.flatMap((name, k) =>
    present.has(name) ? [classTrace(points, name, k, members[k], hover ?? classes, !written)] : [],
  );
  const ellipses = names.flatMap((_, k) =>
    ellipse !== undefined && members[k].length > 2 ? [ellipseTrace(points, k, members[k], ellipse)] : [],
  );
  return themed(
    [...traces, ...ellipses],
    {
      height: 520,
      xaxis: mapAxis(axes?.[0], {}),
      yaxis: mapAxis(axes?.[1], { scaleanchor: 'x', scaleratio: 1 }),
      showlegend: !written,
      annotations: written
        ? names.flatMap((name, k) => (present.has(name) ? [classLabel(points, name, k, members[k])] : []))
        : [],
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

/** The outline of a normal distribution with the class's mean and covariance: χ² with two degrees of freedom. */
function ellipseTrace(
  points: Matrix,
  k: number,
  rows: readonly number[],
  share: number,
): Figure['data'][number] {
  const mean = [0, 1].map(
    (axis) => rows.reduce((sum, i) => sum + points.data[2 * i + axis], 0) / rows.length,
  );
  const covariance = (a: number, b: number) =>
    rows.reduce(
      (sum, i) => sum + (points.data[2 * i + a] - mean[a]) * (points.data[2 * i + b] - mean[b]),
      0,
    ) /
    (rows.length - 1);
  const [xx, xy, yy] = [covariance(0, 0), covariance(0, 1), covariance(1, 1)];
  const radius = Math.sqrt(-2 * Math.log(1 - share));
  // The Cholesky factor of the covariance turns the circle into the ellipse.
  const l11 = Math.sqrt(xx);
  const l21 = xy / (l11 || 1);
  const l22 = Math.sqrt(Math.max(0, yy - l21 * l21));
  const turns = Array.from({ length: 65 }, (_, t) => (2 * Math.PI * t) / 64);
  return {
    ...{ type: 'scatter', mode: 'lines', showlegend: false, hoverinfo: 'skip' },
    x: turns.map((t) => round(mean[0] + radius * l11 * Math.cos(t))),
    y: turns.map((t) => round(mean[1] + radius * (l21 * Math.cos(t) + l22 * Math.sin(t)))),
    line: { color: category(k).color, width: 1.25 },
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
