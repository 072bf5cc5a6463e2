import { bandAreas, beside, componentsFrom, normalisedShapes } from '../descriptors/spectrum-features.js';
import { textureFeatures } from '../descriptors/texture-features.js';
import { micrograph } from '../images/micrograph.js';
import { forestProbabilities } from '../models/classical/forest.js';
import { fitForestOnThreads } from '../models/classical/forest-threads.js';
import { type Matrix, takeRows } from '../numeric/matrix.js';
import type { PoolOptions } from '../numeric/workers.js';
import { type AgeingSamples, sampleCount } from './samples.js';

/** What a forest learns from: n × texture descriptors and n × band areas, with the shapes that components are taken of. */
export interface AgeingDescriptors {
  readonly texture: Matrix;
  readonly areas: Matrix;
  readonly shapes: Matrix;
}

/**
 * Texture descriptors of the micrographs, band areas and shapes of the spectra.
 * @throws RangeError when a sample lacks a side: a forest needs both.
 */
export async function describeAgeing(
  samples: AgeingSamples,
  pool: PoolOptions = {},
): Promise<AgeingDescriptors> {
  const { images, spectra, ids, particles } = samples;
  const lacking = ids.findIndex((_, i) => !images.present[i] || !spectra.present[i]);
  if (lacking >= 0)
    throw new RangeError(
      `a forest on descriptors needs both sides of every sample, but "${ids[lacking]}" lacks one; leave it out`,
    );
  const pixels = images.size ** 2;
  const pictures = ids.map((_, i) =>
    micrograph(images.size, images.size, images.values.subarray(i * pixels, (i + 1) * pixels), {
      micronsPerPixel: Number.isFinite(images.micronsPerPixel[i]) ? images.micronsPerPixel[i] : null,
      particle: particles[i],
    }),
  );
  const Y = {
    rows: sampleCount(samples),
    cols: spectra.wavenumbers.length,
    data: Float64Array.from(spectra.values),
  };
  const { values: texture } = await textureFeatures(pictures, pool);
  return { texture, areas: bandAreas({ x: spectra.wavenumbers, Y }), shapes: normalisedShapes(Y) };
}

/** Probabilities for the test rows of a forest that was fitted on the training rows: m × classes. */
export async function forestAgeing(
  { texture, areas, shapes }: AgeingDescriptors,
  types: Int32Array,
  { train, test }: { readonly train: Int32Array; readonly test: Int32Array },
  { seed, classes, ...pool }: PoolOptions & { readonly seed: number; readonly classes: number },
): Promise<Matrix> {
  const X = beside(texture, beside(areas, componentsFrom(shapes, train)));
  const y = Array.from(train, (i) => types[i]);
  const features = Math.round(0.4 * X.cols);
  const forest = await fitForestOnThreads(takeRows(X, train), y, {
    ...{ seed, trees: 200, features, minimumLeaf: 2, classes },
    ...pool,
  });
  return forestProbabilities(forest, takeRows(X, test));
}
