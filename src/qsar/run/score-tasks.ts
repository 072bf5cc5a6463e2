import { holm } from '../../evaluation/holm.js';
import type { TaskStore } from '../../runs/store.js';
import { type Task, task } from '../../runs/task.js';
import type { Assessment, AssessSpecification } from './assess-task.js';
import type { CompareAnswer, CompareSpecification } from './compare-task.js';
import type { QsarConfig } from './config.js';
import type { Series, StoredInputs } from './plan-tasks.js';
import type { ArmAssessment, ArmComparison, ArmScores } from './run-result.js';
import { answerName, type ScoreAnswer, type ScoreSpecification } from './score-task.js';

/** The scorings of a run and the comparisons between them. */
export interface ScoreTasks {
  readonly scorings: readonly { readonly series: Series; readonly task: Task }[];
  readonly comparisons: readonly { readonly series: Series; readonly task: Task }[];
}

/** One scoring for each series; one comparison with the reference for each arm under each plan. */
export function planScores(config: QsarConfig, inputs: StoredInputs, all: readonly Series[]): ScoreTasks {
  const scorings = all.map((series) => ({ series, task: scoringOf(config, inputs, series) }));
  const whole = scorings.filter(({ series }) => series.share === undefined);
  const comparisons = whole.flatMap(({ series, task: scoring }) => {
    const reference = whole.find(
      (one) => one.series.plan === series.plan && one.series.arm === config.reference,
    );
    if (!reference || reference.series === series) return [];
    return [{ series, task: comparisonOf(config, series, scoring, reference.task) }];
  });
  return { scorings, comparisons };
}

/** The scoring of kept models on the test set of their target. */
export function testingOf(
  config: QsarConfig,
  inputs: StoredInputs,
  series: Series,
): ScoreTasks['scorings'][number] {
  const label = `${series.plan.target}, test set: scores of ${series.arm}`;
  return { series, task: scoringOf(config, inputs, series, label) };
}

/** What there is to say of the kept arms beside their scores. */
export const assessingsOf = (
  config: QsarConfig,
  inputs: StoredInputs,
  { scorings }: ScoreTasks,
  kept: readonly Series[],
): ScoreTasks['scorings'] =>
  kept.flatMap((series) => {
    const scoring = scorings.find(
      ({ series: one }) => one.plan === series.plan && one.arm === series.arm && !one.share,
    );
    return scoring ? [assessingOf(config, inputs, series, scoring.task)] : [];
  });

function assessingOf(
  config: QsarConfig,
  inputs: StoredInputs,
  series: Series,
  scoring: Task,
): ScoreTasks['scorings'][number] {
  const { bootstrap, conformal, seed } = config;
  const specification: AssessSpecification = {
    ...bootstrap,
    ...conformal,
    ...{ seed, target: inputs.targets[series.plan.target], grouped: series.plan.heldTogether !== null },
  };
  const label = `${series.plan.target} ${series.plan.split}: assessment of ${series.arm}`;
  const place = { module: 'qsar/run/assess-task.js', name: 'assessTask' };
  return { series, task: task({ label, ...place, specification, needs: { scores: scoring.key } }) };
}

/** The scoring of a series needs the answers of all its folds and seeds. */
function scoringOf(config: QsarConfig, inputs: StoredInputs, series: Series, label = labelOf(series)): Task {
  const { bootstrap, seed } = config;
  const { plan, keys } = series;
  const needs = keys.flatMap((own, s) => own.map((key, f) => [answerName(s, f), key]));
  const specification: ScoreSpecification = {
    ...bootstrap,
    ...{ target: inputs.targets[plan.target], seeds: keys.length, folds: keys[0].length, seed },
  };
  const module = 'qsar/run/score-task.js';
  return task({ label, module, name: 'scoreTask', specification, needs: Object.fromEntries(needs) });
}

function labelOf({ plan, share, arm }: Series): string {
  const part = share === undefined ? '' : `, ${Math.round(100 * share)} % of the publications`;
  return `${plan.target} ${plan.split}${part}: scores of ${arm}`;
}

function comparisonOf(
  { bootstrap, seed, reference }: QsarConfig,
  { arm, plan }: Series,
  own: Task,
  other: Task,
): Task {
  const specification: CompareSpecification = { ...bootstrap, seed };
  return task({
    label: `${plan.target} ${plan.split}: ${arm} against ${reference}`,
    ...{ module: 'qsar/run/compare-task.js', name: 'compareTask', specification },
    needs: { arm: own.key, reference: other.key },
  });
}

/** What the scorings came to; those that failed are left out. */
export async function readScores(store: TaskStore, { scorings }: ScoreTasks): Promise<ArmScores[]> {
  const found: ArmScores[] = [];
  for (const { series, task } of scorings) {
    const stored = await store.result(task.key);
    const { arm, share, plan } = series;
    const place = { arm, target: plan.target, split: plan.split, ...(share === undefined ? {} : { share }) };
    if (stored) found.push({ ...place, ...(stored.value as ScoreAnswer) });
  }
  return found;
}

/** What the assessments came to. */
export async function readAssessments(
  store: TaskStore,
  assessings: ScoreTasks['scorings'],
): Promise<ArmAssessment[]> {
  const found: ArmAssessment[] = [];
  for (const { series, task } of assessings) {
    const stored = await store.result(task.key);
    const { arm, plan } = series;
    if (stored) found.push({ arm, target: plan.target, split: plan.split, ...(stored.value as Assessment) });
  }
  return found;
}

/** What the comparisons came to, with Holm's correction over the arms of one target and split. */
export async function readComparisons(
  store: TaskStore,
  { comparisons }: ScoreTasks,
  reference: string,
): Promise<ArmComparison[]> {
  const found: Omit<ArmComparison, 'adjustedPValue'>[] = [];
  for (const { series, task } of comparisons) {
    const stored = await store.result(task.key);
    const { arm, plan } = series;
    const place = { arm, reference, target: plan.target, split: plan.split };
    if (stored) found.push({ ...place, differences: stored.value as CompareAnswer });
  }
  return found.map((one) => {
    const family = found.filter(({ target, split }) => target === one.target && split === one.split);
    const adjusted = holm(family.map(({ differences }) => differences.rocAuc.pValue));
    return { ...one, adjustedPValue: adjusted[family.indexOf(one)] };
  });
}
