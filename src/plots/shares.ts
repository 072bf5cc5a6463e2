import type { Interval } from '../evaluation/bootstrap.js';
import type { Figure, FigureOptions } from './figure.js';
import { category, INK, text, themeAxis, themed } from './theme.js';

/** Shares of the classes in one sample or place. */
export interface ShareRow {
  readonly label: string;
  /** One interval a class; undefined leaves it out. */
  readonly shares: readonly (Interval | undefined)[];
  /** One true share a class, where it is known. */
  readonly truth?: ArrayLike<number>;
}

export interface SharesFigureOptions extends FigureOptions {
  /** `share`. */
  axis?: string;
  /** Classes whose share, upper end and truth stay below it are left out of a row; 0. */
  least?: number;
  /** What the open diamonds are; `hidden truth`. */
  truthName?: string;
}

const LINE = 17;

/**
 * Shares with whiskers, one line a class under the name of each row, and the truth as an open diamond: mixture weights of
 * particles, frequencies of causes by environment. Classes keep the colour of their number.
 */
export function sharesFigure(
  rows: readonly ShareRow[],
  classes: readonly string[],
  { axis = 'share', least = 0, truthName = 'hidden truth', ...options }: SharesFigureOptions = {},
): Figure {
  const lines = rows.flatMap((row, r) =>
    classes.flatMap((name, k) => {
      const share = row.shares[k];
      const known = row.truth?.[k];
      const worthShowing = Math.max(share?.value ?? 0, known ?? 0) >= least && (share || known);
      return worthShowing ? [{ row, r, k, name, share, known }] : [];
    }),
  );
  let at = 0;
  const placed = lines.map((line, i) => {
    if (i > 0 && line.r !== lines[i - 1].r) at += 0.9;
    return { ...line, y: -at++ };
  });
  const traces = classes.flatMap((name, k) => {
    const own = placed.filter((line) => line.k === k && line.share);
    return own.length > 0 ? [classTrace(name, k, own as Placed[])] : [];
  });
  const known = placed.filter((line) => line.known !== undefined);
  const heads = placed.filter((line, i) => i === 0 || line.r !== placed[i - 1].r);
  const height = at + 0.9;
  return themed(
    [...traces, ...(known.length > 0 ? [truthTrace(known as Known[], truthName)] : [])],
    {
      height: 130 + LINE * height,
      margin: { l: 96, r: 24, t: 72, b: 56 },
      showlegend: false,
      xaxis: themeAxis(axis, { range: [-0.02, 1.02] }),
      yaxis: themeAxis('', {
        ...{ tickvals: placed.map(({ y }) => y), ticktext: placed.map(({ name }) => text(name)) },
        ...{ range: [-at + 0.3, 1.1], ticks: '', showgrid: false },
      }),
      annotations: heads.map(({ row, y }) => ({
        ...{ x: 0, xref: 'paper', xanchor: 'left', xshift: 4, y: y + 0.95, yref: 'y', yanchor: 'middle' },
        ...{ text: `<b>${text(row.label)}</b>`, showarrow: false, font: { size: 12, color: INK } },
      })) as Figure['layout']['annotations'],
    },
    options,
  );
}

interface Placed {
  readonly y: number;
  readonly share: Interval;
}

interface Known {
  readonly y: number;
  readonly known: number;
}

function classTrace(name: string, k: number, lines: readonly Placed[]): Figure['data'][number] {
  const { color, symbol } = category(k);
  return {
    ...{ type: 'scatter', mode: 'markers', name: text(name) },
    x: lines.map(({ share }) => round(share.value)),
    y: lines.map(({ y }) => y),
    error_x: {
      ...{ type: 'data', symmetric: false, color, thickness: 1.5, width: 3 },
      array: lines.map(({ share }) => round(share.high - share.value)),
      arrayminus: lines.map(({ share }) => round(share.value - share.low)),
    },
    marker: { color, symbol, size: 8 },
    hovertemplate: `%{x:.2f}<extra>${text(name)}</extra>`,
  } as Figure['data'][number];
}

const truthTrace = (lines: readonly Known[], name: string): Figure['data'][number] =>
  ({
    ...{ type: 'scatter', mode: 'markers', name: text(name) },
    ...{ x: lines.map(({ known }) => round(known)), y: lines.map(({ y }) => y) },
    marker: { symbol: 'diamond-open', size: 10, color: INK, line: { width: 1.5 } },
    hovertemplate: `%{x:.2f}<extra>${text(name)}</extra>`,
  }) as Figure['data'][number];

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
