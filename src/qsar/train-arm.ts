import type { DescriptorChoice } from '../descriptors/encoder.js';
import { concatTables, withColumns } from '../frames/rows.js';
import { numbers, type Table } from '../frames/table.js';
import { predictToxicity, type ToxicityModel } from '../models/toxicity-model.js';
import { finetune, pretrain, trainFromScratch } from '../models/toxicity-training.js';
import { random } from '../numeric/random.js';
import type { Arm, FineTuneArm } from './arm.js';
import { fitTraditional, predictTraditional, type TraditionalModel } from './traditional.js';

/** How every network of a comparison is built and trained. */
export interface NetworkSettings {
  /** Units of the hidden layers. */
  readonly hidden?: readonly number[];
  readonly dropout?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
  readonly l2?: number;
  /** Passes over the source. */
  readonly pretrainEpochs: number;
  /** Passes over the target. */
  readonly epochs: number;
}

export interface ArmTraining {
  readonly seed: number;
  readonly network: NetworkSettings;
  readonly descriptors?: DescriptorChoice;
}

/** What any arm comes to. */
export type ArmModel = ToxicityModel | TraditionalModel;

/**
 * The pre-trained network of a fine-tuning arm.
 * @param sources - one or more, cleared of what will be held out.
 * @param train - the target's training rows: their words and scales are known to the encoder, their labels to nobody.
 */
export async function pretrainArm(
  { shuffled = false, sources: order = 'together' }: Pick<FineTuneArm, 'shuffled' | 'sources'>,
  sources: readonly Table[],
  train: Table,
  { seed, network: { pretrainEpochs, epochs: _, ...network }, descriptors }: ArmTraining,
): Promise<ToxicityModel> {
  const tables = shuffled ? sources.map((source) => shuffleLabels(source, seed)) : sources;
  const [first, ...later] = order === 'together' ? [concatTables(tables)] : tables;
  const shared = { ...network, seed, epochs: pretrainEpochs };
  const vocabulary = concatTables([...later, train]);
  let model = await pretrain(first, { ...shared, descriptors, vocabulary });
  for (const table of later) model = await finetune(model, table, { ...shared, frozenLayers: 0 });
  return model;
}

function shuffleLabels(table: Table, seed: number): Table {
  const labels = numbers(table, 'toxic');
  const order = random(seed).fork('shuffled labels').permutation(table.rows);
  return withColumns(table, [['toxic', { kind: 'number', values: labels.map((_, i) => labels[order[i]]) }]]);
}

/**
 * Trains an arm on the target's training rows.
 * @param pretrained - what a fine-tuning arm starts from.
 */
export function trainArm(
  arm: Arm,
  train: Table,
  training: ArmTraining,
  pretrained?: ToxicityModel,
): ArmModel | Promise<ArmModel> {
  const { seed, network, descriptors } = training;
  const { pretrainEpochs: _, ...settings } = network;
  switch (arm.kind) {
    case 'from scratch':
      return trainFromScratch(train, { ...settings, seed, descriptors });
    case 'fine-tune': {
      if (!pretrained) throw new TypeError(`arm "${arm.name}" needs a pre-trained network to start from`);
      const { frozenLayers, l2sp, gradual } = arm;
      return finetune(pretrained, train, { ...settings, seed, frozenLayers, l2sp, gradual });
    }
    case 'traditional':
      return fitTraditional(arm, train, { seed, descriptors });
  }
}

/** The probability of toxicity that any arm's model gives each row. */
export const predictArm = (model: ArmModel, table: Table): Float64Array =>
  'network' in model ? predictToxicity(model, table) : predictTraditional(model, table);
