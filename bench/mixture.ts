import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Matrix } from '../src/numeric/matrix.js';
import { random } from '../src/numeric/random.js';

/** Rows from `classes` clouds, each stretched along eight directions of its own. */
export function mixture(n: number, d: number, classes: number): { X: Float32Array; labels: Int32Array } {
  const r = random('mixture');
  const centres = Float64Array.from({ length: classes * d }, () => 0.8 * r.normal());
  const stretch = Float64Array.from({ length: classes * d * 8 }, () => 0.8 * r.normal());
  const labels = Int32Array.from({ length: n }, () => r.integer(classes));
  const X = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const along = Float64Array.from({ length: 8 }, () => r.normal());
    for (let j = 0; j < d; j++) {
      const row = labels[i] * d + j;
      let x = centres[row] + 0.5 * r.normal();
      for (let e = 0; e < 8; e++) x += stretch[8 * row + e] * along[e];
      X[i * d + j] = x;
    }
  }
  return { X, labels };
}

/** Writes the rows as X.f32 and the labels as labels.i32, where our side and the peers read them. */
export function writeMixture(folder: string, n: number, d: number, classes: number): void {
  const { X, labels } = mixture(n, d, classes);
  writeFileSync(join(folder, 'X.f32'), new Uint8Array(X.buffer));
  writeFileSync(join(folder, 'labels.i32'), new Uint8Array(labels.buffer));
}

/** Reads what `writeMixture` wrote. */
export function readMixture(folder: string, d: number): { X: Matrix; labels: string[] } {
  const data = Float64Array.from(floats(join(folder, 'X.f32')));
  const bytes = readFileSync(join(folder, 'labels.i32'));
  const labels = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return { X: { rows: data.length / d, cols: d, data }, labels: Array.from(labels, String) };
}

/** A file of 32-bit floats. */
export function floats(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}
