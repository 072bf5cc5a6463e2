import { type ScoreIntervals, scoreIntervals } from '../../evaluation/intervals.js';
import type { Leak } from '../../evaluation/leakage.js';
import { type Scores, scores } from '../../evaluation/scores.js';
import { numbers, type Table, texts } from '../../frames/table.js';
import type { TaskInputs } from '../../runs/task.js';
import type { ArmAnswer } from './arm-task.js';

/** The scoring of one arm on one target under one split. */
export interface ScoreSpecification {
  /** SHA-256 of the target's table. */
  readonly target: string;
  readonly seeds: number;
  readonly folds: number;
  readonly replicates: number;
  readonly level: number;
  readonly seed: number;
}

/** Out-of-fold predictions of one arm, and how good they are. */
export interface ScoreAnswer {
  /** Row numbers in the target's table, ascending. */
  readonly rows: Int32Array;
  /** 0 or 1 for each of these rows. */
  readonly labels: Float64Array;
  readonly groups: readonly string[];
  /** The fold that held each row out. */
  readonly folds: Int32Array;
  /** Mean over the seeds. */
  readonly probabilities: Float64Array;
  readonly bySeed: readonly Float64Array[];
  /** Of the mean over the seeds, with intervals over publications. */
  readonly scores: ScoreIntervals;
  /** Of each seed alone. */
  readonly seedScores: readonly Scores[];
  readonly leaks: readonly Leak[];
}

/** The name by which a score task knows the answer of one seed on one fold. */
export const answerName = (seed: number, fold: number): string => `seed ${seed}, fold ${fold}`;

/** Puts the answers of all folds and seeds together and scores them. */
export async function scoreTask(
  { target, seeds, folds, replicates, level, seed }: ScoreSpecification,
  inputs: TaskInputs,
): Promise<ScoreAnswer> {
  const table = (await inputs.value(target)) as Table;
  const answers: ArmAnswer[][] = [];
  for (let s = 0; s < seeds; s++) {
    answers.push([]);
    for (let f = 0; f < folds; f++) answers[s].push((await inputs.result(answerName(s, f))) as ArmAnswer);
  }
  const { rows, heldOut, bySeed } = gather(answers, table.rows);
  const probabilities = meanOf(bySeed);
  const truth = numbers(table, 'toxic');
  const labels = Float64Array.from(rows, (i) => truth[i]);
  const ids = texts(table, 'id');
  const groups = texts(table, 'group').map((group, i) => group ?? ids[i]!);
  const own = Array.from(rows, (i) => groups[i]);
  return {
    ...{ rows, labels, groups: own, folds: heldOut, probabilities, bySeed },
    scores: scoreIntervals(labels, probabilities, own, { replicates, level, seed }),
    seedScores: bySeed.map((p) => scores(labels, p)),
    leaks: answers.flat().flatMap(({ leaks }) => leaks),
  };
}

/** The folds' rows in ascending order, with the probabilities of every seed. */
function gather(answers: readonly (readonly ArmAnswer[])[], n: number) {
  const fold = new Int32Array(n).fill(-1);
  answers[0].forEach((answer, f) => {
    for (const i of answer.rows) fold[i] = f;
  });
  const rows = Int32Array.from(Array.from(fold.keys()).filter((i) => fold[i] >= 0));
  const bySeed = answers.map((own) => {
    const all = new Float64Array(n);
    for (const { rows, probabilities } of own) for (const [k, i] of rows.entries()) all[i] = probabilities[k];
    return Float64Array.from(rows, (i) => all[i]);
  });
  return { rows, heldOut: Int32Array.from(rows, (i) => fold[i]), bySeed };
}

const meanOf = (parts: readonly Float64Array[]): Float64Array =>
  parts[0].map((_, i) => parts.reduce((sum, part) => sum + part[i], 0) / parts.length);
