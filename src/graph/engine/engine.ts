/** Rows as plain arrays, in the order of the model's inputs and outputs. */
export interface HostBatch {
  readonly rows: number;
  readonly inputs: readonly (Float32Array | Int32Array)[];
  readonly truths: readonly Float32Array[];
  /** A factor for each row, for each output. */
  readonly weights: readonly Float32Array[];
}

/** Something that trains, measures and predicts: a graph, or tfjs itself. */
export interface Engine {
  readonly kind: 'graph' | 'tfjs';
  /**
   * One step. When the loss is not finite, nothing changes.
   * @param draw - what random numbers start from: the seed and the count of steps.
   * @returns the scores; `loss` is first.
   */
  train(batch: HostBatch, rate: number, draw: readonly [number, number]): Float32Array;
  /** Scores without dropout. */
  evaluate(batch: HostBatch): Float32Array;
  /** Each output, row-major. */
  predict(rows: number, inputs: HostBatch['inputs']): Float32Array[];
  /** All variables: the model's weights, then the training's own state. */
  read(): Float32Array[];
  write(values: readonly Float32Array[]): void;
  dispose(): void;
}
