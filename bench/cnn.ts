import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs-node';
import { attention } from '../src/graph/layers/attention.js';
import { initialise } from '../src/models/initialise.js';
import { random } from '../src/numeric/random.js';
import { tensorflow } from '../src/numeric/tensorflow.js';
import { floats } from './mixture.js';

export const CLASSES = 7;
const POINTS = 1800;

/**
 * Writes synthetic pairs of an image (size × size) and a spectrum (1,800 points) of seven classes, seeded:
 * images.f32, spectra.f32 and classes.f32, where our side and the peers read them.
 */
export function writePairs(folder: string, rows: number, size: number): void {
  const draw = random('bench pairs');
  const images = new Float32Array(rows * size * size);
  const spectra = new Float32Array(rows * POINTS);
  const classes = Float32Array.from({ length: rows }, () => draw.integer(CLASSES));
  classes.forEach((label, i) => {
    const period = 4 + label;
    for (let k = 0; k < size * size; k++)
      images[i * size * size + k] = draw.uniform() + 0.5 * Number((k % size) % period < 2);
    const centre = 200 + 220 * label;
    for (let k = 0; k < POINTS; k++)
      spectra[i * POINTS + k] = draw.uniform() + Number(Math.abs(k - centre) < 40);
  });
  writeFileSync(join(folder, 'images.f32'), images);
  writeFileSync(join(folder, 'spectra.f32'), spectra);
  writeFileSync(join(folder, 'classes.f32'), classes);
}

/** The same pairs back. */
export function readPairs(folder: string): { x: Float32Array[]; classes: Float32Array; size: number } {
  const [images, spectra, classes] = ['images', 'spectra', 'classes'].map((name) =>
    floats(join(folder, `${name}.f32`)),
  );
  return { x: [images, spectra], classes, size: Math.sqrt(images.length / classes.length) };
}

/** Convolutions 16-32-64 on the image, 16-32 on the spectrum, perhaps attention between them, and seven classes. */
export function twoBranches(size: number, withAttention = false): tf.LayersModel {
  const { layers, input, model } = tensorflow();
  const image = input({ shape: [size, size, 1], name: 'image' });
  const spectrum = input({ shape: [POINTS, 1], name: 'spectrum' });
  const conv = (filters: number, kernelSize: number) => ({
    ...{ filters, kernelSize, padding: 'same' as const, activation: 'relu' as const },
  });
  const pool2d = () => layers.maxPooling2d({ poolSize: 2 });
  const pool1d = () => layers.maxPooling1d({ poolSize: 2 });
  const a = through(image, [
    ...[layers.conv2d(conv(16, 3)), pool2d(), layers.conv2d(conv(32, 3)), pool2d()],
    layers.conv2d(conv(64, 3)),
  ]);
  const b = through(spectrum, [layers.conv1d(conv(16, 7)), pool1d(), layers.conv1d(conv(32, 5)), pool1d()]);
  const parts = [
    through(a, [layers.globalAveragePooling2d({})]),
    through(b, [layers.globalAveragePooling1d()]),
  ];
  if (withAttention) {
    const queries = through(a, [
      layers.averagePooling2d({ poolSize: 2 }),
      layers.reshape({ targetShape: [-1, 64] }),
    ]);
    const values = through(b, [layers.averagePooling1d({ poolSize: 9 })]);
    const met = attention({ heads: 4, keyDim: 16 }).apply([queries, values]) as tf.SymbolicTensor;
    parts.push(through(met, [layers.globalAveragePooling1d()]));
  }
  const joined = layers.concatenate().apply(parts) as tf.SymbolicTensor;
  const outputs = through(joined, [layers.dense({ units: CLASSES, activation: 'softmax' })]);
  return initialise(model({ inputs: [image, spectrum], outputs }), 0);
}

const through = (start: tf.SymbolicTensor, layers: readonly tf.layers.Layer[]): tf.SymbolicTensor =>
  layers.reduce((value, layer) => layer.apply(value) as tf.SymbolicTensor, start);
