import type * as tf from '@tensorflow/tfjs-node';
import { checkWhole } from '../numeric/check.js';
import { tensorflow } from '../numeric/tensorflow.js';
import { type DataSet, dataSet, inputRows, splitRows } from './data/data-set.js';
import { arraySource, type BatchGenerator, generatorSource, type Source } from './data/source.js';
import type { PerName } from './data/values.js';
import type { Engine, HostBatch } from './engine/engine.js';
import { type Differentiable, differentiable } from './explain/differentiable.js';
import { type Explainer, explainer, type Gradients, type OutputChoice } from './explain/explain.js';
import { exportSavedModel } from './export.js';
import { checkFit } from './fit/check.js';
import { whereNotFinite } from './fit/diagnose.js';
import { measure, train } from './fit/fit.js';
import { type FusedFit, isPlain } from './fit/fused.js';
import type { GraphFitOptions, GraphHistory } from './fit/options.js';
import type { Steps } from './step/steps.js';
import { weightSync } from './weights.js';

/** A model with its training compiled. Its weights return into the model after every `fit`. */
export interface CompiledNet {
  readonly model: tf.LayersModel;
  /** `graph`, or `tfjs` where the model cannot become a graph. */
  readonly engine: Engine['kind'];
  /** Why tfjs itself trains, where it does. */
  readonly reason: string | undefined;
  /** Steps done so far. */
  readonly iterations: number;
  /** Where schedules start from. */
  learningRate: number;
  /**
   * Trains on rows.
   * @param x - for each input: a tensor, typed array, matrix or nested array; a list or by name for several inputs.
   * @param y - for each output; class numbers or one-hot for losses of classes.
   * @throws RangeError when arguments do not fit, and when the loss is no longer finite: the sentence names the epoch,
   * the batch and the layer. The model keeps the weights that it had.
   */
  fit(x: PerName, y: PerName, options?: GraphFitOptions): Promise<GraphHistory>;
  /** Trains on batches as they are made. */
  fit(batches: BatchGenerator, options?: GraphFitOptions): Promise<GraphHistory>;
  /** Mean scores, by name, without dropout and penalties. */
  evaluate(
    x: PerName,
    y: PerName,
    options?: Pick<GraphFitOptions, 'classWeights' | 'sampleWeights'>,
  ): Record<string, number>;
  /**
   * One tensor for each output, or the only one.
   * @param options.batchSize - rows at a time. Default 32: more no longer fit the cache.
   */
  predict(x: PerName, options?: { readonly batchSize?: number }): tf.Tensor | tf.Tensor[];
  /**
   * Outputs and their gradients by each input, on a graph of its own.
   * @throws Error where tfjs itself trains, RangeError when an output, a unit or a layer is not there.
   */
  gradient(x: PerName, choice?: OutputChoice): Gradients;
  /** Grad-CAM of a convolution, n × its places: where the layer speaks for an output. */
  gradCam(x: PerName, layer: string, choice?: OutputChoice): tf.Tensor;
  /** What a layer's softmax gives; for `attention`, n × heads × queries × values. */
  attentionMaps(x: PerName, layer: string): tf.Tensor;
  /**
   * One unit as a function of all inputs in a row, one behind the other: what `integratedGradients` and
   * `expectedGradients` explain.
   */
  differentiable(choice: OutputChoice & { readonly unit: number }): Differentiable;
  /** Saves the prediction where Python's TensorFlow loads it. */
  exportSavedModel(folder: string): Promise<void>;
  /** Ends the graph and frees its memory; the model stays. */
  dispose(): void;
}

/** What a net is made of. */
export interface NetParts {
  readonly model: tf.LayersModel;
  readonly steps: Steps;
  readonly engine: Engine;
  readonly reason?: string;
  readonly learningRate: number;
  /** Trains instead of the engine where native TensorFlow is missing. */
  readonly fused?: FusedFit;
  /** Told the number of steps after each training. */
  readonly onIterations?: (iterations: number) => void;
}

