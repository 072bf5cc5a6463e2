import { type PairedDifference, pairedDifferences } from '../../evaluation/paired.js';
import type { ScoreName } from '../../evaluation/scores.js';
import type { TaskInputs } from '../../runs/task.js';
import type { ScoreAnswer } from './score-task.js';

/** The comparison of two arms on the same rows: it needs `arm` and `reference`, two scorings. */
export interface CompareSpecification {
  readonly replicates: number;
  readonly level: number;
  readonly seed: number;
}

export type CompareAnswer = Readonly<Record<ScoreName, PairedDifference>>;

export async function compareTask(options: CompareSpecification, inputs: TaskInputs): Promise<CompareAnswer> {
  const arm = (await inputs.result('arm')) as ScoreAnswer;
  const reference = (await inputs.result('reference')) as ScoreAnswer;
  return pairedDifferences(arm.labels, arm.probabilities, reference.probabilities, arm.groups, options);
}
