import type { LearningPoint } from '../../evaluation/learning-curve.js';
import type { ScoreName } from '../../evaluation/scores.js';
import type { SplitName } from '../split-folds.js';
import type { ArmScores, QsarRun } from './run-result.js';

/**
 * Learning curves of a run on one target: for each arm its score over the number of publications that it was trained
 * on, up to all of them, with the interval over the publications that were held out.
 * @param options.split - default `by publication`. @param options.score - default `rocAuc`.
 */
export function curvePoints(
  { arms, curves, config }: Pick<QsarRun, 'arms' | 'curves' | 'config'>,
  target: string,
  { split = 'by publication', score = 'rocAuc' }: { split?: SplitName; score?: ScoreName } = {},
): Record<string, LearningPoint[]> {
  const isOurs = (one: ArmScores): boolean => one.target === target && one.split === split;
  const partial = curves.filter(isOurs);
  const names = [...new Set(partial.map(({ arm }) => arm))];
  const pointOf = ({ groups, share = 1, scores }: ArmScores): LearningPoint => ({
    publications: Math.round((share * new Set(groups).size * (config.folds - 1)) / config.folds),
    trainings: config.seeds * config.folds,
    ...scores[score],
  });
  const all = [...partial, ...arms.filter(isOurs)];
  return Object.fromEntries(
    names.map((name) => [
      name,
      all
        .filter(({ arm }) => arm === name)
        .map(pointOf)
        .sort((a, b) => a.publications - b.publications),
    ]),
  );
}
