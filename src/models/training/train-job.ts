import { type Matrix, takeRows } from '../../numeric/matrix.js';
import type { LayerSpec } from '../layers.js';
import type { TrainOptions } from './options.js';
import { type Trained, train } from './train.js';

/** One training of many: plain data, so that it can be sent to a worker thread. */
export interface TrainJob {
  readonly layers: readonly LayerSpec[];
  readonly X: Matrix;
  readonly y: ArrayLike<number> | Matrix;
  /** The rows to train on, such as a fold's. Default: all. */
  readonly rows?: ArrayLike<number>;
  readonly options: TrainOptions;
}

/** Runs a job to its end; reports each epoch. What worker threads call. */
export function trainJob({ layers, X, y, rows, options }: TrainJob, report: (log: unknown) => void): Trained {
  const epochs = rows
    ? train(layers, takeRows(X, rows), takeTargets(y, rows), withRows(options, rows))
    : train(layers, X, y, options);
  for (;;) {
    const next = epochs.next();
    if (next.done) return next.value;
    report(next.value);
  }
}

/** The options with the weights of the rows that are taken. */
function withRows({ sampleWeights, ...options }: TrainOptions, rows: ArrayLike<number>): TrainOptions {
  return sampleWeights
    ? { ...options, sampleWeights: Float64Array.from(rows, (i) => sampleWeights[i]) }
    : options;
}

function takeTargets(y: ArrayLike<number> | Matrix, rows: ArrayLike<number>): ArrayLike<number> | Matrix {
  return 'rows' in y ? takeRows(y, rows) : Float64Array.from(rows, (i) => y[i]);
}
