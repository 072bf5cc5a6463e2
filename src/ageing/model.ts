import type * as tf from '@tensorflow/tfjs-node';
import type { NetKind } from './nets/net.js';

/** A trained network for ageing types, with everything that it needs to read samples, as plain data but for the net. */
export interface AgeingModel {
  readonly kind: NetKind;
  readonly classes: readonly string[];
  /** Pixels a side of the micrographs that it takes. */
  readonly size: number;
  /** Wavenumbers in cm⁻¹ of the spectra that it takes. */
  readonly wavenumbers: Float64Array;
  /** Points to which spectra are averaged down. */
  readonly points: number;
  /** Outputs `type`, and for both sides together also `image_type` and `spectrum_type`. */
  readonly net: tf.LayersModel;
  /** What it was trained on: for leak checks, and for the model card. */
  readonly seen: AgeingSeen;
  readonly training: AgeingTrainingRecord;
}

export interface AgeingSeen {
  readonly samples: number;
  readonly particles: readonly string[];
  readonly polymers: readonly string[];
  readonly synthetic: boolean;
}

/** How it was trained. */
export interface AgeingTrainingRecord {
  readonly seed: number;
  readonly epochs: number;
  readonly metricLoss: MetricLoss;
  readonly loss: readonly number[];
}

/** What shapes the joint features beside the types: nothing, distance to class centres, or triplets. */
export type MetricLoss = 'none' | 'centre' | 'triplet';

/** Whether a net of this kind looks at that side. */
export const looksAt = (kind: NetKind, side: 'image' | 'spectrum'): boolean =>
  kind === side || kind === 'fused' || kind === 'concatenated';
