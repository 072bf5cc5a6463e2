import { createHash } from 'node:crypto';
import type { AgeingSet } from './generate.js';

/** SHA-256 over all frames, masks and spectra of a set, as hexadecimal digits: equal for equal bits. */
export function fingerprint({ images, spectra }: AgeingSet): string {
  const hash = createHash('sha256');
  for (const part of [images.frames, images.marks, spectra.Y.data])
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  return hash.digest('hex');
}
