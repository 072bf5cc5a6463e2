import { floatsAt, integersAt } from '../numeric/wasm/shared-memory.js';
import type { MapMemory } from './map-memory.js';

/**
 * Joint affinities `p_ij = (p_j|i + p_i|j) / 2n` as a graph: for each point its own neighbours, then the points that
 * have it for a neighbour. They add up to one.
 */
export function writeEdges({ memory, n, k, at }: MapMemory): void {
  const neighbours = integersAt(memory, at.neighbours, n * k);
  const conditional = floatsAt(memory, at.conditional, n * k);
  const { first, sources } = reversed(neighbours, n, k);
  const starts = integersAt(memory, at.starts, n + 1);
  const ends = integersAt(memory, at.ends, 2 * n * k);
  const P = floatsAt(memory, at.P, 2 * n * k);
  const place = new Int32Array(n).fill(-1); // edge from the present point to each other, if it is this point's
  const share = 1 / (2 * n);
  let edge = 0;
  for (let i = 0; i < n; i++) {
    starts[i] = edge;
    for (let q = i * k; q < (i + 1) * k; q++) {
      place[neighbours[q]] = edge;
      ends[edge] = neighbours[q];
      P[edge++] = share * conditional[q];
    }
    for (let r = first[i]; r < first[i + 1]; r++) {
      const other = Math.floor(sources[r] / k);
      if (place[other] >= starts[i]) P[place[other]] += share * conditional[sources[r]];
      else {
        ends[edge] = other;
        P[edge++] = share * conditional[sources[r]];
      }
    }
  }
  starts[n] = edge;
}

/** For each point the places in `neighbours` that name it. */
function reversed(neighbours: Int32Array, n: number, k: number) {
  const first = new Int32Array(n + 1);
  for (let q = 0; q < n * k; q++) first[neighbours[q] + 1]++;
  for (let i = 0; i < n; i++) first[i + 1] += first[i];
  const next = first.slice(0, n);
  const sources = new Int32Array(n * k);
  for (let q = 0; q < n * k; q++) sources[next[neighbours[q]]++] = q;
  return { first, sources };
}
