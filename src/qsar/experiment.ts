import { type CrossValidation, crossValidate } from '../evaluation/cross-validate.js';
import { type ScoreIntervals, scoreIntervals } from '../evaluation/intervals.js';
import { filterRows } from '../frames/rows.js';
import { groupFolds, stratifiedFolds } from '../frames/splits.js';
import { numbers, type Table, texts } from '../frames/table.js';
import { predictToxicity, type ToxicityModel } from '../models/toxicity-model.js';
import { finetune, pretrain, trainFromScratch } from '../models/toxicity-training.js';

/** A way to come to a model: from the target alone, or from the source with some layers frozen. */
export type Arm = { readonly name: string } & (
  | { readonly kind: 'from scratch' }
  | { readonly kind: 'fine-tune'; readonly frozenLayers: number }
);

/** What the quick comparison looks at: no transfer, and transfer with none and with one of the layers frozen. */
export const QUICK_ARMS: readonly Arm[] = [
  { name: 'from scratch', kind: 'from scratch' },
  { name: 'fine-tuned, all layers', kind: 'fine-tune', frozenLayers: 0 },
  { name: 'fine-tuned, 1 layer frozen', kind: 'fine-tune', frozenLayers: 1 },
];

/** How rows are held out: at random, or whole publications at a time. */
export type SplitName = 'random' | 'by publication';

export const SPLITS: readonly SplitName[] = ['random', 'by publication'];

/** One arm under one split: its out-of-fold predictions and their scores. */
export interface ArmResult extends CrossValidation {
  readonly arm: string;
  readonly split: SplitName;
  readonly scores: ScoreIntervals;
}

export interface ExperimentOptions {
  /** Seed of folds, weights, batches and bootstrap. */
  seed: number;
  arms?: readonly Arm[];
  splits?: readonly SplitName[];
  /** 5 */
  folds?: number;
  /** Passes over the source; 30. */
  pretrainEpochs?: number;
  /** Passes over the target; 60. */
  epochs?: number;
  /** Bootstrap resamples of publications; 2,000. */
  replicates?: number;
  signal?: AbortSignal;
  /** Called after each fold of each arm. */
  onProgress?: (progress: { split: SplitName; arm: string; fold: number; folds: number }) => void;
}

/**
 * Judges arms on one target under random folds and under folds that hold whole publications out, side by side. In
 * every fold encoder, pre-training and fine-tuning see the training side only, and the source is cleared of the
 * target's held-out publications.
 * @returns one result per split and arm; under one split all arms have the same folds.
 */
export async function compareArms(
  source: Table,
  target: Table,
  { arms = QUICK_ARMS, splits = SPLITS, ...options }: ExperimentOptions,
): Promise<ArmResult[]> {
  const results: ArmResult[] = [];
  for (const split of splits) results.push(...(await compareUnder(split, source, target, arms, options)));
  return results;
}

async function compareUnder(
  split: SplitName,
  source: Table,
  target: Table,
  arms: readonly Arm[],
  {
    seed,
    folds: k = 5,
    replicates,
    signal,
    onProgress,
    ...training
  }: Omit<ExperimentOptions, 'arms' | 'splits'>,
): Promise<ArmResult[]> {
  const grouped = split === 'by publication';
  const labels = numbers(target, 'toxic');
  const folds = grouped
    ? groupFolds(texts(target, 'group'), { k, labels, seed })
    : stratifiedFolds(labels, { k, seed });
  const pretrained = new Map<number, ToxicityModel>();
  const results: ArmResult[] = [];
  for (const arm of arms) {
    const validated = await crossValidate(
      target,
      folds,
      async (train, test, fold) => {
        const heldOut = grouped ? folds[fold].test : new Int32Array();
        const clear = withoutGroups(source, heldOut, target);
        const model = await trainArm(arm, clear, train, { ...training, seed, signal }, pretrained, fold);
        return { probabilities: predictToxicity(model, test), seen: model.seen };
      },
      { grouped, signal, onFold: (fold, of) => onProgress?.({ split, arm: arm.name, fold, folds: of }) },
    );
    const scores = scoreIntervals(validated.labels, validated.probabilities, validated.groups, {
      seed,
      replicates,
    });
    results.push({ ...validated, arm: arm.name, split, scores });
  }
  return results;
}

/** The source without publications that the target holds out. */
function withoutGroups(source: Table, heldOut: Int32Array, target: Table): Table {
  const groups = texts(target, 'group');
  const banned = new Set(Array.from(heldOut, (i) => groups[i]));
  const own = texts(source, 'group');
  return own.some((group) => banned.has(group)) ? filterRows(source, (i) => !banned.has(own[i])) : source;
}

interface ArmTraining {
  readonly seed: number;
  readonly pretrainEpochs?: number;
  readonly epochs?: number;
  readonly signal?: AbortSignal;
}

/** Arms that fine-tune share one pre-training a fold. */
async function trainArm(
  arm: Arm,
  source: Table,
  train: Table,
  { seed, pretrainEpochs = 30, epochs = 60, signal }: ArmTraining,
  pretrained: Map<number, ToxicityModel>,
  fold: number,
): Promise<ToxicityModel> {
  if (arm.kind === 'from scratch') return trainFromScratch(train, { seed, epochs, signal });
  let model = pretrained.get(fold);
  if (!model) {
    model = await pretrain(source, { seed, epochs: pretrainEpochs, vocabulary: train, signal });
    pretrained.set(fold, model);
  }
  return finetune(model, train, { seed, epochs, frozenLayers: arm.frozenLayers, signal });
}
