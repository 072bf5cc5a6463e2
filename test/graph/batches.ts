import type { BatchRequest, MadeBatch } from '../../src/graph/data/source.js';

/** Slices of rows of six, one behind the other: what a thread imports. */
export const sliced =
  ({ x, y, size }: { x: Float32Array; y: Int32Array; size: number }) =>
  ({ batch }: BatchRequest): MadeBatch => ({
    x: x.slice(6 * size * batch, 6 * size * (batch + 1)),
    y: y.slice(size * batch, size * (batch + 1)),
  });
