/** What a unit's weighted sum passes through. */
export type Activation =
  | 'linear'
  | 'relu'
  | 'sigmoid'
  | 'tanh'
  | 'elu'
  | 'selu'
  | 'softplus'
  | 'swish'
  | 'gelu'
  /** z above zero, 0.3 z below, as in tfjs. */
  | 'leakyRelu'
  | 'relu6'
  /** z / 5 + 1 / 2, cut off at 0 and 1. */
  | 'hardSigmoid'
  | 'softsign'
  | 'mish'
  | 'softmax';

/** One dense layer: `activation(x · weights + bias)`, with weights inputs × outputs in row-major order. */
export interface DenseLayer {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly activation: Activation;
}

/**
 * A fitted feed-forward network as plain data, ready to predict: dropout is gone and batch normalisation is folded
 * into the dense layers. The joint between `models/`, which make it, and `attribution/`, which may not import a model.
 */
export type DenseNetwork = readonly DenseLayer[];
