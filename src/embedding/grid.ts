import { cosine } from '../numeric/elementary.js';
import type { MapKernels } from '../numeric/wasm/map.js';
import { doublesAt, floatsAt } from '../numeric/wasm/shared-memory.js';
import type { MapMemory } from './map-memory.js';

/** Columns that are transformed together. */
export const LANES = 16;
/** Grid points that lie beyond the outermost points on either side. */
const MARGIN = 3;
/** Widest spacing: the kernel 1 / (1 + r²) has a scale of 1, and the error falls with the fourth power. */
const WIDEST = 0.4;
/** A new grid leaves room for the map to grow. */
const ROOM = 1.25;
const SMALLEST = 128;

/** The grid of this iteration; every thread reads it from the shared memory. */
export interface Grid {
  /** Points along each side; a quarter of the square is used. */
  readonly m: number;
  readonly x0: number;
  readonly y0: number;
  readonly perUnit: number;
}

/** Reads what `layGrid` laid. */
export function presentGrid({ memory, at }: MapMemory): Grid {
  const [m, x0, y0, perUnit] = doublesAt(memory, at.grid, 4);
  return { m, x0, y0, perUnit };
}

/**
 * Lays a grid over the map, and works out its spectra where the last one does not fit any more.
 * @returns false when the map is too wide for the largest grid.
 */
export function layGrid(map: MapMemory, kernels: MapKernels): boolean {
  const info = doublesAt(map.memory, map.at.grid, 4);
  const { left, top, span } = square(map);
  const [m, , , perUnit] = info;
  const cells = span * perUnit;
  if (!(m > 0 && cells <= usable(m) && 2 * ROOM * cells > usable(m))) {
    const size = sizeFor(span, map.gridSize);
    if (size === undefined) return false;
    const spacing = Math.min((ROOM * span) / usable(size), Math.max(WIDEST, span / usable(size)));
    info[0] = size;
    info[3] = 1 / spacing;
    writeTurns(map, size);
    writeSpectra(map, kernels, size, spacing);
  }
  info[1] = left - MARGIN / info[3];
  info[2] = top - MARGIN / info[3];
  return true;
}

const usable = (m: number): number => m / 2 - 2 * MARGIN;

function sizeFor(span: number, largest: number): number | undefined {
  for (let m = SMALLEST; m <= largest; m *= 2) if (span <= WIDEST * usable(m)) return m;
  return undefined;
}

function square({ memory, n, at }: MapMemory): { left: number; top: number; span: number } {
  const Y = floatsAt(memory, at.Y, 2 * n);
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < 2 * n; k++) {
    const y = Y[k];
    if (y < low[k & 1]) low[k & 1] = y;
    if (y > high[k & 1]) high[k & 1] = y;
  }
  return { left: low[0], top: low[1], span: Math.max(high[0] - low[0], high[1] - low[1], 1e-9) };
}

function writeTurns({ memory, at }: MapMemory, m: number): void {
  const turns = floatsAt(memory, at.turns, m);
  for (let k = 0; k < m / 2; k++) {
    turns[k] = cosine((2 * Math.PI * k) / m);
    turns[m / 2 + k] = cosine((2 * Math.PI * k) / m - Math.PI / 2);
  }
}

/** Spectra of the potential 1 / (1 + r²) and of the forces (x + i y) / (1 + r²)², ready to be multiplied. */
function writeSpectra(map: MapMemory, kernels: MapKernels, m: number, spacing: number): void {
  const { memory, at } = map;
  const [re, im] = [floatsAt(memory, at.gridRe, m * m), floatsAt(memory, at.gridIm, m * m)];
  fill(re, im, m, spacing, (q) => [q, 0, 0]);
  transform(map, kernels, m, at.potential, undefined);
  fill(re, im, m, spacing, (q) => [0, q * q, q * q]);
  transform(map, kernels, m, at.forceRe, at.forceIm);
}

/** Samples on the whole square, displacements beyond its half being negative: `a + b x + i c y`. */
function fill(
  re: Float32Array,
  im: Float32Array,
  m: number,
  spacing: number,
  weights: (q: number) => readonly [number, number, number],
): void {
  for (let row = 0; row < m; row++) {
    const y = displacement(row, m) * spacing;
    for (let column = 0; column < m; column++) {
      const x = displacement(column, m) * spacing;
      const [a, b, c] = weights(1 / (1 + x * x + y * y));
      // at half the square a displacement is as much to the left as to the right
      re[row * m + column] = a + (2 * column === m ? 0 : b * x);
      im[row * m + column] = 2 * row === m ? 0 : c * y;
    }
  }
}

const displacement = (k: number, m: number): number => (2 * k <= m ? k : k - m);

/** Transforms the square and divides out the splines' smoothing, met twice along each axis, and m². */
function transform(
  { memory, at, scratch }: MapMemory,
  kernels: MapKernels,
  m: number,
  realPart: number,
  imaginaryPart: number | undefined,
): void {
  for (let first = 0; first < m; first += LANES)
    kernels.columnsForward(first, m, 1, at.gridRe, at.gridIm, m, at.turns, scratch[0]);
  const sharpen = sharpening(m);
  const lanes = floatsAt(memory, scratch[0], 2 * m * LANES);
  const real = floatsAt(memory, realPart, m * m);
  const imaginary = imaginaryPart === undefined ? undefined : floatsAt(memory, imaginaryPart, m * m);
  for (let first = 0; first < m; first += LANES) {
    kernels.rowsForward(first, m, at.gridRe, at.gridIm, m, at.turns, scratch[0]);
    for (let c = 0; c < m; c++)
      for (let lane = 0; lane < LANES; lane++) {
        const factor = (sharpen[c] * sharpen[first + lane]) / (m * m);
        const to = c * m + first + lane;
        real[to] = factor * lanes[c * LANES + lane];
        if (imaginary) imaginary[to] = factor * lanes[(m + c) * LANES + lane];
      }
  }
}

/** 1 / b² with b = (2 + cos ω) / 3, the cubic B-spline's response, in the transform's own order. */
function sharpening(m: number): Float64Array {
  const bits = 31 - Math.clz32(m);
  return Float64Array.from({ length: m }, (_, k) => {
    const b = (2 + cosine((2 * Math.PI * reversed(k, bits)) / m)) / 3;
    return 1 / (b * b);
  });
}

function reversed(k: number, bits: number): number {
  let out = 0;
  for (let b = 0; b < bits; b++) out |= ((k >> b) & 1) << (bits - 1 - b);
  return out;
}
