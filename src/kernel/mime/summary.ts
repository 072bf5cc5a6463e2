import { inspect } from 'node:util';

const HEAD = 8;

/** A tensor or a typed array in one line; undefined for anything else. */
export function summary(value: unknown): string | undefined {
  if (isTensor(value)) return tensorSummary(value);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView) && !Buffer.isBuffer(value))
    return typedArraySummary(value as unknown as ArrayLike<number>);
  return undefined;
}

interface Tensor {
  shape: number[];
  dtype: string;
  isDisposed: boolean;
  dataSync(): ArrayLike<number>;
  dispose(): void;
}

function isTensor(value: unknown): value is Tensor {
  if (typeof value !== 'object' || value === null) return false;
  const { shape, dtype, dataSync, dispose } = value as Partial<Tensor>;
  const methods = typeof dataSync === 'function' && typeof dispose === 'function';
  return methods && Array.isArray(shape) && typeof dtype === 'string';
}

function tensorSummary(tensor: Tensor): string {
  const what = `Tensor ${tensor.dtype} [${tensor.shape.join(' × ')}]`;
  if (tensor.isDisposed) return `${what}, disposed`;
  return `${what} ${firstFew(tensor.dataSync())}`;
}

function typedArraySummary(values: ArrayLike<number>): string | undefined {
  if (values.length <= 100) return undefined;
  return `${values.constructor.name}(${values.length}) ${firstFew(values)}`;
}

function firstFew(values: ArrayLike<unknown>): string {
  const head = Array.from({ length: Math.min(HEAD, values.length) }, (_, i) => inspect(values[i]));
  if (values.length > HEAD) head.push('…');
  return `[${head.join(', ')}]`;
}
