import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attribution } from '../src/attribution/attribution.js';
import type { Matrix } from '../src/numeric/matrix.js';
import type { DenseNetwork } from '../src/numeric/network.js';
import { random } from '../src/numeric/random.js';
import { floats } from './mixture.js';
import type { BenchPeer, BenchTask } from './task.js';

const ROWS = 200;
const BACKGROUND = 100;

/** What is explained: a network columns-64-32-1 with random weights. */
interface Case {
  readonly network: DenseNetwork;
  readonly rows: Matrix;
  readonly background: Matrix;
}

/**
 * A task that explains 200 rows against 100 background rows; quality is how far the shares are from adding up.
 */
export function explainTask(
  name: string,
  title: string,
  columns: number,
  explain: (on: Case) => Promise<Attribution>,
  peers: readonly BenchPeer[],
): BenchTask {
  return {
    name,
    title,
    prepare: (folder) => writeCase(folder, columns),
    peers,
    async ours(folder) {
      const on = readCase(folder, columns);
      await explain({ ...on, rows: { rows: 2, cols: columns, data: on.rows.data.slice(0, 2 * columns) } });
      const start = performance.now();
      const attribution = await explain(on);
      const seconds = (performance.now() - start) / 1000;
      return { seconds, quality: { additivity: worstSum(attribution) } };
    },
  };
}

/** How far shares are from adding up to prediction − base. */
function worstSum({ base, values, predictions }: Attribution): number {
  let worst = 0;
  for (let i = 0; i < values.rows; i++) {
    const sum = values.data.subarray(i * values.cols, (i + 1) * values.cols).reduce((a, b) => a + b, base);
    worst = Math.max(worst, Math.abs(sum - predictions[i]));
  }
  return worst;
}

function writeCase(folder: string, columns: number): void {
  const r = random('explain');
  const sizes = [columns, 64, 32, 1];
  const weights = sizes.slice(1).flatMap((outputs, l) => {
    const scale = Math.sqrt(2 / sizes[l]);
    const W = Array.from({ length: sizes[l] * outputs }, () => scale * r.normal());
    return [...W, ...Array.from({ length: outputs }, () => 0.1 * r.normal())];
  });
  const rows = Array.from({ length: (ROWS + BACKGROUND) * columns }, () => r.normal());
  writeFileSync(join(folder, 'weights.f32'), new Uint8Array(Float32Array.from(weights).buffer));
  writeFileSync(join(folder, 'X.f32'), new Uint8Array(Float32Array.from(rows).buffer));
}

function readCase(folder: string, columns: number): Case {
  const weights = floats(join(folder, 'weights.f32'));
  const X = Float64Array.from(floats(join(folder, 'X.f32')));
  const sizes = [columns, 64, 32, 1];
  let at = 0;
  const take = (length: number): Float32Array => weights.slice(at, (at += length));
  const network = sizes.slice(1).map((outputs, l) => ({
    name: `dense_${l}`,
    inputs: sizes[l],
    outputs,
    weights: take(sizes[l] * outputs),
    bias: take(outputs),
    activation: l === 2 ? ('sigmoid' as const) : ('relu' as const),
  }));
  return {
    network,
    rows: { rows: ROWS, cols: columns, data: X.subarray(0, ROWS * columns) },
    background: { rows: BACKGROUND, cols: columns, data: X.subarray(ROWS * columns) },
  };
}
