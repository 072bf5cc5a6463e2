import { FileError } from '../../../frames/bytes/file-error.js';
import { evenAxis } from '../reading.js';
import type { Checkpoint, Ordinates } from './asdf.js';
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
  const lines = checkpoints.map((point) => ({ ...point, x: point.x * header.xFactor }));
  const warnings: string[] = [];
  const candidates = axesOf(header, lines, n);
  for (const { name, first, last } of candidates) {
    const off = firstDisagreement(lines, first, last, n, Math.abs(header.xFactor));
    if (!off) return { x: evenAxis(first, last, n), warnings };
    warnings.push(
      `${name} give x = ${short(xAt(first, last, n, off.index))} at point ${off.index}, but its line says ${short(off.x)} (byte ${off.at})`,
    );
  }
  const place = candidates.length > 0 ? lines.at(-1)!.at : at;
  throw new FileError(
    'the x values that begin the lines do not fit an even axis; points are missing or the header is wrong',
    place,
  );
}

interface AxisCandidate {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

function axesOf({ firstX, lastX, deltaX }: Header, lines: readonly Checkpoint[], n: number): AxisCandidate[] {
  const start = Number.isFinite(firstX) ? firstX : (lines[0]?.x ?? Number.NaN);
  const end = lines.at(-1);
  const slope = end && end.index > 0 ? (end.x - lines[0].x) / end.index : Number.NaN;
  return [
    { name: 'FIRSTX and LASTX', first: start, last: n === 1 ? start : lastX },
    { name: 'FIRSTX and DELTAX', first: start, last: start + deltaX * (n - 1) },
    { name: 'the first and the last line', first: lines[0]?.x, last: lines[0]?.x + slope * (n - 1) },
  ].filter(
    ({ first, last }) => Number.isFinite(first) && Number.isFinite(last) && (n === 1 || first !== last),
  );
}

const xAt = (first: number, last: number, n: number, i: number): number =>
  n === 1 ? first : first + ((last - first) * i) / (n - 1);

/** The first line whose x is more than a step and its own rounding, at worst to whole XFACTORs, away. */
function firstDisagreement(
  lines: readonly Checkpoint[],
  first: number,
  last: number,
  n: number,
  rounding: number,
): Checkpoint | undefined {
  const step = n === 1 ? 0 : Math.abs((last - first) / (n - 1));
  return lines.find(
    ({ x, index }) =>
      !(Math.abs(x - xAt(first, last, n, index)) <= 1.01 * step + rounding + 1e-5 * Math.abs(x)),
  );
}

const short = (x: number): string => String(Number(x.toPrecision(8)));
