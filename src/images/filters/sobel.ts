import type { Grey } from '../micrograph.js';
import { separable } from './separable.js';

const DIFFERENCE = Float64Array.of(-1, 0, 1);
const WEIGHTS = Float64Array.of(1, 2, 1);

/** Sobel's derivatives down and across, not divided by the sum of their weights (8). */
export function sobel({ grey, width }: Grey): { down: Float32Array; across: Float32Array } {
  return {
    down: separable(grey, width, DIFFERENCE, WEIGHTS),
    across: separable(grey, width, WEIGHTS, DIFFERENCE),
  };
}
