import { dismiss, follow, lead } from '../numeric/team.js';
import { mapKernels } from '../numeric/wasm/map.js';
import { doublesAt, integersAt } from '../numeric/wasm/shared-memory.js';
import { type DescentSettings, descent, type MapReport } from './descent.js';
import { writeEdges } from './edges.js';
import { type BlockSettings, blockRunner, blocksOf, NEIGHBOURS } from './map-blocks.js';
import type { MapMemory } from './map-memory.js';

/** What each thread of a map is handed: the same, but for its number. */
export interface MapTask {
  readonly thread: number;
  readonly control: Int32Array;
  readonly map: MapMemory;
  readonly blocks: BlockSettings;
  readonly descent: DescentSettings;
}

/** One thread's part: the first leads, the others follow. */
export async function drawMap(
  task: MapTask,
  report: (value: MapReport) => void,
): Promise<MapReport | undefined> {
  if (task.thread === 0) return leadMap(task, report);
  follow(task.control, blockRunner(task.map, task.blocks, task.thread));
  return undefined;
}

/**
 * Neighbours, affinities, descent.
 * @param pause - called between iterations.
 */
export async function leadMap(
  { control, map, blocks, descent: settings }: MapTask,
  report: (value: MapReport) => void,
  pause?: () => Promise<void>,
): Promise<MapReport> {
  lead(control, NEIGHBOURS, blocksOf(map, NEIGHBOURS), blockRunner(map, blocks, 0));
  settleUnproven(map, blocks);
  await pause?.();
  writeEdges(map);
  const steps = descent(map, control, blocks, settings, report);
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      dismiss(control);
      return value;
    }
    await pause?.();
  }
}

/** Points whose neighbours single precision could not tell apart: a full sort in doubles. */
function settleUnproven(map: MapMemory, { logPerplexity }: BlockSettings): void {
  const { memory, n, k, at } = map;
  const proven = integersAt(memory, at.proven, n);
  for (let i = 0; i < n; i++) {
    if (proven[i]) continue;
    const { order, squares } = exactNeighbours(map, i);
    integersAt(memory, at.neighbours + 4 * i * k, k).set(order.subarray(0, k));
    const scratch = map.scratch[0];
    doublesAt(memory, scratch, k).set(Float64Array.from({ length: k }, (_, r) => squares[order[r]]));
    mapKernels(memory).affinities(
      scratch,
      k,
      logPerplexity,
      at.conditional + 4 * i * k,
      scratch + 8 * (k + 1),
    );
  }
}

function exactNeighbours({ memory, n, d, at }: MapMemory, i: number) {
  const X = doublesAt(memory, at.exact, n * d);
  const squares = new Float64Array(n);
  for (let m = 0; m < n; m++) {
    let sum = 0;
    for (let j = 0; j < d; j++) sum += (X[m * d + j] - X[i * d + j]) * (X[m * d + j] - X[i * d + j]);
    squares[m] = sum;
  }
  const order = Int32Array.from({ length: n - 1 }, (_, m) => (m < i ? m : m + 1));
  order.sort((a, b) => squares[a] - squares[b] || a - b);
  return { order, squares };
}
