import type { CrossAttention, PairProbe } from '../../src/ageing/probe.js';
import { type Matrix, matrix, row } from '../../src/numeric/matrix.js';

const TYPES = ['pristine', 'UV', 'thermal', 'chemical', 'physical', 'biological', 'freeze-thaw'];
export const SIZE = 8;
export const GRID = 4;
const PATCHES = GRID * GRID;
/** Twelve tokens of 300 cm⁻¹, each of three points. */
export const TOKENS = Array.from({ length: 12 }, (_, k) => [400 + 300 * k, 700 + 300 * k] as const);
const WAVENUMBERS = Float64Array.from({ length: 36 }, (_, j) => 450 + 100 * j);

/**
 * A model that is known to the last number: the probability of every class is 0.5 + `weights · row`, and attention looks
 * where it is told to.
 */
export function plantedProbe(
  weights: ArrayLike<number>,
  looks: (i: number) => { readonly patches: ArrayLike<number>; readonly tokens: ArrayLike<number> },
): PairProbe {
  return {
    ...{ types: TYPES, size: SIZE, wavenumbers: WAVENUMBERS, grid: GRID, tokens: TOKENS },
    probabilities: (rows) =>
      matrix(
        Array.from({ length: rows.rows }, (_, i) => {
          const p = 0.5 + row(rows, i).reduce((sum, x, j) => sum + x * weights[j], 0);
          return TYPES.map(() => p);
        }),
      ),
    features: (rows) => rows,
    attention: (rows) => planted(rows, looks),
    pathGradients: (rows) => summed(rows, weights),
    gradCam: (rows) => summed(rows, weights),
  };
}

function planted(rows: Matrix, looks: Parameters<typeof plantedProbe>[1]): CrossAttention {
  const toPatches = matrix(rows.rows, TOKENS.length * PATCHES);
  const toTokens = matrix(rows.rows, TOKENS.length * PATCHES);
  for (let i = 0; i < rows.rows; i++) {
    const { patches, tokens } = looks(i);
    for (let s = 0; s < TOKENS.length; s++)
      for (let p = 0; p < PATCHES; p++) {
        row(toPatches, i)[s * PATCHES + p] = tokens[s] > 1 ? patches[p] / sum(patches) : 1 / PATCHES;
        row(toTokens, i)[p * TOKENS.length + s] =
          patches[p] > 1 ? tokens[s] / sum(tokens) : 1 / TOKENS.length;
      }
  }
  return { toPatches, toTokens };
}

/** w · x over each region. */
function summed(rows: Matrix, weights: ArrayLike<number>) {
  const patches = matrix(rows.rows, PATCHES);
  const tokens = matrix(rows.rows, TOKENS.length);
  for (let i = 0; i < rows.rows; i++)
    for (let j = 0; j < rows.cols; j++) {
      const share = row(rows, i)[j] * weights[j];
      const pixel = j < SIZE * SIZE;
      const patch = Math.floor(j / SIZE / 2) * GRID + Math.floor((j % SIZE) / 2);
      if (pixel) row(patches, i)[patch] += share;
      else row(tokens, i)[Math.floor((j - SIZE * SIZE) / 3)] += share;
    }
  return { patches, tokens };
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
