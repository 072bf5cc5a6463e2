import assert from 'node:assert/strict';
import { test } from 'node:test';
import { augmentImage } from '../../src/graph/data/augment-image.js';
import { augmentSpectrum } from '../../src/graph/data/augment-spectrum.js';
import type { ImageAugmentation, SpectrumAugmentation } from '../../src/graph/data/augmentation.js';
import { random } from '../../src/numeric/random.js';
import { normals } from './nets.js';

const image = normals(5 * 4 * 2, 'image');
const spectrum = normals(30, 'spectrum');

function varied(settings: Omit<ImageAugmentation, 'kind'>, seed = 1, source = image): Float32Array {
  const target = new Float32Array(source.length);
  augmentImage(source, target, [5, 4, 2], { kind: 'image', ...settings }, random(seed));
  return target;
}

function moved(settings: Omit<SpectrumAugmentation, 'kind'>, seed = 1, source = spectrum): Float32Array {
  const target = new Float32Array(source.length);
  augmentSpectrum(source, target, [30, 1], { kind: 'spectrum', ...settings }, random(seed));
  return target;
}

test('nothing asked for changes nothing', () => {
  assert.deepEqual(varied({}), image);
  assert.deepEqual(moved({}), spectrum);
});

test('a flip keeps every number, and mirrors about half of the images', () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => varied({ flip: 'horizontal' }, seed));
  const mirrored = image.map((_, k) => image[k - (k % 8) + (6 - ((k % 8) - (k % 2))) + (k % 2)]);
  const kinds = seeds.map((one) =>
    [image, mirrored].findIndex((known) => known.every((v, k) => v === one[k])),
  );
  assert.ok(!kinds.includes(-1));
  const flipped = kinds.filter((kind) => kind === 1).length;
  assert.ok(flipped > 8 && flipped < 32, `${flipped} of 40`);
});

test('turning and cropping stay within the range of an image, and leave an even one as it is', () => {
  for (let seed = 0; seed < 20; seed++) {
    const result = varied({ rotate: 45, crop: 0.5, flip: 'both' }, seed);
    assert.ok(Math.min(...result) >= Math.min(...image) && Math.max(...result) <= Math.max(...image));
    const even = varied({ rotate: 45, crop: 0.5 }, seed, new Float32Array(40).fill(0.25));
    assert.ok(even.every((value) => Math.abs(value - 0.25) < 1e-7));
  }
});

test('brightness adds one number to all, contrast keeps the mean', () => {
  const added = varied({ brightness: 0.5 }).map((value, k) => value - image[k]);
  assert.ok(added.every((value) => Math.abs(value - added[0]) < 1e-6) && Math.abs(added[0]) <= 0.5);
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const contrasted = varied({ contrast: 0.5 });
  assert.ok(Math.abs(mean(contrasted) - mean(image)) < 1e-6);
  assert.notDeepEqual(contrasted, image);
});

test('a spectrum moves by no more than asked, its baseline stays within its bounds', () => {
  const ramp = Float32Array.from({ length: 30 }, (_, i) => i);
  for (let seed = 0; seed < 20; seed++) {
    const shifted = moved({ shift: 2 }, seed, ramp);
    const by = shifted[15] - 15;
    assert.ok(Math.abs(by) <= 2);
    for (let i = 3; i < 27; i++) assert.ok(Math.abs(shifted[i] - i - by) < 1e-5);
    const lifted = moved({ baseline: 0.3 }, seed).map((value, i) => value - spectrum[i]);
    assert.ok(lifted.every((value) => Math.abs(value) <= 0.3 + 1e-6));
  }
});

test('noise has the deviation that is asked for', () => {
  const flat = new Float32Array(30);
  const values = Array.from({ length: 100 }, (_, seed) => [...moved({ noise: 0.2 }, seed, flat)]).flat();
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  assert.ok(Math.abs(deviation - 0.2) < 0.01, `${deviation}`);
});
