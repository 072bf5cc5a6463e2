import { checkColumns, checkFinite, checkRows, checkWhole } from '../numeric/check.js';
import { log } from '../numeric/elementary.js';
import type { Matrix } from '../numeric/matrix.js';
import { type MapKernels, mapKernels } from '../numeric/wasm/map.js';
import { doublesAt, floatsAt, integersAt, sharedMemory } from '../numeric/wasm/shared-memory.js';
import { type NearestNeighbours, nearestNeighbours } from './nearest-neighbours.js';

export interface PlaceOptions {
  /** Effective number of neighbours. Default 5, or n / 3 for fewer than 15 rows: few keep to their own. */
  readonly perplexity?: number;
  /** Steps of descent for each row. Default 250. */
  readonly iterations?: number;
}

const RATE = 0.5; // below 2 (1 + momentum) / curvature, which is at most 2
const MOMENTUM = 0.8;
const STARTS = 5;
const OPENING = 0.5;

/**
 * Places new rows on a finished t-SNE map, which stays as it is: each row goes where its affinities to the rows of
 * the map diverge least, started from the best of its five nearest rows' places (after Poličar, Stražar & Zupan 2019,
 * doi:10.1007/978-3-030-33778-0_13). New rows do not see each other.
 *
 * @param X - n × d rows of the map.
 * @param map - n × 2 places.
 * @param rows - m × d new rows, in the units of X.
 * @returns m × 2 places.
 */
export function placeOnMap(X: Matrix, map: Matrix, rows: Matrix, options: PlaceOptions = {}): Matrix {
  const { iterations = 250 } = options;
  const perplexity = options.perplexity ?? Math.min(5, X.rows / 3);
  checkRows('X', X, 3);
  if (map.rows !== X.rows || map.cols !== 2)
    throw new RangeError(`map must be ${X.rows} × 2, but is ${map.rows} × ${map.cols}`);
  checkFinite('map', map);
  checkColumns('rows', rows, X.cols);
  checkWhole('iterations', iterations, 0);
  if (!(perplexity >= 1 && perplexity <= X.rows / 3))
    throw new RangeError(
      `perplexity must be in 1 … n / 3 = ${Number((X.rows / 3).toFixed(2))} for ${X.rows} rows, but is ${perplexity}`,
    );
  const k = Math.max(1, Math.floor(3 * perplexity));
  const neighbours = nearestNeighbours(X, k, { query: rows });
  const field = repulsiveField(map);
  const data = new Float64Array(2 * rows.rows);
  for (let i = 0; i < rows.rows; i++)
    data.set(descend(springs(field, map, neighbours, i, perplexity), field, iterations), 2 * i);
  return { rows: rows.rows, cols: 2, data };
}

/** The quadtree over the map, and room for one point to be pushed by it. */
interface Field {
  readonly kernels: MapKernels;
  readonly memory: WebAssembly.Memory;
  readonly at: Readonly<Record<'squares' | 'P' | 'work' | 'place' | 'rank' | 'force' | 'tree', number>>;
  readonly nodes: number;
}

/** Places of a row's neighbours, with its affinities to them. */
interface Springs {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly p: Float64Array;
}

function repulsiveField(map: Matrix): Field {
  const n = map.rows;
  const sizes = {
    ...{ Y: 8 * n, ranks: 4 * n, ranked: 8 * (n + 4), tree: 64 * n, sorting: 4 * (3 * n + 2048) },
    ...{ squares: 8 * n, P: 4 * n, work: 4 * (n + 4), place: 64, rank: 64, force: 64 },
  };
  const room = sharedMemory(Object.values(sizes));
  const at = Object.fromEntries(
    Object.entries(sizes).map(([name, size]) => [name, room.allocate(size)]),
  ) as typeof sizes;
  const { memory } = room;
  const kernels = mapKernels(memory);
  floatsAt(memory, at.Y, 2 * n).set(map.data);
  const nodes = kernels.buildTree(at.Y, n, at.ranks, at.ranked, at.tree, at.sorting, OPENING);
  integersAt(memory, at.rank, 1)[0] = 0;
  return { kernels, memory, at, nodes };
}

function springs(
  { kernels, memory, at }: Field,
  map: Matrix,
  { indices, distances, k }: NearestNeighbours,
  i: number,
  perplexity: number,
): Springs {
  const squares = doublesAt(memory, at.squares, k);
  for (let r = 0; r < k; r++) squares[r] = distances[i * k + r] * distances[i * k + r];
  kernels.affinities(at.squares, k, log(perplexity), at.P, at.work);
  const own = indices.subarray(i * k, (i + 1) * k);
  return {
    x: Float64Array.from(own, (m) => map.data[2 * m]),
    y: Float64Array.from(own, (m) => map.data[2 * m + 1]),
    p: Float64Array.from(floatsAt(memory, at.P, k)),
  };
}

/** Gradient of `Σ p log(1 + |y − y_j|²) + log Z`, and that sum, at (x, y). */
function slopeAt(s: Springs, field: Field, x: number, y: number): { gx: number; gy: number; loss: number } {
  const push = repulsionAt(field, x, y);
  let gx = -push.x / push.Z;
  let gy = -push.y / push.Z;
  let loss = log(push.Z);
  for (let r = 0; r < s.p.length; r++) {
    const dx = x - s.x[r];
    const dy = y - s.y[r];
    const t = 1 + dx * dx + dy * dy;
    gx += (s.p[r] * dx) / t;
    gy += (s.p[r] * dy) / t;
    loss += s.p[r] * log(t);
  }
  return { gx: 2 * gx, gy: 2 * gy, loss };
}

function repulsionAt({ kernels, memory, at, nodes }: Field, x: number, y: number) {
  const place = floatsAt(memory, at.place, 8);
  for (let lane = 0; lane < 8; lane += 2) {
    place[lane] = x;
    place[lane + 1] = y;
  }
  // the kernel takes away the point itself, which here is not in the tree
  const Z = 1 + kernels.repulsion(0, 1, at.rank, at.place, at.tree, nodes, at.force);
  const [fx, fy] = floatsAt(memory, at.force, 2);
  return { x: fx, y: fy, Z };
}

function descend(s: Springs, field: Field, iterations: number): [number, number] {
  let [x, y] = bestStart(s, field);
  let ux = 0;
  let uy = 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const { gx, gy } = slopeAt(s, field, x, y);
    ux = MOMENTUM * ux - RATE * gx;
    uy = MOMENTUM * uy - RATE * gy;
    x += ux;
    y += uy;
  }
  return [x, y];
}

function bestStart(s: Springs, field: Field): [number, number] {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let r = 0; r < Math.min(STARTS, s.p.length); r++) {
    const { loss } = slopeAt(s, field, s.x[r], s.y[r]);
    if (loss < least) {
      least = loss;
      best = r;
    }
  }
  return [s.x[best], s.y[best]];
}
