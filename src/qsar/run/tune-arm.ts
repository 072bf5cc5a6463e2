import { rocAuc } from '../../evaluation/roc.js';
import { type Judge, randomSearch, type SearchResult, successiveHalving } from '../../evaluation/search.js';
import type { Choice, SearchSpace, Settings } from '../../evaluation/search-space.js';
import { takeTableRows } from '../../frames/rows.js';
import { groupFolds, type Split, stratifiedFolds } from '../../frames/splits.js';
import { numbers, type Table, texts } from '../../frames/table.js';
import type { ToxicityModel } from '../../models/toxicity-model.js';
import type { Arm, TraditionalArm } from '../arm.js';
import { type ArmTraining, predictArm, trainArm } from '../train-arm.js';
import type { SearchChoice } from './config.js';

/** An arm with the settings that inner cross-validation found best. */
export interface TunedArm {
  readonly arm: Arm;
  readonly training: ArmTraining;
  readonly search: SearchResult;
}

/**
 * Chooses the hyper-parameters of an arm by inner cross-validation of the training rows; what the outer fold holds out
 * is not looked at. Judged by ROC-AUC. Successive halving begins with a ninth of the epochs, trees or rounds.
 * @param heldTogether - column whose values stay on one side of the inner folds too.
 * @param pretrained - what a fine-tuning arm starts from; it is not pre-trained anew for each inner fold.
 */
export async function tuneArm(
  arm: Arm,
  train: Table,
  training: ArmTraining,
  { trials, folds: k, scheduler }: Omit<SearchChoice, 'arms'>,
  { heldTogether, pretrained }: { heldTogether: string | null; pretrained?: ToxicityModel },
): Promise<TunedArm> {
  const { seed } = training;
  const judge: Judge = async (settings, fold, budget) => {
    const tuned = withSettings(arm, training, settings, budget);
    const model = await trainArm(tuned.arm, takeTableRows(train, fold.train), tuned.training, pretrained);
    const held = takeTableRows(train, fold.test);
    return rocAuc(numbers(held, 'toxic'), predictArm(model, held));
  };
  const folds = innerFolds(train, heldTogether, k, seed);
  const space = spaceOf(arm, Math.min(...folds.map((fold) => fold.train.length)));
  const options = { folds, seed, trials, start: [{}] };
  const search =
    scheduler === 'halving'
      ? await successiveHalving(space, judge, { ...options, budget: { from: 1 / 9, to: 1 } })
      : await randomSearch(space, judge, options);
  return { ...withSettings(arm, training, search.best.settings, 1), search };
}

function innerFolds(train: Table, heldTogether: string | null, k: number, seed: number): Split[] {
  const labels = numbers(train, 'toxic');
  const groups =
    heldTogether === null ? null : texts(train, heldTogether).map((word) => word ?? 'not stated');
  const folds = groups ? groupFolds(groups, { k, labels, seed }) : stratifiedFolds(labels, { k, seed });
  return folds.filter(({ train: own }) => new Set(Array.from(own, (i) => labels[i])).size > 1);
}

const logarithmic = (from: number, to: number): Choice => ({ kind: 'logarithmic', from, to });
const whole = (from: number, to: number): Choice => ({ kind: 'whole', from, to });

const NETWORK: SearchSpace = { learningRate: logarithmic(3e-4, 5e-3), l2: logarithmic(1e-6, 1e-2) };

const TRADITIONAL: Readonly<Record<Exclude<TraditionalArm['model'], 'knn'>, SearchSpace>> = {
  forest: { minimumLeaf: whole(1, 10), maximumDepth: whole(3, 30) },
  boosted: { learningRate: logarithmic(0.02, 0.3), maximumLeaves: whole(3, 31), minimumLeaf: whole(1, 20) },
  logistic: { penalty: logarithmic(1e-3, 1e2) },
  svm: { C: logarithmic(1e-2, 1e2), gamma: logarithmic(1e-4, 1) },
};

/** @param rows - of the smallest inner training side: no more neighbours than that. */
function spaceOf(arm: Arm, rows: number): SearchSpace {
  if (arm.kind === 'traditional')
    return arm.model === 'knn' ? { k: whole(1, Math.min(30, rows)) } : TRADITIONAL[arm.model];
  return arm.kind === 'from scratch'
    ? { ...NETWORK, dropout: { kind: 'number', from: 0, to: 0.5 } }
    : NETWORK;
}

/** What a budget below 1 cuts, by model, with its default. */
const BUDGETED = { forest: { trees: 100 }, boosted: { rounds: 100 } } as const;

function withSettings(
  arm: Arm,
  training: ArmTraining,
  settings: Settings,
  budget: number,
): Omit<TunedArm, 'search'> {
  const share = (count: number): number => Math.max(1, Math.round(budget * count));
  const { network } = training;
  if (arm.kind !== 'traditional')
    return {
      arm,
      training: { ...training, network: { ...network, ...settings, epochs: share(network.epochs) } },
    };
  const cut = arm.model === 'forest' || arm.model === 'boosted' ? BUDGETED[arm.model] : {};
  const own: Record<string, number> = { ...cut, ...arm.options };
  const budgeted = Object.fromEntries(
    Object.entries(own).map(([name, value]) => [name, name in cut ? share(value) : value]),
  );
  const options = { ...budgeted, ...(settings as Record<string, number>) };
  return { arm: { ...arm, options }, training };
}
