import { pca, pcaScores } from '../embedding/pca.js';
import { type Matrix, row, takeRows } from '../numeric/matrix.js';
import type { SpectrumSet } from '../spectra/spectrum.js';

/** Ranges in cm⁻¹ whose area above their own chord is measured: carbonyl, hydroxyl, vinyl, C–O, amide and their like. */
const RANGES = [
  ...[
    [1650, 1850],
    [1700, 1770],
    [1690, 1714],
    [1714, 1730],
    [1730, 1760],
    [1420, 1500],
    [3021, 3353],
  ],
  ...[
    [3100, 3700],
    [3200, 3550],
    [924, 1197],
    [1030, 1220],
    [990, 1100],
    [2866, 2987],
    [952, 986],
  ],
  ...[
    [1630, 1650],
    [885, 930],
    [900, 916],
    [1640, 1695],
    [1650, 1680],
    [1515, 1565],
    [710, 740],
    [715, 735],
  ],
] as const;

/** Areas over the spectrum's standard deviation: n × ranges. */
export function bandAreas({ x, Y }: Pick<SpectrumSet, 'x' | 'Y'>): Matrix {
  const data = new Float64Array(Y.rows * RANGES.length);
  const step = x[1] - x[0];
  const ends = RANGES.map(([low, high]) => [
    Math.ceil((low - x[0]) / step),
    Math.floor((high - x[0]) / step),
  ]);
  for (let i = 0; i < Y.rows; i++) {
    const y = row(Y, i);
    const { deviation } = moments(y);
    ends.forEach(([from, to], k) => {
      data[i * RANGES.length + k] = (areaAboveChord(y, from, to) * step) / deviation;
    });
  }
  return { rows: Y.rows, cols: RANGES.length, data };
}

function areaAboveChord(y: Float64Array, from: number, to: number): number {
  let area = 0;
  for (let i = from; i <= to; i++) area += y[i] - y[from] - ((y[to] - y[from]) * (i - from)) / (to - from);
  return area;
}

function moments(y: Float64Array): { mean: number; deviation: number } {
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const squares = y.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, deviation: Math.sqrt(squares / y.length) };
}

/** Spectra at an eighth of the points, mean 0 and deviation 1: what their principal components are taken of. */
export function normalisedShapes(Y: Matrix): Matrix {
  const cols = Math.floor(Y.cols / 8);
  const data = new Float64Array(Y.rows * cols);
  for (let i = 0; i < Y.rows; i++) {
    const y = row(Y, i);
    const { mean, deviation } = moments(y);
    for (let j = 0; j < cols; j++) {
      const sum = y.subarray(8 * j, 8 * j + 8).reduce((a, b) => a + b, 0);
      data[i * cols + j] = (sum / 8 - mean) / deviation;
    }
  }
  return { rows: Y.rows, cols, data };
}

/** Twenty principal components, fitted on the training rows, of all rows. */
export function componentsFrom(X: Matrix, train: Int32Array): Matrix {
  return pcaScores(pca(takeRows(X, train), { components: 20 }), X);
}

/** Two matrices side by side. */
export function beside(A: Matrix, B: Matrix): Matrix {
  const cols = A.cols + B.cols;
  const data = new Float64Array(A.rows * cols);
  for (let i = 0; i < A.rows; i++) {
    data.set(row(A, i), i * cols);
    data.set(row(B, i), i * cols + A.cols);
  }
  return { rows: A.rows, cols, data };
}
