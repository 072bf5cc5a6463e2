import type { AgeingSet } from '../../data/synthetic-ageing/generate.js';
import { TYPES } from '../../data/synthetic-ageing/world.js';
import { texts } from '../frames/table.js';
import type { AgeingSamples } from './samples.js';

/** A synthetic set as samples, without info bars. Types are known in the part `single` only. */
export function syntheticSamples({ samples, images, spectra }: AgeingSet): AgeingSamples {
  const words = (name: string): string[] => texts(samples, name).map((text) => text ?? '');
  const types = samples.columns.has('type') ? words('type') : words('sample').map(() => '');
  const n = samples.rows;
  return {
    ids: words('sample'),
    particles: words('particle'),
    batches: words('batch'),
    polymers: words('polymer'),
    classes: TYPES,
    types: Int32Array.from(types, (type) => (TYPES as readonly string[]).indexOf(type)),
    images: {
      size: images.size,
      values: greyValues(images.frames, images.size, images.size + images.infoBarRows),
      present: new Uint8Array(n).fill(1),
      micronsPerPixel: images.micronsPerPixel,
    },
    spectra: {
      wavenumbers: spectra.x,
      values: Float32Array.from(spectra.Y.data),
      present: new Uint8Array(n).fill(1),
    },
    synthetic: true,
  };
}

/** Fields of size × size out of frames that are `height` rows high, 0 … 1. */
function greyValues(frames: Uint8Array, size: number, height: number): Float32Array {
  const n = frames.length / (size * height);
  const values = new Float32Array(n * size * size);
  for (let i = 0; i < n; i++) {
    const frame = frames.subarray(i * size * height, i * size * height + size * size);
    for (let k = 0; k < frame.length; k++) values[i * size * size + k] = frame[k] / 255;
  }
  return values;
}
