import type { Binding, NativeAttribute, NativeBackend } from '../native.js';
import { type Attribute, type Distribution, type Elements, NotCompilable } from '../recording.js';
import type { Tape } from './tape.js';

/** Kernels that read a tensor only to check it: TensorFlow checks again itself. */
const CHECKS_ONLY = new Set(['GatherV2']);

/**
 * Puts a copy of the native binding in its place that writes down what passes through it.
 * @param distributionOf - what random numbers an array holds, if any.
 * @param kernelAtWork - the tfjs kernel that is being run.
 * @returns what puts the binding back.
 */
export function interceptBinding(
  backend: NativeBackend,
  tape: Tape,
  distributionOf: (values: unknown) => Distribution | undefined,
  kernelAtWork: () => string | undefined,
  layerAtWork: () => string | undefined,
): () => void {
  const real = backend.binding;
  // The native object's properties are read-only and its own: copied, not inherited.
  const names = Object.getOwnPropertyNames(real) as (keyof Binding)[];
  const copy = Object.fromEntries(names.map((name) => [name, real[name]])) as unknown as Binding;

  /** A tensor that was there before the recording is frozen as a constant. */
  function freeze(handle: number): void {
    const [{ id, shape, dtype }] = real.executeOp('Identity', [], [handle], 1);
    tape.constant(handle, { shape, dtype }, real.tensorDataSync(id));
    real.deleteTensor(id);
  }

  copy.createTensor = (shape, dtype, values) => {
    const handle = real.createTensor(shape, dtype, values);
    const distribution = distributionOf(values);
    if (distribution) tape.random(handle, { shape, dtype }, distribution);
    else tape.constant(handle, { shape, dtype }, elements(values, dtype));
    return handle;
  };
  copy.executeOp = (operation, attributes, inputs, outputs) => {
    for (const handle of inputs) if (!tape.has(handle)) freeze(handle);
    const made = real.executeOp(operation, attributes, inputs, outputs);
    tape.operation(
      operation,
      attributes.map((attribute) => plain(attribute, real)),
      [...inputs],
      made,
    );
    return made;
  };
  copy.tensorDataSync = (handle) => {
    if (tape.has(handle) && !tape.isFixed(handle) && !CHECKS_ONLY.has(kernelAtWork() ?? '')) {
      const layer = layerAtWork();
      const who = layer === undefined ? 'the training step' : `layer "${layer}"`;
      throw new NotCompilable(
        `${who} reads values that depend on the data (${kernelAtWork() ?? 'dataSync'})`,
      );
    }
    return real.tensorDataSync(handle);
  };
  backend.binding = copy;
  return () => {
    backend.binding = real;
  };
}

function elements(values: unknown, dtype: number): Elements {
  if (dtype === 1) return Float32Array.from(values as ArrayLike<number>);
  if (dtype === 3) return Int32Array.from(values as ArrayLike<number>);
  if (dtype === 10) return Uint8Array.from(values as ArrayLike<number>);
  throw new NotCompilable(`constants must be float32, int32 or bool, but one has TensorFlow's type ${dtype}`);
}

function plain({ name, type, value }: NativeAttribute, binding: Binding): Attribute {
  const types: Record<number, Attribute['type']> = {
    [binding.TF_ATTR_TYPE]: 'type',
    [binding.TF_ATTR_BOOL]: 'bool',
    [binding.TF_ATTR_INT]: 'int',
    [binding.TF_ATTR_FLOAT]: 'float',
    [binding.TF_ATTR_STRING]: 'string',
    [binding.TF_ATTR_SHAPE]: 'shape',
  };
  if (!(type in types)) throw new NotCompilable(`attribute "${name}" has an unknown kind (${type})`);
  return { name, type: types[type], value: Array.isArray(value) ? [...value] : value };
}
