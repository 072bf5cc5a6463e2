import { clustersOf } from '../numeric/resample.js';
import { type BootstrapOptions, drawStatistics, type Interval, percentileInterval } from './bootstrap.js';
import { holm } from './holm.js';
import { checkGroups } from './labels.js';
import { SCORE_NAMES, type ScoreName, type ScoreOptions } from './scores.js';
import { weightedScores } from './weighted-scores.js';

/** A difference between two models on the same rows. */
export interface PairedDifference extends Interval {
  /** Two-sided, from the share of resamples on the other side of zero. */
  readonly pValue: number;
}

/**
 * Differences of all scores, first minus second, with intervals by a bootstrap in which both models are scored on the
 * same drawn publications: what is hard for one is hard for the other, and cancels.
 * @throws RangeError as `scoreIntervals` does.
 */
export function pairedDifferences(
  labels: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  groups: readonly string[],
  { level, ...options }: BootstrapOptions & ScoreOptions = {},
): Readonly<Record<ScoreName, PairedDifference>> {
  checkGroups(groups, labels.length);
  const clusters = clustersOf(groups);
  const a = weightedScores(labels, first, clusters.ofRow, options);
  const b = weightedScores(labels, second, clusters.ofRow, options);
  const { observed, drawn } = drawStatistics<ScoreName>(
    clusters.count,
    (draws) => minus(a(draws), b(draws)),
    options,
  );
  const difference = (name: ScoreName): PairedDifference => ({
    ...percentileInterval(observed[name], drawn[name], level),
    pValue: twoSided(drawn[name]),
  });
  return record(difference);
}

const record = <T>(of: (name: ScoreName) => T): Record<ScoreName, T> =>
  Object.fromEntries(SCORE_NAMES.map((name) => [name, of(name)])) as Record<ScoreName, T>;

const minus = (a: Readonly<Record<ScoreName, number>>, b: Readonly<Record<ScoreName, number>>) =>
  record((name) => a[name] - b[name]);

/** Twice the smaller share of draws on one side of zero; one draw is added, so that it is never zero. */
export function twoSided(draws: readonly number[]): number {
  const known = draws.filter(Number.isFinite);
  const below = known.filter((d) => d <= 0).length;
  const above = known.filter((d) => d >= 0).length;
  return Math.min(1, (2 * (1 + Math.min(below, above))) / (1 + known.length));
}

/** One model compared with the reference. */
export interface ModelComparison extends PairedDifference {
  readonly model: string;
  /** `pValue` after Holm's correction for the number of models. */
  readonly adjustedPValue: number;
}

/**
 * Every model against one of them in one score, by the paired bootstrap, with Holm's correction.
 * @param models - n probabilities by the model's name.
 * @param reference - name of the model that is subtracted.
 * @param options.score - which; `rocAuc`.
 * @throws RangeError when no model is called `reference`.
 */
export function compareModels(
  labels: ArrayLike<number>,
  models: Readonly<Record<string, ArrayLike<number>>>,
  reference: string,
  groups: readonly string[],
  { score = 'rocAuc', ...options }: BootstrapOptions & ScoreOptions & { score?: ScoreName } = {},
): ModelComparison[] {
  if (!Object.hasOwn(models, reference))
    throw new RangeError(`reference must be one of ${Object.keys(models).join(', ')}, but is "${reference}"`);
  const others = Object.keys(models).filter((name) => name !== reference);
  const differences = others.map(
    (name) => pairedDifferences(labels, models[name], models[reference], groups, options)[score],
  );
  const adjusted = holm(differences.map((difference) => difference.pValue));
  return others.map((model, k) => ({ model, ...differences[k], adjustedPValue: adjusted[k] }));
}
