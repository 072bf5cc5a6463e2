import { loadKernels } from './load.js';
import type { Pointer } from './network.js';

/** What `assembly/map.ts` exports; the parts say what each argument is. */
export interface MapKernels {
  neighbours(
    ...args: [
      ...queries: [Q: Pointer, QD: Pointer, count: number],
      ...points: [XT: Pointer, XD: Pointer, norms: Pointer, largest: number],
      ...sizes: [n: number, d: number, ld: number, ldx: number, own: number, k: number, keep: number],
      ...out: [scratch: Pointer, squares: Pointer, indices: Pointer],
      ...proof: [slack: number, unit: number, proven: Pointer],
    ]
  ): void;
  affinities(squares: Pointer, k: number, logPerplexity: number, P: Pointer, scratch: Pointer): void;
  attraction(
    ...args: [
      ...range: [from: number, to: number],
      ...edges: [starts: Pointer, ends: Pointer, P: Pointer, Y: Pointer, F: Pointer],
    ]
  ): void;
  divergence(
    ...args: [
      ...range: [from: number, to: number],
      ...edges: [starts: Pointer, ends: Pointer, P: Pointer, Y: Pointer],
    ]
  ): number;
  buildTree(
    ...args: [
      ...points: [Y: Pointer, n: number, ranks: Pointer, ranked: Pointer],
      ...out: [tree: Pointer, scratch: Pointer, opening: number],
    ]
  ): number;
  repulsion(
    ...args: [
      ...range: [from: number, to: number, ranks: Pointer, ranked: Pointer],
      ...tree: [tree: Pointer, nodes: number, R: Pointer],
    ]
  ): number;
  spread(
    ...args: [
      ...points: [from: number, to: number, Y: Pointer, x0: number, y0: number, perUnit: number],
      ...grid: [grid: Pointer, m: number],
    ]
  ): void;
  columnsForward(
    ...args: [
      ...which: [first: number, rows: number, complex: number],
      ...grid: [re: Pointer, im: Pointer, m: number, turns: Pointer, scratch: Pointer],
    ]
  ): void;
  columnsBackward(
    ...args: [first: number, ...grid: [re: Pointer, im: Pointer, m: number, turns: Pointer, scratch: Pointer]]
  ): void;
  rowsForward(
    ...args: [
      ...which: [first: number, columns: number],
      ...grid: [re: Pointer, im: Pointer, m: number, turns: Pointer, scratch: Pointer],
    ]
  ): void;
  rowsConvolve(
    ...args: [
      ...grid: [first: number, re: Pointer, im: Pointer, m: number, turns: Pointer],
      ...spectra: [potential: Pointer, forceRe: Pointer, forceIm: Pointer, scratch: Pointer],
    ]
  ): number;
  gather(
    ...args: [
      ...points: [from: number, to: number, Y: Pointer, x0: number, y0: number, perUnit: number],
      ...grid: [re: Pointer, im: Pointer, m: number, R: Pointer],
    ]
  ): void;
  descend(
    ...args: [
      ...state: [Y: Pointer, A: Pointer, R: Pointer, U: Pointer, G: Pointer, length: number],
      ...settings: [attract: number, repel: number, rate: number, momentum: number],
    ]
  ): void;
}

/** The kernels of neighbours and maps, working on a memory that threads share. */
export const mapKernels = (memory: WebAssembly.Memory): MapKernels => loadKernels('map', { memory });
