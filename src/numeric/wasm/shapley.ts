import type { Arena } from './arena.js';
import { loadKernels } from './load.js';
import type { NetworkKernels, Pointer } from './network.js';

/** What `assembly/shapley.ts` exports. */
export interface ShapleyKernels extends Pick<NetworkKernels, 'matmul'> {
  meanOutputs(
    ...args: [
      ...first: [P: Pointer, backgrounds: number, Q: Pointer, n: number, width: number, kind: number],
      ...rest: [layers: Pointer, count: number, classes: number],
      ...average: [weights: Pointer, stride: number, scratch: Pointer, widest: number],
      ...out: [chosen: number, V: Pointer, step: number],
    ]
  ): void;
}

/** The kernels of Shapley values, working on an arena. */
export const shapleyKernels = (arena: Arena): ShapleyKernels => loadKernels('shapley', arena);
