import { availableParallelism } from 'node:os';
import type { Matrix } from '../../numeric/matrix.js';
import { mapOnWorkers, type PoolOptions, shared } from '../../numeric/workers.js';
import { type BestRows, bestProducts, PANEL, type ProductTask } from './products.js';

/** Products below which threads cost more than they bring. */
const WORTH_THREADS = 2e8;

/**
 * For each row of `queries` the rows of `library` with the greatest scalar products, best first; ties in the order of the
 * library. Candidates are found in 32-bit floats and ranked by products in doubles, so that any number of threads gives the
 * same bits.
 * @param queries - m × d.
 * @param library - n × d.
 * @param keep - how many rows for each query.
 */
export async function rankRows(
  queries: Matrix,
  library: Matrix,
  keep: number,
  options: PoolOptions = {},
): Promise<{ index: number; product: number }[][]> {
  const candidates = Math.min(library.rows, keep + 8);
  const parts = await findCandidates(queries, library, candidates, options);
  return Array.from({ length: queries.rows }, (_, i) => {
    const found = parts.flatMap(({ indices }) => [...indices.subarray(i * candidates, (i + 1) * candidates)]);
    return found
      .filter((index) => index >= 0)
      .map((index) => ({ index, product: productOf(queries, i, library, index) }))
      .sort((a, b) => b.product - a.product || a.index - b.index)
      .slice(0, keep);
  });
}

async function findCandidates(
  queries: Matrix,
  library: Matrix,
  keep: number,
  options: PoolOptions,
): Promise<BestRows[]> {
  const panels = Math.ceil(library.rows / PANEL);
  const work = queries.rows * library.rows * library.cols;
  const workers = options.workers ?? (work < WORTH_THREADS ? 0 : availableParallelism());
  const count = Math.max(1, Math.min(workers, panels));
  const share = workers === 0 ? <T extends Float32Array>(array: T) => array : shared<Float32Array>;
  const common = {
    ...{ panels: share(packed(library)), queries: share(Float32Array.from(queries.data)) },
    ...{ width: library.cols, rows: library.rows, keep },
  };
  const tasks = Array.from({ length: count }, (_, k): ProductTask => {
    const from = Math.floor((k * panels) / count);
    return { ...common, from, to: Math.floor(((k + 1) * panels) / count) };
  });
  const module = new URL('./products.js', import.meta.url);
  return workers === 0
    ? tasks.map(bestProducts)
    : mapOnWorkers<ProductTask, BestRows>(module, 'bestProducts', tasks, { ...options, workers });
}

/** The rows of the library in panels of eight, column by column: what the kernel reads one after another. */
function packed({ rows, cols, data }: Matrix): Float32Array {
  const out = new Float32Array(Math.ceil(rows / PANEL) * PANEL * cols);
  for (let row = 0; row < rows; row++) {
    const at = Math.floor(row / PANEL) * PANEL * cols + (row % PANEL);
    for (let k = 0; k < cols; k++) out[at + PANEL * k] = data[row * cols + k];
  }
  return out;
}

function productOf(A: Matrix, i: number, B: Matrix, j: number): number {
  let sum = 0;
  for (let k = 0; k < A.cols; k++) sum += A.data[i * A.cols + k] * B.data[j * B.cols + k];
  return sum;
}
