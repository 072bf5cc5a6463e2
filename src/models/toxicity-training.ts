import { encode } from '../descriptors/encode.js';
import {
  type DescriptorChoice,
  descriptorColumns,
  featureNames,
  fitEncoder,
} from '../descriptors/encoder.js';
import { countToxic } from '../frames/label.js';
import { concatTables, onlyColumns } from '../frames/rows.js';
import { seenIn, uniteSeen } from '../frames/seen.js';
import { numbers, type Table, texts } from '../frames/table.js';
import { random } from '../numeric/random.js';
import { fitLayers } from './fit-layers.js';
import { foldLayers } from './fold.js';
import { dense, type LayerSpec } from './layers.js';
import { newNetwork } from './new-network.js';
import type { Stage, ToxicityModel } from './toxicity-model.js';

export interface TrainingOptions {
  /** Seed of initial weights, batches and dropout. */
  seed: number;
  /** Passes over the training rows; 40 for pre-training, 60 for the small sets. */
  epochs?: number;
  /** Rows a step; 32. */
  batchSize?: number;
  /** Adam's step size; 0.001. */
  learningRate?: number;
  /** Strength of the penalty on squared weights; 1e-4. */
  l2?: number;
  signal?: AbortSignal;
  /** Called after each epoch with its number from 1 and the mean loss. */
  onEpoch?: (epoch: number, loss: number) => void;
}

export interface NetworkOptions extends TrainingOptions {
  /** Units of the hidden layers; [64, 32], which with the output makes three layers. */
  hidden?: readonly number[];
  /** Share of hidden units dropped while training; 0.2. */
  dropout?: number;
  /** Columns that become features; those of the common schema. */
  descriptors?: DescriptorChoice;
  /**
   * Rows of the later target whose words and scales the encoder should know as well, though nothing is learned from
   * their labels: training rows only, never held-out ones.
   */
  vocabulary?: Table;
}

/**
 * Trains the network on the large nanoparticle table: the knowledge that is transferred.
 * @param source - in the common schema; every row needs `toxic` and `group`.
 * @throws RangeError when the table is empty or has one class only; the signal's reason when aborted.
 */
export function pretrain(source: Table, options: NetworkOptions): Promise<ToxicityModel> {
  return trainNew('pre-train', source, { epochs: 40, ...options });
}

/** Trains the same network on the small table alone: what transfer is judged against. */
export function trainFromScratch(target: Table, options: NetworkOptions): Promise<ToxicityModel> {
  return trainNew('from scratch', target, { epochs: 60, ...options });
}

export interface FineTuneOptions extends TrainingOptions {
  /** How many layers, from the input on, keep their pre-trained weights to the bit; 1. */
  frozenLayers?: number;
  /** Strength of the pull towards the pre-trained weights (L2-SP); 0. */
  l2sp?: number;
  /**
   * Gradual unfreezing: training begins with the output layer alone and thaws one layer more, towards the input, after
   * equal shares of the epochs, down to `frozenLayers`; false.
   *
   * Howard & Ruder (2018), doi:10.18653/v1/P18-1031
   */
  gradual?: boolean;
}

/**
 * Goes on training a pre-trained network on a small target table; encoder and frozen layers stay as they are.
 * @throws RangeError when no layer would be left to train, or as `pretrain` does.
 */
export async function finetune(
  model: ToxicityModel,
  target: Table,
  { frozenLayers = 1, gradual = false, ...options }: FineTuneOptions,
): Promise<ToxicityModel> {
  const names = model.network.map((layer) => layer.name);
  if (!(Number.isInteger(frozenLayers) && frozenLayers >= 0 && frozenLayers < names.length))
    throw new RangeError(
      `frozenLayers must be 0 … ${names.length - 1} of ${names.length} layers, but is ${frozenLayers}`,
    );
  const frozen = names.slice(0, frozenLayers);
  const start = { ...model, seen: uniteSeen(model.seen, seenIn([target], model.seen.columns)) };
  const { epochs = 60 } = options;
  const unfreeze = gradual ? thawTimes(names.slice(frozenLayers), epochs) : undefined;
  return trainStage('fine-tune', start, target, { ...options, epochs, frozen, unfreeze });
}

