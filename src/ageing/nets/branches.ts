import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import { CHANNELS } from '../prepare.js';
import { convolve1d, convolve2d, residual2d, through } from './blocks.js';
import { wavenumberEncoding } from './wavenumber-encoding.js';

/** Length of a token of either side. */
export const WIDTH = 48;
/** Tokens along a side of a micrograph: each stands for an eighth of it. */
export const GRID = 8;
/** Points of a spectrum that one token stands for. */
export const POINTS_PER_TOKEN = 8;

export interface Branch {
  readonly input: tf.SymbolicTensor;
  /** n × tokens × WIDTH. */
  readonly tokens: tf.SymbolicTensor;
}

/** A small residual network: a micrograph of size × size into 8 × 8 tokens. Its last convolution is `image_3_sum`. */
export function imageBranch(size: number): Branch {
  const { input, layers } = tensorflow();
  const image = input({ shape: [size, size, 1], name: 'image' });
  const halve = (name: string) => layers.maxPooling2d({ poolSize: 2, name });
  let x = convolve2d(image, 'image_0', 16, 5, 2);
  if (size / GRID > 8) x = through(x, halve('image_half'));
  x = residual2d(x, 'image_1', 24);
  x = residual2d(through(x, halve('image_quarter')), 'image_2', 32);
  x = residual2d(through(x, halve('image_eighth')), 'image_3', WIDTH);
  const rest = x.shape[1]! / GRID;
  if (rest > 1) x = through(x, layers.averagePooling2d({ poolSize: rest, name: 'image_rest' }));
  const tokens = through(x, layers.reshape({ targetShape: [GRID * GRID, WIDTH], name: 'image_tokens' }));
  return { input: image, tokens };
}

/**
 * Convolutions along a spectrum, into tokens of eight points that know their wavenumber.
 * @param axis - wavenumbers of the points, in cm⁻¹.
 */
export function spectrumBranch(axis: Float64Array): Branch {
  const { input, layers } = tensorflow();
  const spectrum = input({ shape: [axis.length, CHANNELS], name: 'spectrum' });
  let x = convolve1d(spectrum, 'spectrum_1', 24, 9);
  x = convolve1d(
    through(x, layers.maxPooling1d({ poolSize: 2, name: 'spectrum_half' })),
    'spectrum_2',
    32,
    7,
  );
  x = convolve1d(
    through(x, layers.maxPooling1d({ poolSize: 2, name: 'spectrum_quarter' })),
    'spectrum_3',
    WIDTH,
    5,
  );
  x = through(x, layers.maxPooling1d({ poolSize: 2, name: 'spectrum_eighth' }));
  const tokens = through(
    x,
    wavenumberEncoding({ wavenumbers: tokenCentres(axis), name: 'spectrum_places' }),
    layers.dense({ units: WIDTH, activation: 'relu', name: 'spectrum_tokens' }),
  );
  return { input: spectrum, tokens };
}

/** The middle of each token's range. */
export function tokenCentres(axis: Float64Array): number[] {
  const centres: number[] = [];
  for (let from = 0; from + POINTS_PER_TOKEN <= axis.length; from += POINTS_PER_TOKEN)
    centres.push((axis[from] + axis[from + POINTS_PER_TOKEN - 1]) / 2);
  return centres;
}
