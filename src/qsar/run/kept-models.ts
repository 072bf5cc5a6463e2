import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { twoClasses } from '../../evaluation/class-probabilities.js';
import { type Conformal, fitConformal } from '../../evaluation/conformal.js';
import { takeTableRows } from '../../frames/rows.js';
import type { Table } from '../../frames/table.js';
import { loadModel, saveModel } from '../../models/store.js';
import { packageVersion } from '../../runs/code-version.js';
import { fromPlainText, plainText } from '../../runs/plain.js';
import { type TaskStore, writeWhole } from '../../runs/store.js';
import type { Arm } from '../arm.js';
import type { SplitName } from '../split-folds.js';
import { type ArmModel, predictArm } from '../train-arm.js';
import type { ArmAnswer } from './arm-task.js';
import type { ArmScores, KeptArm, QsarRun } from './run-result.js';

/** What is kept of a run for new particles of one target. */
export interface KeptModels {
  readonly format: 1;
  readonly nurdle: string;
  readonly run: string;
  readonly target: string;
  readonly arm: Arm;
  readonly split: SplitName;
  readonly synthetic: boolean;
  /** How sets are made of probabilities: calibrated on out-of-fold predictions, by publication and class. */
  readonly conformal: Conformal;
  readonly seeds: number;
  /** Whether targets are told apart by the rule of the built-in tables: polystyrene up to and above 100 nm, others. */
  readonly builtIn: boolean;
  /** Whether descriptors are joined to rows by their material before they are scored. */
  readonly materials: boolean;
}

/** The same with the models themselves and the rows they were trained on. */
export interface LoadedModels extends KeptModels {
  readonly models: readonly ArmModel[];
  readonly training: Table;
}

/** The folder of a target's models; `seed 1`, … are in TensorFlow.js's format where they are networks. */
const folderOf = (folder: string, target: string): string =>
  join(folder, 'models', encodeURIComponent(target));

/** Saves the kept models of every target into the run's folder. */
export async function saveKept(
  run: QsarRun,
  targets: Readonly<Record<string, Table>>,
  store: TaskStore,
): Promise<void> {
  for (const kept of run.kept) {
    const folder = folderOf(run.folder, kept.target);
    const training = takeTableRows(targets[kept.target], scoresOf(run, kept).rows);
    await writeWhole(join(folder, 'training.json'), plainText(training));
    for (const [k, key] of kept.keys.entries()) {
      const answer = (await store.result(key))?.value as ArmAnswer | undefined;
      if (answer?.model) await saveOne(answer.model, join(folder, `seed ${k + 1}`), run);
    }
    await writeWhole(join(folder, 'kept.json'), `${JSON.stringify(described(run, kept), null, 2)}\n`);
  }
}

function described(run: QsarRun, kept: KeptArm): KeptModels {
  const { target, arm, split, keys } = kept;
  return {
    ...{ format: 1, nurdle: packageVersion(), run: run.config.name, target, arm, split },
    ...{ synthetic: run.synthetic, conformal: calibrated(run, scoresOf(run, kept)), seeds: keys.length },
    ...{ builtIn: run.config.data.targets === null, materials: run.config.data.materials },
  };
}

function calibrated({ config }: QsarRun, { labels, probabilities, groups, split }: ArmScores): Conformal {
  const grouped = split === 'random' || split === 'stratified' ? {} : { groups };
  return fitConformal(labels, twoClasses(probabilities), { ...config.conformal, ...grouped });
}

/** The out-of-fold scores of the kept arm: on all rows that are no test set, those it is trained on in the end. */
const scoresOf = ({ arms }: QsarRun, { target, split, arm }: KeptArm): ArmScores =>
  arms.find((one) => one.target === target && one.split === split && one.arm === arm.name)!;

function saveOne(model: ArmModel, path: string, { origins }: QsarRun): Promise<void> {
  return 'network' in model
    ? saveModel(model, path, { data: origins })
    : writeWhole(join(path, 'traditional.json'), plainText(model));
}

/**
 * Loads what `saveKept` saved for one target.
 * @throws Error when the folder holds no such models, or damaged ones.
 */
export async function loadKept(runFolder: string, target: string): Promise<LoadedModels> {
  const folder = folderOf(runFolder, target);
  const kept = JSON.parse(await readText(join(folder, 'kept.json'))) as KeptModels;
  if (kept.format !== 1)
    throw new Error(`${join(folder, 'kept.json')} is of another version; run the comparison again`);
  const models: ArmModel[] = [];
  for (let k = 1; k <= kept.seeds; k++) models.push(await loadOne(kept, join(folder, `seed ${k}`)));
  const training = fromPlainText(await readText(join(folder, 'training.json'))) as Table;
  return { ...kept, models, training };
}

async function loadOne({ arm }: KeptModels, path: string): Promise<ArmModel> {
  if (arm.kind !== 'traditional') return loadModel(path);
  return fromPlainText(await readText(join(path, 'traditional.json'))) as ArmModel;
}

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} cannot be read; name a folder that nurdle qsar run wrote to its end`);
  });

/** Mean probability over the models, and how far they disagree. */
export function predictKept({ models }: LoadedModels, rows: Table) {
  const all = models.map((model) => predictArm(model, rows));
  const pick = (of: (values: number[]) => number) =>
    Float64Array.from({ length: rows.rows }, (_, i) => of(all.map((own) => own[i])));
  return {
    probabilities: pick((values) => values.reduce((sum, p) => sum + p, 0) / values.length),
    lowest: pick((values) => Math.min(...values)),
    highest: pick((values) => Math.max(...values)),
  };
}
