import type { Arena } from './arena.js';
import { loadKernels } from './load.js';
import type { Pointer } from './network.js';

/** What `assembly/distances.ts` exports; see there for the formulas. */
export interface DistanceKernels {
  addGram(Z: Pointer, n: number, ld: number, G: Pointer): void;
  whiten(X: Pointer, n: number, ld: number, T: Pointer, U: Pointer): void;
  distances(U: Pointer, n: number, ld: number, V: Pointer, centres: number, D: Pointer): void;
}

/** The kernels of products in doubles, working on an arena. */
export const distanceKernels = (arena: Arena): DistanceKernels => loadKernels('distances', arena);
