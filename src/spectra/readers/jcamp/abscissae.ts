import { FileError } from '../../../frames/bytes/file-error.js';
import { evenAxis } from '../reading.js';
import type { Checkpoints, Ordinates } from './asdf.js';
import type { Header } from './header.js';

/**
 * The x axis of an `(X++(Y..Y))` table: from FIRSTX to LASTX where the x that begins each line agrees with it, else
 * by DELTAX, else along the lines themselves.
 * @returns the axis, and sentences about what did not agree.
 * @throws FileError when no even axis fits the lines.
 */
export function tableAxis(
  { y, checkpoints }: Ordinates,
  header: Header,
  at: number,
): { x: Float64Array; warnings: string[] } {
  const n = y.length;
  const warnings: string[] = [];
  const candidates = axesOf(header, checkpoints, n);
  for (const { name, first, last } of candidates) {
    const k = firstDisagreement(checkpoints, first, last, n, header.xFactor);
    if (k < 0) return { x: evenAxis(first, last, n), warnings };
    const index = checkpoints.index[k];
    warnings.push(
      `${name} give x = ${short(xAt(first, last, n, index))} at point ${index}, but its line says ${short(checkpoints.x[k] * header.xFactor)} (byte ${checkpoints.at[k]})`,
    );
  }
  throw new FileError(
    'the x values that begin the lines do not fit an even axis; points are missing or the header is wrong',
    candidates.length > 0 ? checkpoints.at[checkpoints.at.length - 1] : at,
  );
}

interface AxisCandidate {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

function axesOf({ firstX, lastX, deltaX, xFactor }: Header, lines: Checkpoints, n: number): AxisCandidate[] {
  const end = lines.x.length - 1;
  const lineX = lines.x[0] * xFactor;
  const start = Number.isFinite(firstX) ? firstX : lineX;
  const slope = (xFactor * (lines.x[end] - lines.x[0])) / lines.index[end];
  return [
    { name: 'FIRSTX and LASTX', first: start, last: n === 1 ? start : lastX },
    { name: 'FIRSTX and DELTAX', first: start, last: start + deltaX * (n - 1) },
    { name: 'the first and the last line', first: lineX, last: lineX + slope * (n - 1) },
  ].filter(
    ({ first, last }) => Number.isFinite(first) && Number.isFinite(last) && (n === 1 || first !== last),
  );
}

const xAt = (first: number, last: number, n: number, i: number): number =>
  n === 1 ? first : first + ((last - first) * i) / (n - 1);

/** The first line whose x is more than a step and its own rounding, at worst to whole XFACTORs, away; −1 where none is. */
function firstDisagreement(
  lines: Checkpoints,
  first: number,
  last: number,
  n: number,
  xFactor: number,
): number {
  const slack = 1.01 * (n === 1 ? 0 : Math.abs((last - first) / (n - 1))) + Math.abs(xFactor);
  for (let k = 0; k < lines.x.length; k++) {
    const x = lines.x[k] * xFactor;
    if (!(Math.abs(x - xAt(first, last, n, lines.index[k])) <= slack + 1e-5 * Math.abs(x))) return k;
  }
  return -1;
}

const short = (x: number): string => String(Number(x.toPrecision(8)));
