import { textureFeatures } from '../../src/descriptors/texture-features.js';
import { pca, pcaScores } from '../../src/embedding/pca.js';
import { groupFolds } from '../../src/frames/splits.js';
import { texts } from '../../src/frames/table.js';
import { forestProbabilities } from '../../src/models/classical/forest.js';
import { fitForestOnThreads } from '../../src/models/classical/forest-threads.js';
import { type Matrix, row, takeRows } from '../../src/numeric/matrix.js';
import type { PoolOptions } from '../../src/numeric/workers.js';
import { ageingMicrographs } from './fields.js';
import type { AgeingSet } from './generate.js';
import { TYPES } from './world.js';

/** Share of samples of held-out particles whose type is found. */
export interface Difficulty {
  readonly images: number;
  readonly spectra: number;
  readonly fused: number;
}

export interface DifficultyOptions extends Omit<PoolOptions, 'onReport'> {
  /** Default 1. */
  readonly seed?: number;
  /** Default 5. */
  readonly folds?: number;
  /** Trees of each forest; default 200. */
  readonly trees?: number;
}

/**
 * How hard a set is, by classifiers that are fixed before any network is tuned: random forests on texture descriptors,
 * on band areas with principal components of the spectra, and on both, cross-validated by particle.
 * @throws RangeError when the set is not of the part `single`.
 */
export async function referenceDifficulty(
  set: AgeingSet,
  options: DifficultyOptions = {},
): Promise<Difficulty> {
  const { seed = 1, folds = 5, trees = 200, ...pool } = options;
  if (set.part !== 'single')
    throw new RangeError(`set must be of the part "single", but is of "${set.part}"`);
  const labels = texts(set.samples, 'type').map((type) =>
    (TYPES as readonly (string | null)[]).indexOf(type),
  );
  const splits = groupFolds(texts(set.samples, 'particle'), { k: folds, seed });
  const { values: texture } = await textureFeatures(ageingMicrographs(set), pool);
  const areas = bandAreas(set.spectra);
  const shapes = normalisedShapes(set.spectra.Y);
  const right = { images: 0, spectra: 0, fused: 0 };
  for (const { train, test } of splits) {
    const spectral = beside(areas, componentsFrom(shapes, train));
    const views = { images: texture, spectra: spectral, fused: beside(texture, spectral) };
    for (const [name, X] of Object.entries(views) as [keyof Difficulty, Matrix][]) {
      const y = Array.from(train, (i) => labels[i]);
      const features = Math.round(0.4 * X.cols);
      const forest = await fitForestOnThreads(takeRows(X, train), y, {
        ...{ seed, trees, features, minimumLeaf: 2 },
        ...{ classes: TYPES.length },
        ...pool,
      });
      const best = mostLikely(forestProbabilities(forest, takeRows(X, test)));
      right[name] += best.filter((type, k) => type === labels[test[k]]).length;
    }
  }
  const n = labels.length;
  return { images: right.images / n, spectra: right.spectra / n, fused: right.fused / n };
}

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
function bandAreas({ x, Y }: AgeingSet['spectra']): Matrix {
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
function normalisedShapes(Y: Matrix): Matrix {
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
function componentsFrom(X: Matrix, train: Int32Array): Matrix {
  return pcaScores(pca(takeRows(X, train), { components: 20 }), X);
}

/** Two matrices side by side. */
function beside(A: Matrix, B: Matrix): Matrix {
  const cols = A.cols + B.cols;
  const data = new Float64Array(A.rows * cols);
  for (let i = 0; i < A.rows; i++) {
    data.set(row(A, i), i * cols);
    data.set(row(B, i), i * cols + A.cols);
  }
  return { rows: A.rows, cols, data };
}

function mostLikely(P: Matrix): number[] {
  return Array.from({ length: P.rows }, (_, i) => {
    const p = row(P, i);
    return p.indexOf(Math.max(...p));
  });
}
