import { join } from 'node:path';
import { SCHEMA_DESCRIPTORS } from '../../descriptors/encoder.js';
import type { LoadOptions } from '../../frames/load.js';
import { sha256 } from '../../frames/locate.js';
import { codeVersion } from '../../runs/code-version.js';
import type { Executor } from '../../runs/executor.js';
import { localExecutor } from '../../runs/local.js';
import { plainText } from '../../runs/plain.js';
import { type Gathered, runTasks, type TaskProgress } from '../../runs/run-tasks.js';
import { TaskStore } from '../../runs/store.js';
import type { Task } from '../../runs/task.js';
import { checkConfig, type QsarSettings } from './check-config.js';
import { chooseKept } from './choose-kept.js';
import type { QsarConfig } from './config.js';
import { describeData } from './describe-data.js';
import { saveKept } from './kept-models.js';
import { loadRunData } from './load-data.js';
import { openTestSets } from './open-test.js';
import { type FoldPlan, planFolds } from './plan-folds.js';
import { planTasks, type Series } from './plan-tasks.js';
import { refuseDataLeaks, refuseLeaks } from './refuse-leaks.js';
import { openLog, type RunLog } from './run-log.js';
import type { ArmScores, QsarRun } from './run-result.js';
import {
  assessingsOf,
  planScores,
  readAssessments,
  readComparisons,
  readScores,
  testingOf,
} from './score-tasks.js';
import { storeInputs } from './store-inputs.js';

export interface QsarRunOptions extends LoadOptions {
  /** Where results are kept and taken up again; `runs/` and the name of the configuration. */
  readonly folder?: string;
  /** Files that the configuration names are looked for from here; the current folder. */
  readonly base?: string;
  /** Threads; one per core. The result has the same bits for any number. */
  readonly workers?: number;
  /** Who works the tasks off; worker threads of this process. */
  readonly executor?: Executor;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TaskProgress) => void;
  /** Told each warning once. */
  readonly onWarning?: (warning: string) => void;
}

/**
 * The computation of a run: loads and checks the data, trains what is not yet in the folder, scores, compares, keeps
 * the best arm of each target and opens its test set.
 */
export async function computeRun(settings: QsarSettings, options: QsarRunOptions): Promise<QsarRun> {
  const run = await prepareRun(settings, options);
  const { config, folder, data, leftOut, store, log } = run;
  const work = worker(store, log, options);
  const compared = await compare(run, work);
  const kept = await keep(run, compared.arms, work);
  const result: QsarRun = {
    ...{ folder, config, leftOut, ...describeData(data, run.plans) },
    ...{ arms: compared.arms, curves: compared.curves, comparisons: compared.comparisons },
    ...{ kept: kept.arms, assessments: kept.assessments },
    test: await openTestSets(kept.tests, data.targets, { store, folder, log }),
    missing: [...compared.gathered.missing, ...kept.gathered.missing],
    warnings: log.warnings,
    sha256: digestOf([compared.gathered, kept.gathered]),
  };
  await saveKept(result, data.targets, store);
  await log.write(`end: results ${result.sha256}`);
  return result;
}

/**
 * The tasks that a run is about to work off, of which none is done yet; those of the kept models follow when it is
 * known which these are.
 */
export async function qsarTasks(settings: QsarSettings, options: QsarRunOptions): Promise<readonly Task[]> {
  return (await prepareRun(settings, options)).tasks;
}

/** Loads and checks the data, and plans what is to be done. */
async function prepareRun(settings: QsarSettings, options: QsarRunOptions) {
  const checked = checkConfig(settings);
  const { folder = join('runs', checked.name), base, onWarning, ...rest } = options;
  const log = openLog(folder, onWarning);
  const code = codeVersion('qsar');
  await log.write(`start: nurdle ${code}, configuration ${sha256(Buffer.from(plainText(checked)))}`);
  const data = await loadRunData(checked, { ...rest, folder: base });
  const config = withDescribed(checked, data.described);
  refuseDataLeaks(config, data.targets);
  const { plans, leftOut } = planFolds(config, data.targets);
  for (const { target, split, reason } of leftOut)
    await log.warn(`${target} ${split} is left out: ${reason}`);
  if (config.test) await sayWithoutTestSet(plans, log);
  const store = new TaskStore(join(folder, 'store'));
  const inputs = await storeInputs(store, data, plans);
  const planned = planTasks(config, inputs);
  const scoring = planScores(config, inputs, planned.series);
  const tasks = [...planned.tasks, ...tasksOf(scoring.scorings), ...tasksOf(scoring.comparisons)];
  return { config, folder, data, plans, leftOut, store, inputs, log, scoring, tasks };
}

