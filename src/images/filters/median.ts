import { checkWhole } from '../../numeric/check.js';
import { type Grey, withGrey } from '../micrograph.js';

/**
 * Takes away specks: each pixel becomes the median of the square around it. Edges stay sharp; at the
 * border the nearest pixel is repeated.
 * @param options.radius - the square is 2 · radius + 1 pixels wide; default 1, at most 10.
 */
export function medianFilter<M extends Grey>(image: M, { radius = 1 }: { radius?: number } = {}): M {
  checkWhole('radius', radius, 1, 10);
  const { width, height, grey } = image;
  const side = 2 * radius + 1;
  const square = new Float32Array(side * side);
  const columns = Int32Array.from({ length: width + 2 * radius }, (_, i) => nearest(i - radius, width));
  const rows = Int32Array.from({ length: height + 2 * radius }, (_, i) => nearest(i - radius, height));
  const out = new Float32Array(grey.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      for (let dy = 0, k = 0; dy < side; dy++)
        for (let dx = 0; dx < side; dx++, k++) square[k] = grey[rows[y + dy] * width + columns[x + dx]];
      out[y * width + x] = middle(square);
    }
  return withGrey(image, out);
}

const nearest = (i: number, n: number): number => Math.min(Math.max(i, 0), n - 1);

/** The median of an odd number of values, which it puts in another order (Hoare's selection). */
function middle(values: Float32Array): number {
  const k = values.length >> 1;
  for (let low = 0, high = values.length - 1; low < high; ) {
    const pivot = values[k];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const held = values[i];
      values[i++] = values[j];
      values[j--] = held;
    }
    if (j < k) low = i;
    if (k < i) high = j;
  }
  return values[k];
}
