import { checkProbabilities } from './labels.js';
import { type ScoreName, type ScoreOptions, scores } from './scores.js';

/**
 * The difference of a score between two models in each fold, first minus second: what `correctedT` takes, together
 * with those of other repeats. A fold where the score is undefined is left out.
 * @param folds - the fold in which each row was held out.
 * @param options.score - which; `rocAuc`.
 * @throws RangeError as `scores` does.
 */
export function foldDifferences(
  labels: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  folds: ArrayLike<number>,
  { score = 'rocAuc', ...options }: ScoreOptions & { score?: ScoreName } = {},
): number[] {
  checkProbabilities(labels, first);
  checkProbabilities(labels, second);
  const rows = Array.from(labels, (_, i) => i);
  const numbers = [...new Set(Array.from(folds))].sort((a, b) => a - b);
  return numbers
    .map((fold) => {
      const own = rows.filter((i) => folds[i] === fold);
      const pick = (values: ArrayLike<number>) => own.map((i) => values[i]);
      const of = (model: ArrayLike<number>) => scores(pick(labels), pick(model), options)[score];
      return of(first) - of(second);
    })
    .filter(Number.isFinite);
}