/** The configuration with the columns that were joined by material among its descriptors. */
function withDescribed(config: QsarConfig, described: readonly string[]): QsarConfig {
  if (described.length === 0) return config;
  const descriptors = config.descriptors ?? SCHEMA_DESCRIPTORS;
  const numbers = [...new Set([...descriptors.numbers, ...described])];
  return { ...config, descriptors: { ...descriptors, numbers } };
}

type Prepared = Awaited<ReturnType<typeof prepareRun>>;
/** @param ahead - how many tasks are likely to follow these: for the progress. */
type Work = (tasks: readonly Task[], ahead?: number) => Promise<Gathered>;

/** Trains and scores every arm, and compares it with the reference. */
async function compare({ config, data, store, scoring, tasks }: Prepared, work: Work) {
  // Each target's kept arm is pre-trained and trained once a seed, assessed and tested.
  const ahead = Object.keys(data.targets).length * (2 * config.seeds + 2);
  const gathered = await work(tasks, ahead);
  const scored = await readScores(store, scoring);
  refuseLeaks(scored);
  return {
    ...{ gathered, comparisons: await readComparisons(store, scoring, config.reference) },
    arms: scored.filter(({ share }) => share === undefined),
    curves: scored.filter(({ share }) => share !== undefined),
  };
}

/** Trains the models that are kept, assesses their arm, and scores them on the test sets. */
async function keep({ config, inputs, store, scoring }: Prepared, arms: readonly ArmScores[], work: Work) {
  const chosen = chooseKept(config, inputs, arms);
  const tests = chosen.series.filter(hasTestSet).map((series) => testingOf(config, inputs, series));
  const assessing = assessingsOf(config, inputs, scoring, chosen.series);
  const gathered = await work([...chosen.tasks, ...tasksOf(tests), ...tasksOf(assessing)]);
  return { gathered, tests, arms: chosen.arms, assessments: await readAssessments(store, assessing) };
}

const hasTestSet = ({ plan }: Pick<Series, 'plan'>): boolean => plan.folds.includes(-1);

async function sayWithoutTestSet(plans: readonly FoldPlan[], log: RunLog): Promise<void> {
  for (const plan of plans)
    if (!hasTestSet({ plan }))
      await log.warn(`${plan.target} has too few publications to set a test set aside`);
}

const tasksOf = (planned: readonly { readonly task: Task }[]): Task[] => planned.map(({ task }) => task);

/** Works tasks off, says so in the log, and warns of those that failed. */
function worker(
  store: TaskStore,
  log: RunLog,
  { workers, executor = localExecutor({ workers }), signal, onProgress }: QsarRunOptions,
) {
  let before = 0;
  return async (tasks: readonly Task[], ahead = 0): Promise<Gathered> => {
    const onOwn =
      onProgress &&
      ((own: TaskProgress) =>
        onProgress({ ...own, done: before + own.done, total: before + own.total + ahead }));
    const gathered = await runTasks(tasks, store, { executor, signal, onProgress: onOwn });
    before += new Set(tasks.map(({ key }) => key)).size;
    await log.write(
      `${gathered.hashes.size} results, ${gathered.reused} of them from before, ${gathered.missing.length} missing`,
    );
    for (const { label, reason } of gathered.missing) await log.warn(`${label}: ${reason}`);
    return gathered;
  };
}

/** One SHA-256 over all results. */
function digestOf(gathered: readonly Gathered[]): string {
  const all = new Map(gathered.flatMap(({ hashes }) => [...hashes]));
  return sha256(Buffer.from(plainText([...all].sort(([a], [b]) => (a < b ? -1 : 1)))));
}
