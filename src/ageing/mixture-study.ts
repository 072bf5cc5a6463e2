import { type AgeingSet, generateAgeing } from '../../data/synthetic-ageing/generate.js';
import { unmix } from '../attribution/unmix.js';
import { centresOf } from '../embedding/class-separation.js';
import { type Matrix, matrix, row, takeRows } from '../numeric/matrix.js';
import { centre } from '../numeric/statistics.js';
import type { MixtureMethod } from './mixture-report.js';
import { fitMixtureHead, mixtureShares } from './mixtures.js';
import type { AgeingModel } from './model.js';
import { type AgeingPrediction, predictAgeing } from './predict.js';
import { type AgeingSamples, takeSamples } from './samples.js';
import { type AgeingStudy, kept } from './study.js';
import { syntheticSamples } from './synthetic.js';
import { trainMixtures } from './train-mixtures.js';
import { trueShares } from './truth.js';

/** Samples of the generator with what is true of them. */
export interface TrueSamples {
  readonly set: AgeingSet;
  readonly samples: AgeingSamples;
  /** n × K true shares. */
  readonly shares: Matrix;
}

export interface MixtureStudyOptions {
  /** Mixtures to fit on, of a generator seed of their own; default 900. A quarter of their particles calibrates intervals. */
  readonly samples?: number;
  /** Epochs on mixtures; default 8. */
  readonly epochs?: number;
  /** Seed of the mixtures that are fitted on; those that are judged have others. Default 101. */
  readonly seed?: number;
}

/** A model that reads shares, and the mixtures that its intervals are calibrated on. */
export interface MixtureStudy {
  /** Trained on single causes only, as in the study. */
  readonly single: AgeingModel;
  /** Trained on with mixtures of known shares. */
  readonly mixed: AgeingModel;
  readonly fitted: TrueSamples;
  readonly calibration: TrueSamples;
  readonly study: AgeingStudy;
}

/** Loads a part of the generator as samples with their true shares. */
export async function trueSamples(
  part: 'single' | 'mixed' | 'natural',
  seed: number,
  samples: number,
  size: number,
): Promise<TrueSamples> {
  const set = await generateAgeing({ part, seed, samples, size });
  return { set, samples: syntheticSamples(set), shares: trueShares(set) };
}

/**
 * Trains the study's model on with mixtures of another generator seed and with the study's training samples. What is
 * judged must be of yet another seed.
 */
export async function mixtureStudy(
  study: AgeingStudy,
  { samples = 900, epochs = 8, seed = 101 }: MixtureStudyOptions = {},
): Promise<MixtureStudy> {
  const { size } = study.model;
  const fitted = await trueSamples('mixed', seed, samples, size);
  const calibration = await trueSamples('mixed', seed + 1, Math.ceil(samples / 3), size);
  const alone = takeSamples(study.samples, study.train);
  const together = joinSamples([fitted.samples, alone]);
  const shares = matrix([
    ...Array.from({ length: fitted.shares.rows }, (_, i) => row(fitted.shares, i)),
    ...Array.from(alone.types, (type) => study.model.classes.map((_, k) => Number(k === type))),
  ]);
  const mixed = await kept(
    {
      samples,
      epochs,
      seed,
      size,
      single: study.model.training,
      particles: study.model.seen.particles.length,
    },
    () => trainMixtures(study.model, together, shares, { epochs, seed }),
  );
  return { single: study.model, mixed, fitted, calibration, study };
}

/** Samples of the same size and axis one behind the other. */
export function joinSamples(parts: readonly AgeingSamples[]): AgeingSamples {
  const [first] = parts;
  const wrong = parts.find(
    ({ images, spectra }) =>
      images.size !== first.images.size || spectra.wavenumbers.length !== first.spectra.wavenumbers.length,
  );
  if (wrong)
    throw new RangeError(
      `samples must have micrographs of ${first.images.size} pixels and spectra of ${first.spectra.wavenumbers.length} points like the first, but some have ${wrong.images.size} and ${wrong.spectra.wavenumbers.length}`,
    );
  const lists = <T>(of: (part: AgeingSamples) => readonly T[]): T[] => parts.flatMap((part) => [...of(part)]);
  const floats = (of: (part: AgeingSamples) => Float32Array): Float32Array => {
    const out = new Float32Array(parts.reduce((sum, part) => sum + of(part).length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(of(part), at);
      at += of(part).length;
    }
    return out;
  };
  return {
    ...first,
    ids: lists(({ ids }) => ids),
    particles: lists(({ particles }) => particles),
    batches: lists(({ batches }) => batches),
    polymers: lists(({ polymers }) => polymers),
    types: Int32Array.from(lists(({ types }) => Array.from(types))),
    images: {
      size: first.images.size,
      values: floats(({ images }) => images.values),
      present: Uint8Array.from(lists(({ images }) => Array.from(images.present))),
      micronsPerPixel: Float64Array.from(lists(({ images }) => Array.from(images.micronsPerPixel))),
    },
    spectra: {
      wavenumbers: first.spectra.wavenumbers,
      values: floats(({ spectra }) => spectra.values),
      present: Uint8Array.from(lists(({ spectra }) => Array.from(spectra.present))),
    },
    synthetic: parts.some(({ synthetic }) => synthetic),
  };
}

/**
 * Four ways of reading the causes of mixtures. The first two have never seen a mixture: the model's own probabilities, and
 * linear unmixing of its features into class centres. The others were fitted on mixtures of another seed: a head on the
 * features, and the whole network.
 */
export async function mixtureMethods(
  { single, mixed, fitted, study }: MixtureStudy,
  asked: AgeingSamples,
): Promise<MixtureMethod[]> {
  const before = predictAgeing(single, asked);
  const head = await fitMixtureHead(predictAgeing(single, fitted.samples).features, fitted.shares);
  return [
    { name: 'never saw a mixture: probabilities', shares: before.probabilities },
    { name: 'never saw a mixture: unmixing', shares: unmixed(study, before) },
    { name: 'head fitted on mixtures', shares: mixtureShares(head, before.features) },
    { name: 'network trained on mixtures', shares: predictAgeing(mixed, asked).probabilities },
  ];
}

/** Features counted from the centre of the first class, pristine, as sums of the other centres. */
function unmixed({ model, samples, train }: AgeingStudy, { features }: AgeingPrediction): Matrix {
  const known = takeSamples(samples, train);
  const sizes = model.classes.map((_, k) => known.types.filter((type) => type === k).length);
  const centres = centresOf(predictAgeing(model, known).features, known.types, sizes);
  const origin = row(centres, 0);
  const others = takeRows(
    centres,
    Array.from({ length: centres.rows - 1 }, (_, k) => k + 1),
  );
  const { shares } = unmix(centre(others, origin), centre(features, origin));
  const out = matrix(features.rows, centres.rows);
  for (let i = 0; i < features.rows; i++) row(out, i).set(row(shares, i), 1);
  return out;
}
