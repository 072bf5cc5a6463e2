import type { DescriptorChoice } from '../../descriptors/encoder.js';
import type { Table } from '../../frames/table.js';
import type { ToxicityModel } from '../../models/toxicity-model.js';
import { finetune } from '../../models/toxicity-training.js';
import type { TaskInputs } from '../../runs/task.js';
import type { FineTuneArm } from '../arm.js';
import { type NetworkSettings, pretrainArm } from '../train-arm.js';
import { type Clearing, cleared, type FoldChoice, readFold } from './fold-sides.js';

/** A pre-training, shared by all arms that start from it. */
export interface PretrainSpecification extends FoldChoice, Pick<FineTuneArm, 'shuffled' | 'sources'> {
  /** SHA-256 of the source tables. */
  readonly tables: readonly string[];
  readonly clearing: Clearing;
  readonly seed: number;
  readonly network: NetworkSettings;
  readonly descriptors?: DescriptorChoice;
}

/** Pre-trains on the source, cleared of what the fold holds out. */
export async function pretrainTask(
  { tables, clearing, shuffled, sources, ...rest }: PretrainSpecification,
  inputs: TaskInputs,
): Promise<ToxicityModel> {
  const sides = await readFold(rest, inputs);
  const read = await Promise.all(tables.map((sha256) => inputs.value(sha256) as Promise<Table>));
  const own = read.map((table) => cleared(table, sides, clearing)).filter((table) => table.rows > 0);
  if (own.length === 0)
    throw new RangeError('nothing is left of the source when it is cleared of what the fold holds out');
  return pretrainArm({ shuffled, sources }, own, sides.train, rest);
}

/** One more step between source and target: fine-tuning on another target. */
export interface StepSpecification extends FoldChoice {
  /** SHA-256 of the other target's table. */
  readonly table: string;
  readonly clearing: Clearing;
  readonly seed: number;
  readonly network: NetworkSettings;
}

/** Fine-tunes the network `pretrained` on another target, cleared of what the fold holds out. */
export async function stepTask(
  { table, clearing, seed, network, ...choice }: StepSpecification,
  inputs: TaskInputs,
): Promise<ToxicityModel> {
  const sides = await readFold(choice, inputs);
  const pretrained = (await inputs.result('pretrained')) as ToxicityModel;
  const own = cleared((await inputs.value(table)) as Table, sides, clearing);
  const { hidden: _, dropout: __, pretrainEpochs: ___, ...settings } = network;
  return finetune(pretrained, own, { ...settings, seed, frozenLayers: 0 });
}
