import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dense, type LayerSpec } from '../src/models/layers.js';
import { type Matrix, matrix } from '../src/numeric/matrix.js';
import { type Random, random } from '../src/numeric/random.js';

const ROWS = 2900;
const COLUMNS = 40;

/** The rows of the two training tasks: X.f32 (2,900 × 40) and y.f32, a noisy, slightly bent boundary. */
export function writeRows(folder: string): void {
  const source = random('bench mlp');
  const w = Array.from({ length: COLUMNS }, () => source.normal());
  const X = Float32Array.from({ length: ROWS * COLUMNS }, () => source.normal());
  const y = Float32Array.from({ length: ROWS }, (_, i) => {
    const x = X.subarray(i * COLUMNS, (i + 1) * COLUMNS);
    const straight = w.reduce((sum, wj, j) => sum + wj * x[j], 0) / 4;
    return Number(straight + 0.8 * x[0] * x[1] + 0.5 * source.normal() > 0);
  });
  writeFileSync(join(folder, 'X.f32'), X);
  writeFileSync(join(folder, 'y.f32'), y);
}

/** The same rows back. */
export function readRows(folder: string): { X: Matrix; y: Float32Array } {
  const floats = (name: string) => new Float32Array(Uint8Array.from(readFileSync(join(folder, name))).buffer);
  return { X: matrix(ROWS, COLUMNS, floats('X.f32')), y: floats('y.f32') };
}

/** 40-64-32-1 with ReLU, dropout 0.2 and a sigmoid. */
export function mlp(seed: number): LayerSpec[] {
  const source = random(seed);
  return [
    dense('first', 40, 64, glorot(40, 64, source), 'relu'),
    { kind: 'dropout', name: 'drop first', rate: 0.2 },
    dense('second', 64, 32, glorot(64, 32, source), 'relu'),
    { kind: 'dropout', name: 'drop second', rate: 0.2 },
    dense('head', 32, 1, glorot(32, 1, source), 'sigmoid'),
  ];
}

function glorot(inputs: number, outputs: number, source: Random): Float32Array {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return Float32Array.from({ length: inputs * outputs }, () => limit * (2 * source.uniform() - 1));
}
