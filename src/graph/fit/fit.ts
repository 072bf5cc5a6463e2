import { progress } from '../../models/training/progress.js';
import { rateFactor } from '../../models/training/schedule.js';
import { type DataSet, takeBatch } from '../data/data-set.js';
import type { Source } from '../data/source.js';
import type { Engine, HostBatch } from '../engine/engine.js';
import { readCheckpoint, writeCheckpoint } from './checkpoint.js';
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
  const { engine, learningRate, weightCount } = training;
  const { epochs = 1, schedule, earlyStopping, callbacks } = options;
  const factor = rateFactor(schedule, epochs);
  const course = progress(earlyStopping);
  const state = startingState(training, options, before);
  for (const log of state.logs) course.add(log);
  await callbacks?.onTrainBegin?.();
  for (let epoch = state.logs.length; epoch < epochs && !course.stopped; epoch++) {
    await callbacks?.onEpochBegin?.(epoch);
    const rate = learningRate * factor(epoch, course.monitored);
    const scores = await trainEpoch(training, options, state, epoch, rate);
    const log = epochLog(training, epoch, epochs, rate, scores);
    state.logs.push(log);
    if (course.add(log) && earlyStopping) state.best = engine.read();
    await options.onEpoch?.(log);
    await callbacks?.onEpochEnd?.(epoch, namedScores(log));
    save(training, options, state, course.stopped || epoch + 1 === epochs);
  }
  if (state.best) restoreWeights(engine, state.best, weightCount);
  await callbacks?.onTrainEnd?.();
  const history = { ...course.history(engine.kind), history: columns(state.logs.map(namedScores)) };
  return { history, iterations: state.iterations };
}

/** Where a training stands, beside the engine's variables. */
interface State {
  iterations: number;
  readonly logs: GraphEpochLog[];
  /** All variables after the best epoch. */
  best?: readonly Float32Array[];
}

/** The beginning, or where a checkpoint was left. */
function startingState(
  { engine, settings, iterations }: Training,
  { checkpoint }: GraphFitOptions,
  before: readonly Float32Array[],
): State {
  if (!checkpoint || checkpoint.resume === false) return { iterations, logs: [] };
  const lengths = before.map(({ length }) => length);
  const found = readCheckpoint(checkpoint.path, settings, lengths);
  if (!found) return { iterations, logs: [] };
  engine.write(found.state);
  return { iterations: found.iterations, logs: [...found.logs], best: found.best };
}

function save(
  { engine, settings }: Training,
  { checkpoint }: GraphFitOptions,
  { iterations, logs, best }: State,
  isLast: boolean,
): void {
  if (!checkpoint || !(isLast || logs.length % (checkpoint.every ?? 1) === 0)) return;
  writeCheckpoint(checkpoint.path, { settings, iterations, logs, state: engine.read(), best });
}

function restoreWeights(engine: Engine, best: readonly Float32Array[], weightCount: number): void {
  engine.write(engine.read().map((values, i) => (i < weightCount ? best[i] : values)));
}

/** One pass over the batches; returns the mean scores. */
async function trainEpoch(
  training: Training,
  options: GraphFitOptions,
  state: State,
  epoch: number,
  rate: number,
): Promise<Record<string, number>> {
  const { engine, source, names } = training;
  const { seed = 0, signal, callbacks } = options;
  const mean = means(names);
  const pause = pauses();
  let place = 0;
  for await (const batch of source.epoch(epoch)) {
    signal?.throwIfAborted();
    await callbacks?.onBatchBegin?.(place);
    const scores = engine.train(batch, rate, [seed | 0, state.iterations++ | 0]);
    if (!Number.isFinite(scores[0])) throw diverged(training, batch, epoch, place, scores[0]);
    mean.add(scores, batch.rows);
    await tell(training, options, epoch, place, batch.rows, scores);
    place++;
    await pause();
  }
  signal?.throwIfAborted();
  return mean.read();
}

/** Calls back after a batch. */
async function tell(
  { names, source }: Training,
  { onBatch, callbacks }: GraphFitOptions,
  epoch: number,
  place: number,
  size: number,
  scores: Float32Array,
): Promise<void> {
  if (!onBatch && !callbacks?.onBatchEnd) return;
  const named = Object.fromEntries(names.map((name, i) => [name, scores[i]]));
  await onBatch?.({ epoch: epoch + 1, batch: place + 1, batches: source.batches, scores: named });
  await callbacks?.onBatchEnd?.(place, { batch: place, size, ...named });
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

const MEASURED = 64; // rows at a time: more no longer fit the cache

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
