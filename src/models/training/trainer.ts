import type { Matrix } from '../../numeric/matrix.js';
import { random } from '../../numeric/random.js';
import { type Arena, arena, padded } from '../../numeric/wasm/arena.js';
import { networkKernels } from '../../numeric/wasm/network.js';
import type { LayerSpec } from '../layers.js';
import { outputOf } from './check.js';
import { compileStages, planStages } from './compile.js';
import { type Batches, batches } from './data.js';
import { batchLoss, fusedActivation } from './loss.js';
import { optimizerStep } from './optimizer.js';
import type { TrainOptions } from './options.js';
import { penalty } from './penalty.js';
import type { Parameter, Stage } from './stage.js';
import { targets } from './targets.js';

/** A network in an arena with its data, ready to be trained; nothing is allocated from here on. */
export interface Trainer {
  readonly stages: readonly Stage[];
  /** One pass over the rows; returns the mean loss. */
  epoch(learningRate: number): number;
  /** The mean loss on the validation rows, without dropout; undefined when there are none. */
  validate(): number | undefined;
  /** The layers with their present weights. */
  read(): LayerSpec[];
}

/** Compiles layers, data and options, which must have passed `checkTraining`. */
export function trainer(
  layers: readonly LayerSpec[],
  X: Matrix,
  y: ArrayLike<number> | Matrix,
  options: TrainOptions,
): Trainer {
  const {
    batchSize = 32,
    loss = 'binaryCrossentropy',
    validation,
    layerRates = {},
    shuffle = true,
  } = options;
  const { outputs } = outputOf(layers);
  const ld = padded(outputs);
  const room = arena();
  const kernels = networkKernels(room);
  const source = random(options.seed);
  const most = Math.min(batchSize, Math.max(X.rows, validation?.X.rows ?? 0));
  const plans = planStages(layers, fusedActivation(loss, outputs));
  const stages = compileStages(room, kernels, plans, most, source, zeroShare(X) > 0.4);
  const rows = load(room, X, y);
  const held = validation && load(room, validation.X, validation.y);
  const gradient = room.allocate(most * ld);
  const lossOf = batchLoss(kernels, outputs, ld, options);
  const zeros = room.allocate(longest(stages));
  const blocks = stages.map((stage) => stage.parameters.map((block) => blockOf(stage, block)));
  const order = source.fork('order');
  const last = stages.length - 1;

  function load(into: Arena, values: Matrix, truth: ArrayLike<number> | Matrix): Batches {
    return batches(into, kernels, values, targets(truth, values.rows, outputs, options), most);
  }

  function blockOf({ name }: Stage, parameter: Parameter) {
    const step = optimizerStep(kernels, options.optimizer ?? { kind: 'adam' }, parameter);
    return {
      step,
      penalise: penalty(kernels, options, zeros, name, parameter),
      factor: layerRates[name] ?? 1,
    };
  }

  function trainBatch(n: number, first: number, learningRate: number): number {
    let value = rows.X;
    for (const stage of stages) {
      stage.forward(value, n);
      value = stage.output;
    }
    const result = lossOf(value, rows.T, rows.weights, gradient, n);
    let G = gradient;
    for (let i = last; i >= first; i--)
      G = stages[i].backward(i === 0 ? rows.X : stages[i - 1].output, G, n, i > first);
    for (let i = first; i <= last; i++) {
      if (!stages[i].active) continue;
      for (const { penalise, step, factor } of blocks[i]) {
        penalise?.();
        step(learningRate * factor);
      }
    }
    return result;
  }

  return {
    stages,
    epoch(learningRate) {
      if (shuffle) rows.arrange(order.permutation(rows.n));
      const first = stages.findIndex((stage) => stage.active);
      return meanOver(rows, most, (n) => trainBatch(n, first < 0 ? last + 1 : first, learningRate));
    },
    validate: () =>
      held &&
      meanOver(held, most, (n) => {
        let value = held.X;
        for (const stage of stages) {
          stage.infer(value, n);
          value = stage.output;
        }
        return lossOf(value, held.T, held.weights, gradient, n);
      }),
    read: () => readAll(layers, stages),
  };
}

function zeroShare(X: Matrix): number {
  let zeros = 0;
  for (let i = 0; i < X.data.length; i++) if (X.data[i] === 0) zeros++;
  return zeros / X.data.length;
}

/** The mean over rows of what `run` says of each batch. */
function meanOver(rows: Batches, size: number, run: (n: number) => number): number {
  let total = 0;
  for (let from = 0; from < rows.n; from += size) {
    const n = rows.take(from, size);
    total += n * run(n);
  }
  return total / rows.n;
}

const longest = (stages: readonly Stage[]): number =>
  Math.max(4, ...stages.flatMap((stage) => stage.parameters.map((parameter) => parameter.length)));

function readAll(layers: readonly LayerSpec[], stages: readonly Stage[]): LayerSpec[] {
  const trained = new Map(stages.map((stage) => [stage.name, stage.read()]));
  return layers.map((layer) =>
    layer.kind === 'dense' || layer.kind === 'norm' ? trained.get(layer.name)! : layer,
  );
}
