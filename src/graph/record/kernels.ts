import { engine } from '../native.js';
import { NotCompilable } from '../recording.js';

/** Kernels as they run: which one is at work, and in which layer each was seen first. */
export interface Kernels {
  readonly atWork: () => string | undefined;
  readonly undo: () => void;
}

/** Listens to the kernels that tfjs runs, and names the layer where one has no gradient. */
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
    } catch (error) {
      throw withLayer(error as Error, seenIn);
    } finally {
      current = outer;
    }
  };
  return {
    atWork: () => current,
    undo: () => {
      delete (core as Partial<typeof core>).runKernelFunc;
    },
  };
}

function withLayer(error: Error, seenIn: ReadonlyMap<string, string>): Error {
  const kernel = /gradient function not found for (\w+)/.exec(error.message)?.[1];
  if (kernel === undefined) return error;
  return new NotCompilable(
    `layer "${seenIn.get(kernel) ?? '?'}" uses ${kernel}, which has no gradient in tfjs`,
  );
}
