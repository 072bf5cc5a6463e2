import { fitLayers } from '../models/fit-layers.js';
import { dense, type LayerSpec } from '../models/layers.js';
import { checkColumns, checkFinite, checkRows } from '../numeric/check.js';
import { exp } from '../numeric/elementary.js';
import { type Matrix, matrix, row } from '../numeric/matrix.js';
import { centre, columnDeviations, columnMeans } from '../numeric/statistics.js';

/** Reads shares of causes from a model's joint features: plain data. */
export interface MixtureHead {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  readonly layers: readonly LayerSpec[];
  readonly classes: number;
}

export interface MixtureHeadOptions {
  readonly seed?: number;
  /** 200. */
  readonly epochs?: number;
  /** Strength of the penalty on weights; 0.001. */
  readonly l2?: number;
}

/**
 * A softmax over joint features that is fitted to known shares: cross-entropy against the shares themselves, so that its
 * outputs are shares and their order names the causes.
 * @param features - n × d of mixtures whose shares are known, of another seed than those it is judged on.
 * @param shares - n × K, rows add up to 1.
 * @throws RangeError when shapes disagree or a value is not finite.
 */
export async function fitMixtureHead(
  features: Matrix,
  shares: Matrix,
  { seed = 1, epochs = 200, l2 = 1e-3 }: MixtureHeadOptions = {},
): Promise<MixtureHead> {
  checkRows('features', features, 2);
  checkFinite('features', features);
  if (shares.rows !== features.rows)
    throw new RangeError(`shares must have ${features.rows} rows like features, but has ${shares.rows}`);
  for (let i = 0; i < shares.rows; i++) {
    const sum = row(shares, i).reduce((total, share) => total + share, 0);
    if (Math.abs(sum - 1) > 1e-6)
      throw new RangeError(`shares must add up to 1 in each row, but row ${i} adds up to ${sum}`);
  }
  const mean = columnMeans(features);
  const deviation = columnDeviations(features, mean).map((s) => (s > 1e-9 ? s : 1));
  const start = dense(
    'shares',
    features.cols,
    shares.cols,
    new Float32Array(features.cols * shares.cols),
    'softmax',
  );
  const { layers } = await fitLayers([start], centre(features, mean, deviation), shares, {
    ...{ seed, epochs, l2, batchSize: 64, loss: 'categoricalCrossentropy' },
    optimizer: { kind: 'adam', learningRate: 0.005 },
  });
  return { mean, deviation, layers, classes: shares.cols };
}

/** The shares of new samples: m × K, rows add up to 1. */
export function mixtureShares(head: MixtureHead, features: Matrix): Matrix {
  checkColumns('features', features, head.mean.length);
  const Z = centre(features, head.mean, head.deviation);
  const [layer] = head.layers;
  if (layer.kind !== 'dense')
    throw new TypeError(`head must be one dense layer, but starts with ${layer.kind}`);
  const out = matrix(Z.rows, head.classes);
  for (let i = 0; i < Z.rows; i++) {
    const scores = row(out, i);
    for (let k = 0; k < head.classes; k++) scores[k] = layer.bias[k];
    for (let j = 0; j < Z.cols; j++)
      for (let k = 0; k < head.classes; k++)
        scores[k] += Z.data[i * Z.cols + j] * layer.weights[j * head.classes + k];
    toShares(scores);
  }
  return out;
}

/** Softmax in place. */
function toShares(scores: Float64Array): void {
  const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let k = 0; k < scores.length; k++) sum += scores[k] = exp(scores[k] - most);
  for (let k = 0; k < scores.length; k++) scores[k] /= sum;
}

/** Rows of the same particle averaged. */
export interface ByParticle {
  /** In the order in which they first appear. */
  readonly particles: readonly string[];
  /** particles × K. */
  readonly values: Matrix;
  /** The first row of each particle. */
  readonly first: Int32Array;
}

/**
 * Means over the fields of each particle: what is known of a particle is known from all its fields.
 * @param values - n × K. @param particles - n names.
 */
export function meanByParticle(values: Matrix, particles: readonly string[]): ByParticle {
  if (particles.length !== values.rows)
    throw new RangeError(`particles must name ${values.rows} rows like values, but name ${particles.length}`);
  const names = [...new Set(particles)];
  const members = names.map((name) => particles.flatMap((other, i) => (other === name ? [i] : [])));
  const out = matrix(names.length, values.cols);
  members.forEach((rows, p) => {
    for (const i of rows)
      for (let k = 0; k < values.cols; k++)
        out.data[p * values.cols + k] += values.data[i * values.cols + k] / rows.length;
  });
  return { particles: names, values: out, first: Int32Array.from(members, ([i]) => i) };
}
