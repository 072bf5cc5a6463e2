import {
  bandAreas,
  beside,
  componentsFrom,
  normalisedShapes,
} from '../../src/descriptors/spectrum-features.js';
import { textureFeatures } from '../../src/descriptors/texture-features.js';
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

function mostLikely(P: Matrix): number[] {
  return Array.from({ length: P.rows }, (_, i) => {
    const p = row(P, i);
    return p.indexOf(Math.max(...p));
  });
}
