import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeEdges } from '../../src/embedding/edges.js';
import { layGrid } from '../../src/embedding/grid.js';
import {
  blockRunner,
  blocksOf,
  COLUMNS,
  COLUMNS_BACK,
  GRID_FORCES,
  NEIGHBOURS,
  ROWS,
  SPREAD,
} from '../../src/embedding/map-blocks.js';
import { writeData, writeQueries } from '../../src/embedding/map-data.js';
import { type MapMemory, mapMemory } from '../../src/embedding/map-memory.js';
import { nearestNeighbours } from '../../src/embedding/nearest-neighbours.js';
import { type Matrix, matrix } from '../../src/numeric/matrix.js';
import { lead, teamControl } from '../../src/numeric/team.js';
import { mapKernels } from '../../src/numeric/wasm/map.js';
import { doublesAt, floatsAt, integersAt } from '../../src/numeric/wasm/shared-memory.js';
import { gaussian } from '../attribution/games.js';
import { reference, worstDifference } from './reference.js';

const values = reference('tsne');

function graph(X: Matrix, k: number, perplexity: number): MapMemory {
  const map = mapMemory(X.rows, X.cols, k, 1);
  const bounds = writeData(map.memory, map.at, X);
  writeQueries(map.memory, map.at.X, X, bounds);
  const run = blockRunner(map, { bounds, logPerplexity: Math.log(perplexity) }, 0);
  lead(teamControl(), NEIGHBOURS, blocksOf(map, NEIGHBOURS), run);
  writeEdges(map);
  return map;
}

function dense({ memory, n, k, at }: MapMemory): Matrix {
  const P = matrix(n, n);
  const starts = integersAt(memory, at.starts, n + 1);
  const ends = integersAt(memory, at.ends, 2 * n * k);
  const weights = floatsAt(memory, at.P, 2 * n * k);
  for (let i = 0; i < n; i++)
    for (let e = starts[i]; e < starts[i + 1]; e++) P.data[i * n + ends[e]] += weights[e];
  return P;
}

test('affinities agree with scikit-learn to 1e-4, add up to one and are symmetric', () => {
  const X = matrix(values.X);
  const P = dense(graph(X, 30, values.perplexity));
  assert.ok(worstDifference(P.data.subarray(0, 180), values.firstRow) < 1e-4);
  assert.ok(Math.abs(P.data.reduce((a, b) => a + b, 0) - 1) < 1e-5);
  for (let i = 0; i < 180; i++)
    for (let j = 0; j < i; j++) assert.ok(Math.abs(P.data[i * 180 + j] - P.data[j * 180 + i]) < 1e-9);
});

test('neighbours in single precision, proven in doubles, are those of a plain search', () => {
  for (const [n, d] of [
    [40, 3],
    [300, 1],
    [517, 20],
  ]) {
    const X = gaussian(n, d, n);
    const { memory, at } = graph(X, 12, 4);
    const ours = integersAt(memory, at.neighbours, n * 12);
    const proven = integersAt(memory, at.proven, n);
    const { indices } = nearestNeighbours(X, 12);
    let checked = 0;
    for (let i = 0; i < n; i++) {
      if (!proven[i]) continue;
      checked++;
      assert.deepEqual(ours.subarray(i * 12, (i + 1) * 12), indices.subarray(i * 12, (i + 1) * 12));
    }
    assert.ok(checked > 0.9 * n, `${checked} of ${n} proven`);
  }
});

test('repulsion and Z agree with the sum over all pairs: to 1e-5 with a tiny angle, to 3 % with 0.5', () => {
  const n = 203;
  const map = mapMemory(n, 2, 5, 1);
  const { memory, at } = map;
  const Y = floatsAt(memory, at.Y, 2 * n);
  Y.set(gaussian(n, 2, 'map').data.map((y, k) => (k < 40 ? 0.001 * y : 10 * y)));
  Y.copyWithin(60, 50, 60); // two points at one place, five times over
  const direct = allPairs(Y, n);
  const kernels = mapKernels(memory);
  for (const [angle, tolerance] of [
    [0.001, 1e-5],
    [0.5, 0.03],
  ]) {
    const nodes = kernels.buildTree(at.Y, n, at.ranks, at.ranked, at.tree, at.sorting, angle);
    assert.ok(nodes < 2 * n);
    const Z = kernels.repulsion(0, n, at.ranks, at.ranked, at.tree, nodes, at.repulsive);
    assert.ok(Math.abs(Z / direct.Z - 1) < tolerance, `Z ${Z} for ${direct.Z}`);
    assert.ok(worstDifference(floatsAt(memory, at.repulsive, 2 * n), direct.forces) < tolerance);
  }
});

function allPairs(Y: Float32Array, n: number) {
  const forces = new Array<number>(2 * n).fill(0);
  let Z = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const [dx, dy] = [Y[2 * i] - Y[2 * j], Y[2 * i + 1] - Y[2 * j + 1]];
      const q = 1 / (1 + dx * dx + dy * dy);
      Z += q;
      forces[2 * i] += q * q * dx;
      forces[2 * i + 1] += q * q * dy;
    }
  return { forces, Z };
}

test('interpolated repulsion agrees with the sum over all pairs, to 3 % of the largest force', () => {
  const n = 203;
  const map = mapMemory(n, 2, 5, 1, 1024);
  const { memory, at } = map;
  const run = blockRunner(map, { bounds: NO_BOUNDS, logPerplexity: 1 }, 0);
  const control = teamControl();
  const kernels = mapKernels(memory);
  const Y = floatsAt(memory, at.Y, 2 * n);
  for (const scale of [1e-4, 1, 10, 25]) {
    Y.set(gaussian(n, 2, 'map').data.map((y) => scale * y));
    const direct = allPairs(Y, n);
    assert.ok(layGrid(map, kernels));
    for (const operation of [SPREAD, COLUMNS, ROWS]) lead(control, operation, blocksOf(map, operation), run);
    const parts = doublesAt(memory, at.parts, blocksOf(map, ROWS));
    const Z = parts.reduce((a, b) => a + b, 0) - n;
    for (const operation of [COLUMNS_BACK, GRID_FORCES])
      lead(control, operation, blocksOf(map, operation), run);
    const worst = worstDifference(floatsAt(memory, at.repulsive, 2 * n), direct.forces);
    assert.ok(Math.abs(Z / direct.Z - 1) < 0.005, `Z ${Z} for ${direct.Z} at scale ${scale}`);
    assert.ok(worst < 0.03, `${worst} at scale ${scale}`);
  }
  Y[0] = 1e5;
  assert.equal(layGrid(map, kernels), false);
});

const NO_BOUNDS = { mean: new Float64Array(2), unit: 1, largest: 1, slack: 0 };
