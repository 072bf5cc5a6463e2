import { compileGraph } from '../graph/compile.js';
import type { Augmentation } from '../graph/data/augmentation.js';
import type { GraphEpochLog } from '../graph/fit/options.js';
import type { GraphOptions, LayerLoss } from '../graph/options.js';
import { checkWhole } from '../numeric/check.js';
import { type AgeingModel, looksAt, type MetricLoss } from './model.js';
import { GRID, POINTS_PER_TOKEN } from './nets/branches.js';
import { ageingNet, FEATURE, type NetKind } from './nets/net.js';
import { averagedAxis, type Prepared, prepare } from './prepare.js';
import { type AgeingSamples, sampleCount, takeSamples } from './samples.js';

export interface AgeingTraining {
  /** Default `fused`. */
  readonly kind?: NetKind;
  /** Default 30. */
  readonly epochs?: number;
  /** Default 32. */
  readonly batchSize?: number;
  /** Seeds the weights, the order of samples, dropout and augmentation. Default 1. */
  readonly seed?: number;
  /** Of AdamW at its highest, after two epochs of rise and before half a cosine. Default 0.003. */
  readonly learningRate?: number;
  /** Share of joint inputs that dropout hides. Default 0.3. */
  readonly dropout?: number;
  /** Share of samples that lose their micrograph, and share that lose their spectrum, in each epoch. Default 0.1. */
  readonly modalityDropout?: number;
  /** Shapes the joint features as well: distance to class centres or triplets. Default `none`. */
  readonly metricLoss?: MetricLoss;
  /** Points to which spectra are averaged down: a multiple of 8. Default: half of what they have, at most 896. */
  readonly points?: number;
  /** Whether samples vary from epoch to epoch (mirrored, brighter, shifted, noisier). Default true. */
  readonly augment?: boolean;
  /** A file in which the training is kept every five epochs; there already, the training goes on from it. */
  readonly checkpoint?: string;
  readonly onEpoch?: (log: GraphEpochLog) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

const SIDES = ['image', 'spectrum'] as const;
const SMOOTHING = 0.05;

/**
 * Trains a network on samples whose types are known. Nothing is held out and nothing stops early: the number of epochs is
 * fixed beforehand, so that no test sample can have a say in it.
 * @throws RangeError when samples cannot be trained on: too few, one type only, no side that the net looks at.
 */
export async function trainAgeing(
  samples: AgeingSamples,
  options: AgeingTraining = {},
): Promise<AgeingModel> {
  const { kind = 'fused', epochs = 30, batchSize = 32, seed = 1 } = options;
  const { learningRate = 0.003, dropout = 0.3, metricLoss = 'none', augment = true } = options;
  const known = trainable(samples, kind);
  const points = pointsOf(known, options.points);
  const axis = averagedAxis(known.spectra.wavenumbers, points);
  const { size } = known.images;
  const net = ageingNet({ kind, size, axis, classes: known.classes.length, dropout }, seed);
  const two = kind === 'fused' || kind === 'concatenated';
  const cross = { kind: 'sparseCategoricalCrossentropy', labelSmoothing: SMOOTHING } as const;
  const share = options.modalityDropout ?? 0.1;
  const compiled = await compileGraph(net, {
    optimizer: { kind: 'adamw', learningRate, weightDecay: 0.01 },
    ...(two ? { loss: [cross, cross, cross], lossWeights: [1, 0.5, 0.5] } : { loss: cross }),
    ...(two && share > 0 ? { modalityDropout: { image: share, spectrum: share } } : {}),
    metrics: ['accuracy'],
    clipNorm: 1,
    layerLosses: metricLosses(metricLoss, known.classes.length),
  } satisfies GraphOptions);
  try {
    const history = await compiled.fit(
      inputsOf(prepare(known, points), kind),
      Array(two ? 3 : 1).fill(known.types),
      {
        ...{ epochs, batchSize, seed, onEpoch: options.onEpoch, signal: options.signal },
        schedule: { kind: 'cosine', warmup: Math.min(2, epochs - 1) },
        ...(augment ? { augment: variation(kind) } : {}),
        ...(options.checkpoint ? { checkpoint: { path: options.checkpoint, every: 5 } } : {}),
      },
    );
    return {
      ...{ kind, size, points, net },
      classes: known.classes,
      wavenumbers: known.spectra.wavenumbers,
      seen: {
        samples: sampleCount(known),
        particles: [...new Set(known.particles)],
        polymers: [...new Set(known.polymers)],
        synthetic: known.synthetic,
      },
      training: { seed, epochs, metricLoss, loss: history.loss },
    };
  } finally {
    compiled.dispose();
  }
}

/** What a net of a kind takes of prepared samples. */
export const inputsOf = ({ images, spectra }: Prepared, kind: NetKind): Float32Array[] =>
  SIDES.flatMap((side) => (looksAt(kind, side) ? [side === 'image' ? images : spectra] : []));

/** The samples with a type and with at least one side that the net looks at. */
function trainable(samples: AgeingSamples, kind: NetKind): AgeingSamples {
  const { types, images, spectra, classes } = samples;
  const rows = Array.from(types.keys()).filter(
    (i) =>
      types[i] >= 0 &&
      ((looksAt(kind, 'image') && images.present[i]) || (looksAt(kind, 'spectrum') && spectra.present[i])),
  );
  const particles = new Map<number, Set<string>>();
  for (const i of rows)
    particles.set(types[i], (particles.get(types[i]) ?? new Set()).add(samples.particles[i]));
  if (particles.size < 2)
    throw new RangeError(
      `samples must show at least 2 types to be told apart, but ${rows.length} usable samples show ${
        [...particles.keys()].map((type) => `only "${classes[type]}"`).join() || 'none'
      }`,
    );
  for (const [type, names] of particles)
    if (names.size < 2)
      throw new RangeError(
        `each type must have at least 2 particles, but "${classes[type]}" has 1 (${[...names][0]}); add particles or leave that type out`,
      );
  const { size } = images;
  if (looksAt(kind, 'image') && !(size >= 64 && size % GRID === 0 && Math.log2(size / 64) % 1 === 0))
    throw new RangeError(
      `micrographs must be 64, 128, 256 … pixels a side for the network, but are ${size}; resize them first`,
    );
  return takeSamples(samples, rows);
}

function pointsOf({ spectra }: AgeingSamples, wished: number | undefined): number {
  const all = spectra.wavenumbers.length;
  const points = wished ?? Math.min(896, 8 * Math.max(8, Math.floor(all / 16)));
  checkWhole('points', points, 8 * POINTS_PER_TOKEN, all);
  if (points % POINTS_PER_TOKEN === 0) return points;
  throw new RangeError(`points must be a multiple of ${POINTS_PER_TOKEN}, but is ${points}`);
}

/** Strengths that leave the classification in charge. */
function metricLosses(kind: MetricLoss, classes: number): LayerLoss[] {
  if (kind === 'centre') return [{ kind, layer: `${FEATURE}_white`, classes, weight: 0.02 }];
  return kind === 'triplet' ? [{ kind, layer: `${FEATURE}_white`, weight: 0.1 }] : [];
}

export function variation(kind: NetKind): Augmentation {
  return {
    ...(looksAt(kind, 'image')
      ? { image: { kind: 'image', flip: 'both', brightness: 0.1, contrast: 0.2 } }
      : {}),
    ...(looksAt(kind, 'spectrum')
      ? { spectrum: { kind: 'spectrum', shift: 1, noise: 0.01, baseline: 0.05 } }
      : {}),
  };
}