/** The face of a compiled net. */
export function netOf({ model, steps, engine, reason, onIterations, ...parts }: NetParts): CompiledNet {
  let { learningRate } = parts;
  let iterations = 0;
  let training = false;
  const weights = weightSync(engine, steps);

  let explains: Explainer | undefined;

  function explaining(): Explainer {
    if (engine.kind !== 'graph') throw new Error(`the net must be a graph to be explained, but ${reason}`);
    weights.push();
    explains ??= explainer(model, steps, weights.read);
    return explains;
  }

  /** Trains on a source of batches and closes it. */
  async function fitSource(
    source: Source,
    validation: DataSet | undefined,
    settings: string,
    options: GraphFitOptions,
  ): Promise<GraphHistory> {
    if (training) throw new Error('the net is being trained; await the fit before');
    training = true;
    try {
      weights.push();
      const where = (batch: HostBatch) => weights.borrow(() => whereNotFinite(model, steps, batch));
      const { names, weightCount } = steps;
      const result = await train(
        { engine, source, validation, names, learningRate, weightCount, where, settings, iterations },
        options,
      );
      iterations = result.iterations;
      onIterations?.(iterations);
      weights.pull();
      return result.history;
    } finally {
      training = false;
      await source.close();
    }
  }

  function fitRows(x: PerName, y: PerName, options: GraphFitOptions): Promise<GraphHistory> {
    const { batchSize = 32, shuffle = true, seed = 0, augment, validationSplit } = options;
    const all = dataSet(steps, x, y, options);
    const [data, last] = validationSplit ? splitRows(all, validationSplit) : [all];
    const validation = last ?? heldOut(steps, options);
    if (parts.fused && isPlain(options)) return parts.fused(data, validation, learningRate, options);
    const source = arraySource(data, steps.inputs, { batchSize, shuffle, seed, augment });
    return fitSource(source, validation, settingsOf(steps, options, `${data.rows} rows`), options);
  }

  function fitBatches(batches: BatchGenerator, options: GraphFitOptions): Promise<GraphHistory> {
    const validation = heldOut(steps, options);
    const source = generatorSource(batches, steps, options.seed ?? 0);
    return fitSource(source, validation, settingsOf(steps, options, `${source.batches} batches`), options);
  }

  async function fit(
    first: PerName | BatchGenerator,
    second?: PerName | GraphFitOptions,
    third: GraphFitOptions = {},
  ): Promise<GraphHistory> {
    const options = isGenerator(first) ? ((second ?? {}) as GraphFitOptions) : third;
    checkFit(options);
    return isGenerator(first) ? fitBatches(first, options) : fitRows(first, second as PerName, options);
  }

  return {
    ...{ model, reason, engine: engine.kind },
    get iterations() {
      return iterations;
    },
    get learningRate() {
      return learningRate;
    },
    set learningRate(rate) {
      if (!(rate > 0 && Number.isFinite(rate)))
        throw new RangeError(`learningRate must be above 0, but is ${rate}`);
      learningRate = rate;
    },
    fit,
    evaluate(x, y, options) {
      weights.push();
      return measure(engine, dataSet(steps, x, y, options), steps.names);
    },
    predict(x, { batchSize = 32 } = {}) {
      checkWhole('batchSize', batchSize, 1);
      weights.push();
      const tensors = predictRows(engine, steps, inputRows(steps, x), batchSize);
      return tensors.length === 1 ? tensors[0] : tensors;
    },
    gradient: (x, choice) => explaining().gradient(x, choice),
    gradCam: (x, layer, choice) => explaining().gradCam(x, layer, choice),
    attentionMaps: (x, layer) => explaining().attentionMaps(x, layer),
    differentiable: (choice) => differentiable(steps.inputs, explaining(), choice),
    async exportSavedModel(folder) {
      weights.push();
      await exportSavedModel(model, steps, weights.read(), folder);
    },
    dispose() {
      explains?.dispose();
      engine.dispose();
      steps.dispose();
    },
  };
}

const isGenerator = (value: PerName | BatchGenerator): value is BatchGenerator =>
  typeof value === 'object' && value !== null && 'batchesPerEpoch' in value;

const heldOut = (steps: Steps, { validation }: GraphFitOptions): DataSet | undefined =>
  validation && dataSet(steps, validation.x, validation.y, validation);

/** What must be the same when a training is resumed, in words. */
function settingsOf({ variables }: Steps, options: GraphFitOptions, rows: string): string {
  const { seed = 0, batchSize = 32, shuffle = true } = options;
  const numbers = variables.reduce((sum, { size }) => sum + size, 0);
  return `${rows}, batches of ${batchSize}${shuffle ? ', shuffled' : ''}, seed ${seed}, ${numbers} numbers in ${variables.length} variables`;
}

function predictRows(
  engine: Engine,
  { outputs }: Steps,
  inputs: ReturnType<typeof inputRows>,
  batchSize: number,
): tf.Tensor[] {
  const rows = inputs[0].count;
  const widths = outputs.map(({ shape }) => shape.reduce((product, length) => product * length, 1));
  const all = widths.map((width) => new Float32Array(rows * width));
  for (let from = 0; from < rows; from += batchSize) {
    const count = Math.min(batchSize, rows - from);
    const batch = inputs.map(({ data, width }) => data.subarray(from * width, (from + count) * width));
    const values = engine.predict(count, batch);
    values.forEach((part, i) => {
      all[i].set(part, from * widths[i]);
    });
  }
  return outputs.map(({ shape }, i) => tensorflow().tensor(all[i], [rows, ...shape]));
}
