import type * as tf from '@tensorflow/tfjs-node';
import { attention } from '../../graph/layers/attention.js';
import { initialise } from '../../models/initialise.js';
import { tensorflow } from '../../numeric/tensorflow.js';
import { pooled, through } from './blocks.js';
import { type Branch, imageBranch, spectrumBranch, WIDTH } from './branches.js';

type Value = tf.SymbolicTensor;

/** How the two sides of a sample come together: attention both ways with gates, or side by side; or one side alone. */
export const NET_KINDS = ['fused', 'concatenated', 'image', 'spectrum'] as const;
export type NetKind = (typeof NET_KINDS)[number];

export interface NetShape {
  readonly kind: NetKind;
  /** Pixels a side of a micrograph: a multiple of 8, 64 or more. */
  readonly size: number;
  /** Wavenumbers of a spectrum's points in cm⁻¹, as many as a multiple of 8. */
  readonly axis: Float64Array;
  readonly classes: number;
  readonly dropout: number;
}

/** Name of the layer whose output is the joint feature vector, n × 64. */
export const FEATURE = 'feature';
const FEATURES = 64;
/** Names of the attention layers: patches that look at bands, bands that look at patches. */
export const LOOKS = { image: 'image_looks', spectrum: 'spectrum_looks' } as const;

/**
 * An untrained network with weights from a seed. Its output is `type`, n × classes; the two sides of `fused` and
 * `concatenated` answer for themselves too, as `image_type` and `spectrum_type`, so that neither is neglected in training.
 */
export function ageingNet(shape: NetShape, seed: number): tf.LayersModel {
  const { layers, model } = tensorflow();
  const answer = (features: Value, name: string): Value =>
    through(features, layers.dense({ units: shape.classes, activation: 'softmax', name }));
  // The white copy is normalised along each direction: metric losses measure distances in it.
  const joint = (parts: Value): Value =>
    through(
      parts,
      layers.dropout({ rate: shape.dropout, name: 'drop' }),
      layers.dense({ units: FEATURES, activation: 'relu', name: FEATURE }),
      layers.batchNormalization({ name: `${FEATURE}_white` }),
    );
  if (shape.kind === 'image' || shape.kind === 'spectrum') {
    const { input, tokens } = shape.kind === 'image' ? imageBranch(shape.size) : spectrumBranch(shape.axis);
    return initialise(
      model({ inputs: input, outputs: answer(joint(pooled(tokens, shape.kind)), 'type') }),
      seed,
    );
  }
  const [a, b] = [imageBranch(shape.size), spectrumBranch(shape.axis)];
  const [own, other] = [pooled(a.tokens, 'image'), pooled(b.tokens, 'spectrum')];
  const met = shape.kind === 'fused' ? gated(a, b, own, other) : sideBySide(own, other);
  const outputs = [answer(joint(met), 'type'), answer(own, 'image_type'), answer(other, 'spectrum_type')];
  return initialise(model({ inputs: [a.input, b.input], outputs }), seed);
}

const sideBySide = (own: Value, other: Value): Value =>
  tensorflow().layers.concatenate({ name: 'joined' }).apply([own, other]) as Value;

/**
 * Cross-attention in both directions: patches look at bands and bands at patches (Lu et al. 2019, arXiv:1908.02265). What
 * each side saw is weighed by a gate that knows both (Arevalo et al. 2017, arXiv:1702.01992), and put beside what it is.
 */
function gated(a: Branch, b: Branch, own: Value, other: Value): Value {
  const { layers } = tensorflow();
  const look = (query: Value, value: Value, name: string): Value => {
    const seen = attention({ heads: 4, keyDim: 12, name }).apply([query, value]) as Value;
    const sum = layers.add({ name: `${name}_sum` }).apply([query, seen]) as Value;
    return pooled(through(sum, layers.layerNormalization({ name: `${name}_norm` })), name);
  };
  const seen = [look(a.tokens, b.tokens, LOOKS.image), look(b.tokens, a.tokens, LOOKS.spectrum)];
  const both = sideBySide(own, other);
  const weighed = seen.map((value, i) => {
    const gate = layers.dense({
      units: 2 * WIDTH,
      activation: 'sigmoid',
      name: `gate_${['image', 'spectrum'][i]}`,
    });
    return layers
      .multiply({ name: `weighed_${['image', 'spectrum'][i]}` })
      .apply([value, through(both, gate)]);
  }) as Value[];
  return layers.concatenate({ name: 'met' }).apply([both, ...weighed]) as Value;
}
