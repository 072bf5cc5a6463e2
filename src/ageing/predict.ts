import type * as tf from '@tensorflow/tfjs-node';
import { exp, log } from '../numeric/elementary.js';
import type { Matrix } from '../numeric/matrix.js';
import { tensorflow } from '../numeric/tensorflow.js';
import { type AgeingModel, looksAt } from './model.js';
import { FEATURE } from './nets/net.js';
import { prepare } from './prepare.js';
import { type AgeingSamples, sampleCount, takeSamples } from './samples.js';
import { inputsOf } from './train.js';

/** What a network says of n samples. */
export interface AgeingPrediction {
  /** n × classes. */
  readonly probabilities: Matrix;
  /** n × 64 joint features, for maps and distances. */
  readonly features: Matrix;
  /** What each side alone says, n × classes, where the net looks at both. */
  readonly sides?: { readonly image: Matrix; readonly spectrum: Matrix };
}

const ROWS = 64; // at a time: their activations fit into memory whatever n is

/**
 * Probabilities of the types and joint features. A sample whose micrograph or spectrum is missing is answered from the
 * other; one without any side that the net looks at is refused.
 * @throws RangeError when the samples are not of the size and axis that the model takes.
 */
export function predictAgeing(model: AgeingModel, samples: AgeingSamples): AgeingPrediction {
  checkSamples(model, samples);
  const n = sampleCount(samples);
  const whole = tensorflow().model({
    inputs: model.net.inputs,
    outputs: [...model.net.outputs, model.net.getLayer(FEATURE).output as tf.SymbolicTensor],
  });
  const widths = whole.outputs.map(({ shape }) => shape[1]!);
  const matrices = widths.map((cols): Matrix => ({ rows: n, cols, data: new Float64Array(n * cols) }));
  for (let from = 0; from < n; from += ROWS) {
    const rows = Array.from({ length: Math.min(ROWS, n - from) }, (_, i) => from + i);
    const values = outputsOf(whole, model, takeSamples(samples, rows));
    values.forEach((block, k) => {
      (matrices[k].data as Float64Array).set(block, from * widths[k]);
    });
  }
  const [probabilities, image, spectrum] = matrices;
  const features = matrices.at(-1)!;
  return matrices.length === 4
    ? { probabilities, features, sides: { image, spectrum } }
    : { probabilities, features };
}

function outputsOf(
  whole: tf.LayersModel,
  { kind, points }: AgeingModel,
  samples: AgeingSamples,
): Float32Array[] {
  const { tensor, tidy } = tensorflow();
  const n = sampleCount(samples);
  return tidy(() => {
    const inputs = inputsOf(prepare(samples, points), kind).map((values, i) =>
      tensor(values, [n, ...(whole.inputs[i].shape.slice(1) as number[])]),
    );
    const outputs = [whole.predict(inputs, { batchSize: n })].flat();
    return outputs.map((output) => output.dataSync() as Float32Array);
  });
}

function checkSamples(
  { kind, size, wavenumbers }: AgeingModel,
  { images, spectra, ids }: AgeingSamples,
): void {
  if (looksAt(kind, 'image') && images.size !== size)
    throw new RangeError(
      `samples must have micrographs of ${size} × ${size} pixels, as the model was trained on, but have ${images.size} × ${images.size}; resize them`,
    );
  const axis = spectra.wavenumbers;
  if (
    looksAt(kind, 'spectrum') &&
    (axis.length !== wavenumbers.length || axis.some((x, k) => Math.abs(x - wavenumbers[k]) > 1e-6))
  )
    throw new RangeError(
      `samples must have spectra of ${wavenumbers.length} points from ${wavenumbers[0]} to ${wavenumbers.at(-1)} cm⁻¹, as the model was trained on, but have ${axis.length} from ${axis[0]} to ${axis.at(-1)}; resample them`,
    );
  const blind = ids.findIndex(
    (_, i) =>
      !(looksAt(kind, 'image') && images.present[i]) && !(looksAt(kind, 'spectrum') && spectra.present[i]),
  );
  if (blind >= 0)
    throw new RangeError(
      `sample "${ids[blind]}" has nothing that a net of kind "${kind}" looks at; leave it out or take another model`,
    );
}

/**
 * One answer a particle: the geometric mean of what its samples say, given to each of its samples.
 * @param particles - n names. @param probabilities - n × classes.
 */
export function pooledByParticle(particles: readonly string[], probabilities: Matrix): Matrix {
  const { rows, cols, data } = probabilities;
  const sums = new Map<string, Float64Array>();
  particles.forEach((particle, i) => {
    const sum = sums.get(particle) ?? new Float64Array(cols);
    for (let k = 0; k < cols; k++) sum[k] += log(Math.max(1e-7, data[i * cols + k]));
    sums.set(particle, sum);
  });
  const counts = new Map<string, number>();
  for (const particle of particles) counts.set(particle, (counts.get(particle) ?? 0) + 1);
  const pooled = new Float64Array(rows * cols);
  particles.forEach((particle, i) => {
    const means = sums.get(particle)!.map((sum) => sum / counts.get(particle)!);
    const top = means.reduce((a, b) => Math.max(a, b));
    const shares = means.map((mean) => exp(mean - top));
    const total = shares.reduce((a, b) => a + b, 0);
    shares.forEach((share, k) => {
      pooled[i * cols + k] = share / total;
    });
  });
  return { rows, cols, data: pooled };
}
