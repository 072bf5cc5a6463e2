import type { Matrix } from '../../numeric/matrix.js';
import { random } from '../../numeric/random.js';
import { arena, padded } from '../../numeric/wasm/arena.js';
import { emptyProgram } from '../../numeric/wasm/program.js';
import type { LayerSpec } from '../layers.js';
import { outputOf } from './check.js';
import { compileStages, planStages } from './compile.js';
import { type Batches, batches } from './data.js';
import { batchLoss, fusedActivation } from './loss.js';
import type { Held, TrainOptions } from './options.js';
import type { Stage } from './stage.js';
import { targets } from './targets.js';
import { updates } from './updates.js';

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
  const { batchSize = 32, loss = 'binaryCrossentropy', validation, shuffle = true } = options;
  const { outputs } = outputOf(layers);
  const ld = padded(outputs);
  const room = arena();
  const program = emptyProgram(room);
  const kernels = program.operations;
  const source = random(options.seed);
  const most = Math.min(batchSize, Math.max(X.rows, validation?.X.rows ?? 0));
  const plans = planStages(layers, fusedActivation(loss, outputs));
  const stages = compileStages(room, kernels, plans, most, source, zeroShare(X) > 0.4);
  const rows = load({ X, y, sampleWeights: options.sampleWeights });
  const held = validation && load(validation);
  const gradient = room.allocate(most * ld);
  const lossOf = batchLoss(kernels, outputs, ld, options);
  const move = updates(room, kernels, stages, options);
  const order = source.fork('order');

  function load({ X, y, sampleWeights }: Held): Batches {
    return batches(room, kernels, X, targets(y, X.rows, outputs, { ...options, sampleWeights }), most);
  }

  function learn(n: number, first: number, learningRate: number): void {
    rows.take(n);
    let value = rows.X;
    for (const stage of stages) {
      stage.forward(value, n);
      value = stage.output;
    }
    lossOf(value, rows.T, rows.weights, gradient, n);
    let G = gradient;
    for (let i = stages.length - 1; i >= first; i--)
      G = stages[i].backward(i === 0 ? rows.X : stages[i - 1].output, G, n, i > first);
    move(learningRate);
  }

  function judge(n: number): void {
    held!.take(n);
    let value = held!.X;
    for (const stage of stages) {
      stage.infer(value, n);
      value = stage.output;
    }
    lossOf(value, held!.T, held!.weights, gradient, n);
  }

  /** The mean over rows of the losses in what `write` writes down for each batch. */
  function pass(n: number, write: (size: number) => void): number {
    const full = Math.floor(n / most);
    let total = 0;
    for (const [times, from, size] of [
      [full, 0, most],
      [1, full * most, n % most],
    ]) {
      if (times * size === 0) continue;
      program.clear();
      write(size);
      total += program.run(times, from, size);
    }
    return total / n;
  }

  return {
    stages,
    epoch(learningRate) {
      if (shuffle) rows.arrange(order.permutation(rows.n));
      const active = stages.findIndex((stage) => stage.active);
      const first = active < 0 ? stages.length : active;
      return pass(rows.n, (n) => learn(n, first, learningRate));
    },
    validate: () => held && pass(held.n, judge),
    read: () => readAll(layers, stages),
  };
}

function zeroShare(X: Matrix): number {
  let zeros = 0;
  for (let i = 0; i < X.data.length; i++) if (X.data[i] === 0) zeros++;
  return zeros / X.data.length;
}

function readAll(layers: readonly LayerSpec[], stages: readonly Stage[]): LayerSpec[] {
  const trained = new Map(stages.map((stage) => [stage.name, stage.read()]));
  return layers.map((layer) =>
    layer.kind === 'dense' || layer.kind === 'norm' ? trained.get(layer.name)! : layer,
  );
}
