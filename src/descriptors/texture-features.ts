import type { Micrograph } from '../images/micrograph.js';
import { textureDescriptors } from '../images/texture/texture.js';
import { mapOnWorkers, type PoolOptions } from '../numeric/workers.js';
import type { Features } from './features.js';

/** Micrographs that one task of a worker thread takes. */
const BATCH = 16;

/**
 * Texture descriptors of many micrographs, on worker threads; the same bits for any number of them.
 * @param images - n micrographs.
 * @throws RangeError when a micrograph is too small.
 */
export async function textureFeatures(
  images: readonly Micrograph[],
  pool: PoolOptions = {},
): Promise<Features> {
  if (images.length === 0) throw new RangeError('images must hold at least one micrograph, but is empty');
  const batches = Array.from({ length: Math.ceil(images.length / BATCH) }, (_, b) =>
    images.slice(b * BATCH, (b + 1) * BATCH),
  );
  const described = await mapOnWorkers<readonly Micrograph[], Described>(
    import.meta.url,
    'describeBatch',
    batches,
    pool,
  );
  const names = described[0].names;
  const data = new Float64Array(images.length * names.length);
  described.forEach((batch, b) => {
    data.set(batch.values, b * BATCH * names.length);
  });
  return {
    ids: images.map(({ particle }, i) => particle || `micrograph ${i + 1}`),
    names,
    groups: names.map((name) => name.split(/[ _]/)[0]),
    values: { rows: images.length, cols: names.length, data },
  };
}

interface Described {
  readonly names: readonly string[];
  readonly values: Float64Array;
}

/** What a worker thread does. */
export function describeBatch(images: readonly Micrograph[]): Described {
  const described = images.map(textureDescriptors);
  return { names: Object.keys(described[0]), values: Float64Array.from(described.flatMap(Object.values)) };
}
