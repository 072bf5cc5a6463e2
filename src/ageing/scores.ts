import { clusterBootstrap, type Interval } from '../evaluation/bootstrap.js';
import type { Matrix } from '../numeric/matrix.js';
import type { AgeingFoldAnswer, AgeingSplit } from './fold-task.js';
import { pooledByParticle } from './predict.js';
import type { AgeingSamples } from './samples.js';

/** How an arm did on samples that it had not seen. */
export interface AgeingArmScores {
  readonly arm: string;
  readonly split: AgeingSplit;
  /** n × classes, each row from the fold that held it out. */
  readonly probabilities: Matrix;
  /** n × 64, each row from another net where the folds differ: compare rows of one fold only. */
  readonly features?: Matrix;
  /** n folds. */
  readonly foldOf: Int32Array;
  /** Share of samples named rightly, with a 95 % interval over particles. */
  readonly accuracy: Interval;
  /** The same when all samples of a particle are answered together; undefined where particles are split. */
  readonly pooled?: Interval;
  /** Share of each type's samples that is found. */
  readonly recalls: readonly Interval[];
  /** Samples of each true type (rows) by what they were called. */
  readonly confusion: readonly (readonly number[])[];
  /** Mean gap between how sure the arm is and how often it is right, over ten bins (Guo et al. 2017, arXiv:1706.04599). */
  readonly calibrationError: number;
  /** What each fold was trained on. */
  readonly seen: readonly AgeingFoldAnswer['seen'][];
}

/** Puts the answers of the folds together and scores them. */
export function scoreArm(
  arm: string,
  split: AgeingSplit,
  folds: readonly AgeingFoldAnswer[],
  samples: AgeingSamples,
  replicates: number,
): AgeingArmScores {
  const { particles, types, classes } = samples;
  const probabilities = assembled(folds, (fold) => fold.probabilities, types.length)!;
  const called = mostLikely(probabilities);
  const right = Uint8Array.from(types, (type, i) => Number(type === called[i]));
  const shares = (rows: Int32Array): Record<string, number> => ({
    accuracy: share(rows, right),
    ...Object.fromEntries(
      classes.map((name, k) => [
        name,
        share(
          rows.filter((i) => types[i] === k),
          right,
        ),
      ]),
    ),
  });
  const intervals = clusterBootstrap(particles, shares, { replicates });
  const together = split === 'particle' ? mostLikely(pooledByParticle(particles, probabilities)) : undefined;
  const rightTogether = together && Uint8Array.from(types, (type, i) => Number(type === together[i]));
  return {
    ...{ arm, split, probabilities, seen: folds.map(({ seen }) => seen) },
    features: assembled(folds, (fold) => fold.features, types.length),
    foldOf: foldsOfRows(folds, types.length),
    accuracy: intervals['accuracy'],
    pooled:
      rightTogether &&
      clusterBootstrap(particles, (rows) => ({ share: share(rows, rightTogether) }), { replicates }).share,
    recalls: classes.map((name) => intervals[name]),
    confusion: classes.map((_, truth) =>
      classes.map((_, call) => called.filter((c, i) => c === call && types[i] === truth).length),
    ),
    calibrationError: calibrationError(probabilities, right),
  };
}

function assembled(
  folds: readonly AgeingFoldAnswer[],
  matrixOf: (fold: AgeingFoldAnswer) => Matrix | undefined,
  rows: number,
): Matrix | undefined {
  const cols = matrixOf(folds[0])?.cols;
  if (cols === undefined) return undefined;
  const data = new Float64Array(rows * cols);
  for (const fold of folds) {
    const values = matrixOf(fold)!.data;
    fold.rows.forEach((row, i) => {
      for (let k = 0; k < cols; k++) data[row * cols + k] = values[i * cols + k];
    });
  }
  return { rows, cols, data };
}

function foldsOfRows(folds: readonly AgeingFoldAnswer[], rows: number): Int32Array {
  const foldOf = new Int32Array(rows).fill(-1);
  folds.forEach((fold, k) => {
    for (const row of fold.rows) foldOf[row] = k;
  });
  return foldOf;
}

/** The most probable class of each row, the first of equals. */
export function mostLikely({ rows, cols, data }: Matrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => {
    let best = 0;
    for (let k = 1; k < cols; k++) if (data[i * cols + k] > data[i * cols + best]) best = k;
    return best;
  });
}

const share = (rows: Int32Array, right: Uint8Array): number =>
  rows.reduce((sum, i) => sum + right[i], 0) / rows.length;

const BINS = 10;

function calibrationError({ rows, cols, data }: Matrix, right: Uint8Array): number {
  const gaps = new Float64Array(BINS);
  for (let i = 0; i < rows; i++) {
    const sure = data.subarray(i * cols, (i + 1) * cols).reduce((a, b) => Math.max(a, b), 0);
    gaps[Math.min(BINS - 1, Math.floor(sure * BINS))] += sure - right[i];
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / rows;
}
