import { log } from '../../numeric/elementary.js';
import type { Grey } from '../micrograph.js';

/**
 * Fractal dimension of the grey surface, 2 (flat) to 3 (filling): how the number of boxes that it takes grows as they
 * get smaller. Boxes are s × s pixels, s = 2, 4, 8 … up to a quarter of the shorter side, and as high in proportion.
 *
 * Differential box counting: Sarkar & Chaudhuri (1994), doi:10.1109/21.259692
 * @throws RangeError when a side is shorter than 16 pixels.
 */
export function fractalDimension(image: Grey): number {
  const shorter = Math.min(image.width, image.height);
  if (shorter < 16) throw new RangeError(`image must be at least 16 pixels a side, but is ${shorter}`);
  const points: [number, number][] = [];
  for (let side = 2; side <= shorter / 4; side *= 2)
    points.push([log(shorter / side), log(countBoxes(image, side, side / shorter))]);
  return slope(points);
}

/** Boxes that the surface touches, where each has a base of side × side and the given height. */
function countBoxes({ width, height, grey }: Grey, side: number, boxHeight: number): number {
  let boxes = 0;
  for (let top = 0; top + side <= height; top += side)
    for (let left = 0; left + side <= width; left += side) {
      let [low, high] = [1, 0];
      for (let y = top; y < top + side; y++)
        for (let x = left; x < left + side; x++) {
          const value = grey[y * width + x];
          if (value < low) low = value;
          if (value > high) high = value;
        }
      boxes += Math.floor(high / boxHeight) - Math.floor(low / boxHeight) + 1;
    }
  // A fraction of a tile at the edge counts by its area.
  return boxes * ((width * height) / (Math.floor(width / side) * Math.floor(height / side) * side * side));
}

function slope(points: readonly (readonly [number, number])[]): number {
  const n = points.length;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return above / points.reduce((sum, [x]) => sum + (x - meanX) * (x - meanX), 0);
}
