import { groupFolds, type Split, stratifiedFolds } from '../frames/splits.js';
import type { Matrix } from '../numeric/matrix.js';
import type { TaskInputs } from '../runs/task.js';
import { type AgeingData, readAgeingData } from './data.js';
import { type AgeingDescriptors, describeAgeing, forestAgeing } from './forest.js';
import { predictAgeing } from './predict.js';
import { type AgeingSamples, takeSamples } from './samples.js';
import { type PackedAgeing, packAgeing } from './store.js';
import { type AgeingTraining, trainAgeing } from './train.js';

/** Samples held out together: all of a particle, or any. */
export type AgeingSplit = 'particle' | 'sample';

/** What a fold is trained with beside its net: plain data. */
export type FoldTraining = Pick<
  AgeingTraining,
  'epochs' | 'batchSize' | 'seed' | 'metricLoss' | 'modalityDropout' | 'learningRate' | 'points'
>;

/** One training: an arm on one fold. */
export interface AgeingFold {
  readonly data: AgeingData;
  readonly arm: 'fused' | 'concatenated' | 'image' | 'spectrum' | 'forest';
  readonly split: AgeingSplit;
  readonly folds: number;
  readonly fold: number;
  /** Of the split. */
  readonly splitSeed: number;
  readonly training: FoldTraining;
  /** Whether the model is wanted beside its answers. */
  readonly keep?: boolean;
}

/** What it comes to. */
export interface AgeingFoldAnswer {
  /** Places of the held-out samples. */
  readonly rows: Int32Array;
  /** Held out × classes. */
  readonly probabilities: Matrix;
  /** Held out × 64 joint features; a forest has none. */
  readonly features?: Matrix;
  /** What the fold was trained on. */
  readonly seen: { readonly samples: number; readonly particles: number; readonly shared: number };
  readonly model?: PackedAgeing;
}

/** Trains one arm without one fold and answers for the fold. */
export async function ageingFold(specification: AgeingFold, inputs: TaskInputs): Promise<AgeingFoldAnswer> {
  const { arm, training, fold, keep } = specification;
  const samples = await readAgeingData(specification.data);
  const split = ageingFolds(samples, specification)[fold];
  const seen = seenOf(samples, split);
  if (arm === 'forest') {
    const descriptors = (await inputs.result('descriptors')) as AgeingDescriptors;
    const settings = { seed: training.seed ?? 1, classes: samples.classes.length, workers: 0 };
    const probabilities = await forestAgeing(descriptors, samples.types, split, settings);
    return { rows: split.test, probabilities, seen };
  }
  const model = await trainAgeing(takeSamples(samples, split.train), { ...training, kind: arm });
  try {
    const { probabilities, features } = predictAgeing(model, takeSamples(samples, split.test));
    return { rows: split.test, probabilities, features, seen, ...(keep ? { model: packAgeing(model) } : {}) };
  } finally {
    model.net.dispose();
  }
}

/** What all forests of a run learn from. */
export async function ageingDescriptors({ data }: { readonly data: AgeingData }): Promise<AgeingDescriptors> {
  return describeAgeing(await readAgeingData(data), { workers: 0 });
}

/** The folds of a split, the types spread evenly. */
export function ageingFolds(
  { particles, types }: AgeingSamples,
  { split, folds, splitSeed }: Pick<AgeingFold, 'split' | 'folds' | 'splitSeed'>,
): Split[] {
  return split === 'particle'
    ? groupFolds(particles, { k: folds, labels: types, seed: splitSeed })
    : stratifiedFolds(types, { k: folds, seed: splitSeed });
}

/** `shared`: particles that are on both sides, which no fold by particle has. */
function seenOf({ particles }: AgeingSamples, { train, test }: Split): AgeingFoldAnswer['seen'] {
  const known = new Set(Array.from(train, (i) => particles[i]));
  const held = new Set(Array.from(test, (i) => particles[i]));
  const shared = [...held].filter((particle) => known.has(particle)).length;
  return { samples: train.length, particles: known.size, shared };
}