/** The epochs after which each layer joins in: the last at once, the first last. */
function thawTimes(names: readonly string[], epochs: number): Record<string, number> {
  const times = names.map((name, k): [string, number] => [
    name,
    Math.floor(((names.length - 1 - k) * epochs) / names.length),
  ]);
  return Object.fromEntries(times.filter(([, after]) => after > 0));
}

async function trainNew(
  name: Stage['name'],
  table: Table,
  { hidden = [64, 32], dropout = 0.2, descriptors, vocabulary, ...options }: NetworkOptions,
): Promise<ToxicityModel> {
  const tables = vocabulary ? [table, vocabulary] : [table];
  const columns = descriptorColumns(descriptors);
  const encoder = fitEncoder(concatTables(tables.map((part) => onlyColumns(part, columns))), { descriptors });
  const network = newNetwork(
    featureNames(encoder).names.length,
    hidden,
    random(options.seed).fork('weights'),
  );
  const start = { encoder, network, dropout, stages: [], seen: seenIn(tables, columns) };
  return trainStage(name, start, table, { ...options, frozen: [] });
}

interface StageOptions extends TrainingOptions {
  readonly frozen: readonly string[];
  readonly unfreeze?: Readonly<Record<string, number>>;
  readonly l2sp?: number;
}

async function trainStage(
  name: Stage['name'],
  model: ToxicityModel,
  table: Table,
  {
    seed,
    epochs = 40,
    batchSize = 32,
    learningRate = 1e-3,
    l2 = 1e-4,
    l2sp = 0,
    frozen,
    unfreeze,
    signal,
    onEpoch,
  }: StageOptions,
): Promise<ToxicityModel> {
  const labels = checkedLabels(table);
  const { layers, history } = await fitLayers(
    withDropout(model),
    encode(model.encoder, table).values,
    labels,
    {
      ...{ seed, epochs, batchSize, l2, frozen, unfreeze, signal },
      optimizer: { kind: 'adam', learningRate },
      l2sp: l2sp > 0 ? { strength: l2sp } : undefined,
      onEpoch: onEpoch && (({ epoch, loss }) => onEpoch(epoch, loss)),
    },
  );
  const stage: Stage = {
    ...{
      name,
      rows: table.rows,
      toxicRows: countToxic(table),
      epochs,
      frozen,
      unfreeze,
      seed,
      loss: history.loss,
    },
    publications: new Set(texts(table, 'group')).size,
  };
  return { ...model, network: foldLayers(layers), stages: [...model.stages, stage] };
}

function checkedLabels(table: Table): Float64Array {
  const labels = numbers(table, 'toxic');
  const wrong = labels.findIndex((label) => label !== 0 && label !== 1);
  if (wrong >= 0)
    throw new RangeError(
      `toxic must be 0 or 1 in every row, but row ${wrong + 1} is ${labels[wrong]}; drop rows without a label`,
    );
  const toxic = countToxic(table);
  if (toxic === 0 || toxic === labels.length)
    throw new RangeError(
      `table must hold toxic and non-toxic rows to train on, but ${toxic} of ${labels.length} are toxic; choose another threshold`,
    );
  return labels;
}

/** The network's layers with dropout after each hidden one. */
function withDropout({ network, dropout }: ToxicityModel): LayerSpec[] {
  return network.flatMap(({ name, inputs, outputs, weights, bias, activation }, k): LayerSpec[] => {
    const layer = { ...dense(name, inputs, outputs, weights, activation), bias };
    if (k === network.length - 1 || dropout === 0) return [layer];
    return [layer, { kind: 'dropout', name: `${name} dropout`, rate: dropout }];
  });
}
