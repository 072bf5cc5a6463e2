import { progress } from '../../models/training/progress.js';
import { rateFactor } from '../../models/training/schedule.js';
import { type DataSet, takeBatch } from '../data/data-set.js';
import type { Source } from '../data/source.js';
import type { Engine, HostBatch } from '../engine/engine.js';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.js';
import { means } from './means.js';
import type { FitCallbacks, GraphEpochLog, GraphFitOptions, GraphHistory } from './options.js';

/** What a training works on. */
export interface Training {
  readonly engine: Engine;
  readonly source: Source;
  readonly validation?: DataSet;
  /** What the scores are, `loss` first. */
  readonly names: readonly string[];
  readonly learningRate: number;
  /** How many of the engine's variables are the model's weights. */
  readonly weightCount: number;
  /** Says in words where numbers of a batch stop being finite. */
  readonly where: (batch: HostBatch) => string;
  /** What a checkpoint must agree with. */
  readonly settings: string;
  /** Steps that the engine has done before. */
  readonly iterations: number;
}

/** Trains an engine; its variables are what they were when anything fails. */
export async function train(
  training: Training,
  options: GraphFitOptions,
): Promise<{ history: GraphHistory; iterations: number }> {
  const { engine } = training;
  const before = engine.read();
  try {
    return await trainEpochs(training, options, before);
  } catch (error) {
    engine.write(before);
    throw error;
  }
}

async function trainEpochs(training: Training, options: GraphFitOptions, before: readonly Float32Array[]) {
  const { engine, learningRate, weightCount, settings } = training;
  const { epochs = 1, schedule, earlyStopping, checkpoint, callbacks } = options;
  const factor = rateFactor(schedule, epochs);
  const course = progress(earlyStopping);
  const logs: GraphEpochLog[] = [];
  const lengths = before.map(({ length }) => length);
  const earlier =
    checkpoint && checkpoint.resume !== false && readCheckpoint(checkpoint.path, settings, lengths);
  let best: readonly Float32Array[] | undefined;
  let iterations = training.iterations;
  if (earlier) {
    engine.write(earlier.state);
    ({ iterations, best } = earlier);
    logs.push(...earlier.logs);
    for (const log of logs) course.add(log);
  }
  const step: Step = { training, options, iterations: () => iterations++ };
  await callbacks?.onTrainBegin?.();
  for (let epoch = logs.length; epoch < epochs && !course.stopped; epoch++) {
    await callbacks?.onEpochBegin?.(epoch);
    const rate = learningRate * factor(epoch, course.monitored);
    const scores = await trainEpoch(step, epoch, rate);
    const log = epochLog(training, epoch, epochs, rate, scores);
    logs.push(log);
    if (course.add(log) && earlyStopping) best = engine.read();
    await options.onEpoch?.(log);
    await callbacks?.onEpochEnd?.(epoch, namedScores(log));
    if (checkpoint && (isDue(epoch, checkpoint.every) || epoch + 1 === epochs || course.stopped)) {
      const kept: Checkpoint = { settings, iterations, logs, state: engine.read(), best };
      writeCheckpoint(checkpoint.path, kept);
    }
  }
  if (best) engine.write(engine.read().map((values, i) => (i < weightCount ? best![i] : values)));
  await callbacks?.onTrainEnd?.();
  const history = { ...course.history(engine.kind), history: columns(logs.map(namedScores)) };
  return { history, iterations };
}

const isDue = (epoch: number, every = 1): boolean => (epoch + 1) % every === 0;

interface Step {
  readonly training: Training;
  readonly options: GraphFitOptions;
  /** The number of the next step. */
  readonly iterations: () => number;
}

/** One pass over the batches; returns the mean scores. */
async function trainEpoch({ training, options, iterations }: Step, epoch: number, rate: number) {
  const { engine, source, names } = training;
  const { seed = 0, signal, onBatch, callbacks } = options;
  const mean = means(names);
  const pause = pauses();
  let place = 0;
  for await (const batch of source.epoch(epoch)) {
    signal?.throwIfAborted();
    await callbacks?.onBatchBegin?.(place);
    const scores = engine.train(batch, rate, [seed | 0, iterations() | 0]);
    if (!Number.isFinite(scores[0])) throw diverged(training, batch, epoch, place, scores[0]);
    mean.add(scores, batch.rows);
    if (onBatch || callbacks?.onBatchEnd) {
      const named = Object.fromEntries(names.map((name, i) => [name, scores[i]]));
      await onBatch?.({ epoch: epoch + 1, batch: place + 1, batches: source.batches, scores: named });
      await callbacks?.onBatchEnd?.(place, { batch: place, size: batch.rows, ...named });
    }
    place++;
    await pause();
  }
  signal?.throwIfAborted();
  return mean.read();
}

/** Lets timers, aborts and messages through, but not more often than they need. */
function pauses(everyMilliseconds = 20): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last < everyMilliseconds) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        last = performance.now();
        resolve();
      }),
    );
  };
}

function diverged(
  { where }: Training,
  batch: HostBatch,
  epoch: number,
  place: number,
  loss: number,
): RangeError {
  return new RangeError(
    `training diverged in epoch ${epoch + 1}, batch ${place + 1}: the loss is ${loss}, and ${where(batch)}; lower the learning rate, clip the gradients or scale x`,
  );
}

function epochLog(
  training: Training,
  epoch: number,
  epochs: number,
  learningRate: number,
  scores: Record<string, number>,
): GraphEpochLog {
  const validationScores =
    training.validation && measure(training.engine, training.validation, training.names);
  return {
    ...{ epoch: epoch + 1, epochs, loss: scores['loss'], validationLoss: validationScores?.['loss'] },
    ...{ learningRate, scores, validationScores },
  };
}

const MEASURED = 128; // rows at a time

/** Mean scores over rows, without dropout. */
export function measure(engine: Engine, data: DataSet, names: readonly string[]): Record<string, number> {
  const mean = means(names);
  for (let from = 0; from < data.rows; from += MEASURED) {
    const count = Math.min(MEASURED, data.rows - from);
    const rows = Int32Array.from({ length: count }, (_, i) => from + i);
    mean.add(engine.evaluate(takeBatch(data, rows)), count);
  }
  return mean.read();
}

type Logs = Parameters<NonNullable<FitCallbacks['onEpochEnd']>>[1] & object;

function namedScores({ scores, validationScores = {} }: GraphEpochLog): Logs {
  const held = Object.entries(validationScores).map(([name, value]) => [`val_${name}`, value] as const);
  return { ...scores, ...Object.fromEntries(held) };
}

function columns(logs: readonly Logs[]): Record<string, number[]> {
  const names = Object.keys(logs[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, logs.map((log) => log[name])]));
}
