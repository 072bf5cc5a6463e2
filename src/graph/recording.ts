/** TensorFlow's numbers for the types of elements, as they stand in GraphDefs and in tfjs-node's binding. */
export const FLOAT32 = 1;
export const INT32 = 3;
export const BOOL = 10;
export const RESOURCE = 20;

/** A length that follows the batch: `scale · Bᵖᵒʷᵉʳ + offset`. */
export interface BatchSize {
  readonly scale: number;
  readonly power: number;
  readonly offset: number;
}

/** A length in a program that holds for every batch. */
export type Size = number | BatchSize;

/** What a tfjs function did, once: operations on values, each value known by its place in `values`. */
export interface Recording<S = number> {
  readonly values: readonly Value<S>[];
  readonly nodes: readonly Node<S>[];
  /** The values of the function's arguments. */
  readonly inputs: readonly number[];
  /** The values of the variables when it started. */
  readonly variables: readonly number[];
  readonly outputs: Readonly<Record<string, number>>;
  /** What variables hold at the end, by their place in `variables`: only those that changed. */
  readonly updates: ReadonlyMap<number, number>;
}

/** A recording that holds for every batch. */
export type Program = Recording<Size>;

export interface Value<S = number> {
  readonly shape: readonly S[];
  readonly dtype: number;
}

export type Node<S = number> =
  | OperationNode
  | ConstantNode
  | RandomNode<S>
  | FillNode<S>
  | SizesNode<S>
  | ScaledNode;

interface NodeBase {
  /** Values that the node makes. */
  readonly outputs: readonly number[];
  /** The layer that was at work; absent in the backward pass and the update. */
  readonly layer?: string;
}

/** A TensorFlow operation under its own name. */
export interface OperationNode extends NodeBase {
  readonly kind: 'operation';
  readonly operation: string;
  readonly attributes: readonly Attribute[];
  readonly inputs: readonly number[];
}

export interface ConstantNode extends NodeBase {
  readonly kind: 'constant';
  readonly values: Elements;
}

/** Random numbers that JavaScript made while recording: the graph draws its own. */
export interface RandomNode<S = number> extends NodeBase {
  readonly kind: 'random';
  readonly distribution: Distribution;
  readonly shape: readonly S[];
}

/** A constant all of one value, with a shape that follows the batch. */
export interface FillNode<S = number> extends NodeBase {
  readonly kind: 'fill';
  readonly value: number;
  readonly shape: readonly S[];
}

/** Whole numbers, some of which follow the batch. */
export interface SizesNode<S = number> extends NodeBase {
  readonly kind: 'sizes';
  readonly sizes: readonly S[];
}

/** A number in proportion to a power of the batch. */
export interface ScaledNode extends NodeBase {
  readonly kind: 'scaled';
  readonly scale: number;
  readonly power: number;
}

/** `offset + scale · z`, z uniform in 0 … 1, standard normal, or normal within two standard deviations. */
export interface Distribution {
  readonly kind: 'uniform' | 'normal' | 'truncated';
  readonly offset: number;
  readonly scale: number;
}

export type Elements = Float32Array | Int32Array | Uint8Array;

export interface Attribute {
  readonly name: string;
  readonly type: 'type' | 'bool' | 'int' | 'float' | 'string' | 'shape';
  readonly value: unknown;
}

/** A model, or something in it, that cannot become a graph; the sentence says which layer and why. */
export class NotCompilable extends Error {
  override name = 'NotCompilable';
}

/** Names the layer of a node, for messages. */
export const placeOf = (node: { readonly layer?: string }): string =>
  node.layer === undefined ? 'the backward pass or the update' : `layer "${node.layer}"`;
