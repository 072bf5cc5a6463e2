import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../numeric/tensorflow.js';

/** What this room uses of tfjs-node's backend beyond its public face: the reason why its version is pinned. */
export interface NativeBackend {
  binding: Binding;
  readonly tensorMap: { get(dataId: object): { readonly values: unknown } };
  /** TensorFlow's own handles of tensors. */
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
  loadSavedModelMetaGraph(path: string, tags: string): number;
  runSavedModel(
    id: number,
    inputs: readonly tf.Tensor[],
    inputInfos: readonly { readonly name: string; readonly tfDtype: string }[],
    outputs: readonly string[],
  ): tf.Tensor[];
  deleteSavedModel(id: number): void;
}

/** The native functions under tfjs-node. */
export interface Binding {
  createTensor(shape: number[], dtype: number, values: unknown): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array | Uint8Array;
  executeOp(
    operation: string,
    attributes: readonly NativeAttribute[],
    inputs: readonly number[],
    outputs: number,
  ): NativeTensor[];
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
}

export interface NativeAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

export interface NativeTensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

const VERSION = '4.22.0';

/** The native backend, or why there is none that graphs can be compiled for. */
export function nativeBackend(): NativeBackend | string {
  const api = tensorflow();
  if (api.getBackend() !== 'tensorflow')
    return `TensorFlow is not native here (tfjs runs on "${api.getBackend()}"); npm run setup installs it or says what is missing`;
  const version = api.version['tfjs-core'];
  if (version !== VERSION) return `graphs are compiled with tfjs ${VERSION}, but this is ${version}`;
  return api.backend() as unknown as NativeBackend;
}

/** What this room uses of tfjs-core's engine beyond its public face. */
export interface Engine {
  startScope(name?: string): void;
  endScope(result?: unknown): void;
  runKernelFunc(parameters: { readonly kernelName?: string }): unknown;
}

export const engine = (): Engine => tensorflow().engine() as unknown as Engine;
