import { engine } from '../native.js';
import { NotCompilable } from '../recording.js';

/** Kernels as they run. */
export interface Kernels {
  readonly atWork: () => string | undefined;
  /** Names the layer that an error comes from, where that can be told. */
  readonly explain: (error: Error) => Error;
  readonly undo: () => void;
}

/** Listens to the kernels that tfjs runs. */
export function interceptKernels(layerAtWork: () => string | undefined): Kernels {
  const core = engine();
  const run = core.runKernelFunc;
  const seenIn = new Map<string, string>();
  let current: string | undefined;
  core.runKernelFunc = function (parameters) {
    const outer = current;
    current = parameters.kernelName ?? outer;
    const layer = layerAtWork();
    if (layer !== undefined && current !== undefined && !seenIn.has(current)) seenIn.set(current, layer);
    try {
      return run.call(this, parameters);
    } finally {
      current = outer;
    }
  };
  return {
    atWork: () => current,
    explain(error) {
      const kernel = /gradient function not found for (\w+)/.exec(error.message)?.[1];
      const layer = kernel && seenIn.get(kernel);
      return layer
        ? new NotCompilable(`layer "${layer}" uses ${kernel}, which has no gradient in tfjs`)
        : error;
    },
    undo: () => {
      delete (core as Partial<typeof core>).runKernelFunc;
    },
  };
}
