import { texts } from '../../src/frames/table.js';
import { type Micrograph, micrograph } from '../../src/images/micrograph.js';
import type { AgeingSet } from './generate.js';

/** All frames of a synthetic set as micrographs, each with its info bar, pixel size and particle. */
export function ageingMicrographs({ images, samples }: AgeingSet): Micrograph[] {
  const { size, infoBarRows, frames, micronsPerPixel } = images;
  const height = size + infoBarRows;
  return texts(samples, 'particle').map((particle, i) =>
    micrograph(size, height, frames.subarray(i * size * height, (i + 1) * size * height), {
      ...{ infoBarRows, micronsPerPixel: micronsPerPixel[i], particle: particle ?? '' },
      ...{ instrument: 'synthetic', metadata: { origin: 'synthetic' } },
    }),
  );
}
