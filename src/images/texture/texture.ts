import { gaussian } from '../filters/gaussian.js';
import { crop, type Grey, type Micrograph } from '../micrograph.js';
import { cracks } from './cracks.js';
import { fractalDimension } from './fractal.js';
import { gaborEnergies } from './gabor.js';
import { coOccurrence, glcmProperties } from './glcm.js';
import { localBinaryPatterns } from './lbp.js';
import { orientation } from './orientation.js';
import { pores } from './pores.js';

/** Named numbers that describe a surface. */
export type Texture = Readonly<Record<string, number>>;

/**
 * Texture descriptors of a micrograph without its info bar, at three scales: grey values, co-occurrence, local binary
 * patterns, Gabor energies, orientation, fractal dimension, cracks, bright strands, pores. Grey values are first brought
 * to mean 0.5 and standard deviation 0.15, so that brightness and contrast of the session do not enter, save as `mean`
 * and `contrast`. Names ending in `_um` are in µm, `_per_um` in µm⁻¹, in pixels where the scale is not known.
 * @throws RangeError when a side is shorter than 32 pixels.
 */
export function textureDescriptors(image: Micrograph): Texture {
  const field = crop(image, { height: image.height - image.infoBarRows });
  if (Math.min(field.width, field.height) < 32)
    throw new RangeError(
      `image must be at least 32 pixels a side without its info bar, but is ${field.width} × ${field.height}`,
    );
  const { mean, deviation } = moments(field.grey);
  const even = standardised(field, mean, deviation);
  return {
    ...{ mean, contrast: deviation, fractal: fractalDimension(gaussian(even, 1)) },
    ...scaleDescriptors(even, 0.7, ''),
    ...scaleDescriptors(gaussian(even, 1.5), 0.7, ' at 1.5 px'),
    ...scaleDescriptors(gaussian(even, 3), 0.7, ' at 3 px'),
    ...patterns(even),
    ...gabors(even),
    ...structures(field, deviation),
  };
}

function moments(values: Float32Array): { mean: number; deviation: number } {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / values.length - mean * mean)) };
}

function standardised(image: Micrograph, mean: number, deviation: number): Micrograph {
  const gain = 0.15 / Math.max(deviation, 1e-6);
  return { ...image, grey: image.grey.map((value) => 0.5 + gain * (value - mean)) };
}

/** Spread, skewness, tails and orientation of the smoothed picture. */
function scaleDescriptors(image: Grey, sigma: number, at: string): Texture {
  const { mean, deviation } = moments(image.grey);
  let [third, fourth] = [0, 0];
  for (const value of image.grey) {
    const z = (value - mean) / Math.max(deviation, 1e-9);
    third += z * z * z;
    fourth += z * z * z * z;
  }
  const { coherence, localCoherence } = orientation(image, { sigma: 2 + sigma });
  const n = image.grey.length;
  return {
    [`spread${at}`]: deviation,
    [`skewness${at}`]: third / n,
    [`kurtosis${at}`]: fourth / n,
    [`coherence${at}`]: coherence,
    [`local coherence${at}`]: localCoherence,
  };
}

/** Co-occurrence over four directions, mean and range, and local binary patterns. */
function patterns(even: Grey): Texture {
  const out: Record<string, number> = {};
  const smooth = gaussian(even, 0.7);
  for (const distance of [1, 2, 4, 8]) {
    const steps = [
      [0, 1],
      [1, 1],
      [1, 0],
      [1, -1],
    ].map(([dy, dx]) => [dy * distance, dx * distance] as const);
    const each = steps.map((step) => glcmProperties(coOccurrence(smooth, step)));
    for (const name of ['contrast', 'homogeneity', 'energy', 'correlation'] as const) {
      const values = each.map((properties) => properties[name]);
      out[`glcm ${name} ${distance} px`] = values.reduce((a, b) => a + b, 0) / values.length;
      out[`glcm ${name} range ${distance} px`] = Math.max(...values) - Math.min(...values);
    }
  }
  for (const radius of [1, 2]) {
    const shares = localBinaryPatterns(gaussian(even, 0.7 * radius), { radius });
    shares.forEach((share, k) => {
      out[`lbp ${k} at ${radius} px`] = share;
    });
  }
  return out;
}

function gabors(even: Grey): Texture {
  const out: Record<string, number> = {};
  for (const frequency of [0.15]) {
    const energies = gaborEnergies(even, frequency);
    const mean = energies.reduce((a, b) => a + b, 0) / energies.length;
    out[`gabor ${frequency}`] = mean;
    out[`gabor range ${frequency}`] = Math.max(...energies) - Math.min(...energies);
  }
  return out;
}

/** Cracks, bright strands and pores, with thresholds that follow the contrast of the picture. */
function structures(field: Micrograph, deviation: number): Texture {
  const { micronsPerPixel } = field;
  const sigmas = [1.5, 2.5];
  const dark = cracks(field, { micronsPerPixel, sigmas, threshold: Math.max(deviation, 0.01) });
  const bright = cracks(field, {
    micronsPerPixel,
    sigmas,
    threshold: Math.max(deviation, 0.01),
    dark: false,
  });
  const holes = pores(field, { micronsPerPixel, depth: Math.max(deviation, 0.01) });
  return {
    crack_density_per_um: dark.density,
    crack_width_um: dark.width,
    strand_density_per_um: bright.density,
    strand_width_um: bright.width,
    pores_per_um2: holes.density,
    pore_diameter_um: holes.diameter,
    pore_cover: holes.cover,
  };
}
