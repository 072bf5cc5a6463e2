import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import { type NativeBackend, nativeBackend } from '../native.js';
import { BOOL, FLOAT32, INT32, NotCompilable, type Recording } from '../recording.js';
import { interceptBinding } from './binding.js';
import { dilatedConvolutions } from './dilation.js';
import { interceptKernels, type Kernels } from './kernels.js';
import { interceptRandom } from './random.js';
import { newTape } from './tape.js';
import { shortTileGradient } from './tile-gradient.js';

/** What a recorded function gives back. */
export interface Recorded {
  readonly outputs: Readonly<Record<string, tf.Tensor>>;
  /** Values for variables; those that the function itself assigned are found without being named. */
  readonly updates?: readonly (readonly [tf.Variable, tf.Tensor])[];
}

/**
 * Runs a tfjs function once, for real, and returns every native operation that it ran. Variables have their old values
 * again afterwards.
 * @param layerAtWork - tells the layer that is being called, so that messages can name it.
 * @throws NotCompilable when the function read a value that depends on its arguments.
 */
export function record(
  run: () => Recorded,
  inputs: readonly tf.Tensor[],
  variables: readonly tf.Variable[],
  layerAtWork: () => string | undefined = () => undefined,
): Recording {
  const backend = nativeBackend();
  if (typeof backend === 'string') throw new NotCompilable(backend);
  const handleOf = (tensor: tf.Tensor): number => backend.getInputTensorIds([tensor])[0];
  const before = variables.map((variable) => tensorflow().keep(variable.clone()));
  const tape = newTape(layerAtWork);
  const given = (tensor: tf.Tensor) =>
    tape.given(handleOf(tensor), { shape: tensor.shape, dtype: nativeType(tensor) });
  try {
    const inputValues = inputs.map(given);
    separate(variables, handleOf);
    const variableValues = variables.map(given);
    const { outputs, updates } = tensorflow().tidy(() => {
      const { kernels, undo } = intercept(backend, tape, layerAtWork);
      try {
        const result = run();
        const valueAt = (tensor: tf.Tensor) => tape.valueAt(handleOf(tensor));
        const named = Object.entries(result.outputs).map(([name, tensor]) => [name, valueAt(tensor)]);
        const asked = (result.updates ?? []).map(
          ([variable, tensor]) => [variables.indexOf(variable), valueAt(tensor)] as const,
        );
        const assigned = variables.map((variable, i) => [i, valueAt(variable)] as const);
        const changed = assigned.filter(([i, value]) => value !== variableValues[i]);
        return { outputs: Object.fromEntries(named), updates: [...changed, ...asked] } as never;
      } catch (error) {
        throw kernels.explain(error as Error);
      } finally {
        undo();
      }
    }) as { outputs: Record<string, number>; updates: (readonly [number, number])[] };
    return tape.finish({
      inputs: inputValues,
      variables: variableValues,
      outputs,
      updates: new Map(updates),
    });
  } finally {
    variables.forEach((variable, i) => {
      variable.assign(before[i] as tf.Tensor);
    });
    tensorflow().dispose(before);
  }
}

/** `setWeights` may leave one tensor to two variables: each gets its own, so that they can be told apart. */
function separate(variables: readonly tf.Variable[], handleOf: (tensor: tf.Tensor) => number): void {
  const seen = new Set<number>();
  for (const variable of variables) {
    // Restoring from clones shares handles with the clones, which is harmless; sharing among variables is not.
    if (seen.has(handleOf(variable)))
      tensorflow().tidy(() => variable.assign(tensorflow().tensor(variable.dataSync(), variable.shape)));
    seen.add(handleOf(variable));
  }
}

const TYPES: Record<string, number> = { float32: FLOAT32, int32: INT32, bool: BOOL };

function nativeType({ dtype }: tf.Tensor): number {
  if (dtype in TYPES) return TYPES[dtype];
  throw new NotCompilable(`tensors must be float32, int32 or bool, but one is ${dtype}`);
}

/** Puts all ears in place, and says how to take them away. */
function intercept(
  backend: NativeBackend,
  tape: ReturnType<typeof newTape>,
  layerAtWork: () => string | undefined,
): { kernels: Kernels; undo: () => void } {
  const undo: (() => void)[] = [];
  const kernels = interceptKernels(layerAtWork);
  undo.push(kernels.undo, shortTileGradient(), dilatedConvolutions());
  const random = interceptRandom(backend);
  undo.push(random.undo);
  undo.push(interceptBinding(backend, tape, random.distributionOf, kernels.atWork, layerAtWork));
  return {
    kernels,
    undo: () => {
      for (const take of undo.reverse()) take();
    },
  };
}
