import type { Matrix } from './matrix.js';
import { arena, padded } from './wasm/arena.js';
import { distanceKernels } from './wasm/distances.js';

/** Rows at a time: a block of four columns of them stays in the nearest cache while the others pass over it. */
const PANEL = 128;

/** Where rows are centred: row i on `means` of its class. */
export interface Centres {
  /** k × d. */
  readonly means: Matrix;
  /** n numbers of classes, 0 … k − 1. */
  readonly classOf: Int32Array;
}

/** Products of the columns, `Zᵀ Z` (d × d), symmetric to the bit; of the rows less their centres where given. */
export function gram(Z: Matrix, centres?: Centres): Matrix {
  const { rows: n, cols: d, data } = Z;
  const ld = padded(d);
  const memory = arena();
  const kernels = distanceKernels(memory);
  const panel = memory.allocate(2 * PANEL * ld);
  const G = memory.allocate(2 * ld * ld);
  const zero = { means: { rows: 1, cols: d, data: new Float64Array(d) }, classOf: new Int32Array(n) };
  const rows = new Float64Array(memory.memory.buffer, panel, PANEL * ld);
  for (let from = 0; from < n; from += PANEL) {
    const m = Math.min(PANEL, n - from);
    putBlocks(rows, data, from, m, d, centres ?? zero);
    kernels.addGram(panel, m, ld, G);
  }
  return symmetric(new Float64Array(memory.memory.buffer, G, ld * ld), ld, d);
}

/** m centred rows of d numbers, the first number `from`, as blocks of four columns, one after another. */
function putBlocks(
  blocks: Float64Array,
  data: Float64Array,
  from: number,
  m: number,
  d: number,
  { means, classOf }: Centres,
): void {
  const centre = means.data;
  for (let i = 0, k = from * d; i < m; i++) {
    const of = classOf[from + i] * d - k;
    const end = k + d;
    for (let o = 4 * i; k < end; o += 4 * m - 4)
      for (const stop = Math.min(end, k + 4); k < stop; k++, o++) blocks[o] = data[k] - centre[of + k];
  }
}

/** The lower triangle on both sides. */
function symmetric(G: Float64Array, ld: number, d: number): Matrix {
  const data = new Float64Array(d * d);
  for (let a = 0; a < d; a++) for (let b = 0; b <= a; b++) data[a * d + b] = data[b * d + a] = G[a * ld + b];
  return { rows: d, cols: d, data };
}
