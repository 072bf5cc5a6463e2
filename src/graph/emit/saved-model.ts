import protobuf from 'protobufjs';
import { SCHEMA } from './schema.js';

/** Messages as plain objects: fields by their names in the schema, bytes as Uint8Array. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, AttrValue>>;
}

export type AttrValue =
  | { readonly s: Uint8Array }
  | { readonly i: number }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly type: number }
  | { readonly shape: TensorShape }
  | { readonly tensor: object }
  | { readonly list: object };

export interface TensorShape {
  readonly dim: readonly { readonly size: number }[];
}

export interface Signature {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputs: Readonly<Record<string, TensorInfo>>;
}

export interface TensorInfo {
  readonly name: string;
  readonly dtype: number;
  readonly tensor_shape: TensorShape;
}

// What TensorFlow 2.21 writes, and the oldest reader that knows these operations.
const VERSIONS = { producer: 1987, min_consumer: 12 };
const PREDICT = 'tensorflow/serving/predict';

let message: protobuf.Type | undefined;

/** A SavedModel in one file: no variables folder, since its variables are set by whoever runs it. */
export function encodeSavedModel(
  nodes: readonly NodeDef[],
  signatures: Readonly<Record<string, Signature>> = {},
): Uint8Array {
  message ??= protobuf.parse(SCHEMA, { keepCase: true }).root.lookupType('tensorflow.SavedModel');
  const signature_def = Object.fromEntries(
    Object.entries(signatures).map(([name, one]) => [name, { ...one, method_name: PREDICT }]),
  );
  const graph = {
    meta_info_def: { tags: ['serve'], tensorflow_version: '2.21.0' },
    graph_def: { node: nodes, versions: VERSIONS },
    signature_def,
  };
  return message.encode({ saved_model_schema_version: 1, meta_graphs: [graph] }).finish();
}
