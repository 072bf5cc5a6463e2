import { type CalibrationKind, calibrateOutOfFold } from '../../evaluation/calibration.js';
import { twoClasses } from '../../evaluation/class-probabilities.js';
import {
  accuracy,
  balancedAccuracy,
  type Confusion,
  f1,
  mcc,
  precision,
  recall,
} from '../../evaluation/confusion.js';
import { type Coverage, coverage } from '../../evaluation/coverage.js';
import { outOfFoldSets } from '../../evaluation/cross-conformal.js';
import { type PrevalenceRow, prevalenceShift } from '../../evaluation/prevalence.js';
import { type ReliabilityBin, reliabilityCurve } from '../../evaluation/reliability.js';
import { type Scores, scores } from '../../evaluation/scores.js';
import { type PartScores, scoresBy } from '../../evaluation/scores-by.js';
import { thresholdOutOfFold } from '../../evaluation/threshold.js';
import { takeTableRows } from '../../frames/rows.js';
import type { Split } from '../../frames/splits.js';
import type { Table } from '../../frames/table.js';
import type { TaskInputs } from '../../runs/task.js';
import { foldDomains } from '../fold-domains.js';
import type { ScoreAnswer } from './score-task.js';

/** How far the predictions of an arm can be trusted: it needs `scores`, the arm's scoring. */
export interface AssessSpecification {
  /** SHA-256 of the target's table. */
  readonly target: string;
  readonly alpha: number;
  readonly byClass: boolean;
  /** Whether publications count as one when sets are calibrated. */
  readonly grouped: boolean;
  readonly replicates: number;
  readonly level: number;
  readonly seed: number;
}

/** The scores that depend on where probabilities are cut. */
export type DecisionScores = Pick<
  Scores,
  'balancedAccuracy' | 'mcc' | 'accuracy' | 'precision' | 'recall' | 'f1'
>;

/** What the out-of-fold predictions of an arm say beside its scores. Whatever is fitted here is fitted on other folds. */
export interface Assessment {
  /** Whether prediction sets keep their promise. */
  readonly coverage: Coverage;
  readonly reliability: readonly ReliabilityBin[];
  /** Brier score, log loss and calibration error as they are and after each way to calibrate. */
  readonly calibration: Readonly<
    Record<'as it is' | CalibrationKind, Pick<Scores, 'brier' | 'logLoss' | 'ece'>>
  >;
  /** Scores at thresholds that were chosen on other folds. */
  readonly tuned: DecisionScores;
  readonly prevalence: readonly PrevalenceRow[];
  /** Scores of the rows inside, at the border of and outside the applicability domain of their fold. */
  readonly domain: readonly PartScores[];
}

export async function assessTask(
  specification: AssessSpecification,
  inputs: TaskInputs,
): Promise<Assessment> {
  const { alpha, byClass, grouped, ...bootstrap } = specification;
  const answer = (await inputs.result('scores')) as ScoreAnswer;
  const { labels, probabilities, folds, groups, rows } = answer;
  const table = takeTableRows((await inputs.value(specification.target)) as Table, rows);
  const outOfFold = { labels, probabilities: twoClasses(probabilities), folds };
  const sets = outOfFoldSets(outOfFold, { alpha, byClass, ...(grouped ? { groups } : {}) });
  const { verdicts } = foldDomains(table, splitsOf(folds));
  return {
    coverage: coverage(labels, sets, groups, bootstrap),
    reliability: reliabilityCurve(labels, probabilities),
    calibration: calibrations(answer),
    tuned: decisionScores(thresholdOutOfFold(labels, probabilities, folds).confusion),
    prevalence: prevalenceShift(labels, probabilities, groups, bootstrap),
    domain: scoresBy(verdicts, labels, probabilities, groups, bootstrap),
  };
}

function splitsOf(folds: Int32Array): Split[] {
  const rows = Array.from(folds.keys());
  return [...new Set(folds)]
    .sort((a, b) => a - b)
    .map((fold) => ({
      train: Int32Array.from(rows.filter((i) => folds[i] !== fold)),
      test: Int32Array.from(rows.filter((i) => folds[i] === fold)),
    }));
}

function calibrations({ labels, probabilities, folds }: ScoreAnswer): Assessment['calibration'] {
  const judged = (p: ArrayLike<number>) => {
    const { brier, logLoss, ece } = scores(labels, p);
    return { brier, logLoss, ece };
  };
  const after = (kind: CalibrationKind) => judged(calibrateOutOfFold(labels, probabilities, folds, { kind }));
  return {
    'as it is': judged(probabilities),
    ...{ platt: after('platt'), temperature: after('temperature'), isotonic: after('isotonic') },
  };
}

const decisionScores = (c: Confusion): DecisionScores => ({
  ...{ balancedAccuracy: balancedAccuracy(c), mcc: mcc(c), accuracy: accuracy(c) },
  ...{ precision: precision(c), recall: recall(c), f1: f1(c) },
});
