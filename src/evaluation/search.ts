import type { Split } from '../frames/splits.js';
import { checkWhole } from '../numeric/check.js';
import { drawSettings, type SearchSpace, type Settings } from './search-space.js';

/**
 * Fits on one side of an inner fold and scores the other; larger is better, and what is not a number counts as worst.
 * @param budget - how much may be spent on this fit, in the search's unit (epochs, trees, rounds).
 */
export type Judge = (settings: Settings, fold: Split, budget: number) => number | Promise<number>;

/** One set of settings, judged on all inner folds with one budget. */
export interface Trial {
  readonly settings: Settings;
  readonly budget: number;
  /** One per fold. */
  readonly scores: readonly number[];
  /** Their mean. */
  readonly score: number;
}

export interface SearchResult {
  /** The best trial among those with the largest budget; of equal ones the first. */
  readonly best: Trial;
  /** Every trial, in the order in which they ran. */
  readonly trail: readonly Trial[];
  /** Fits times budget: what the search cost. */
  readonly spent: number;
}

export interface SearchOptions {
  /** Inner folds of the training rows, from `groupFolds` where rows share publications; never the rows of a test set. */
  readonly folds: readonly Split[];
  readonly seed: number;
  /** How many settings are drawn; 20. */
  readonly trials?: number;
  /** Settings that are tried before the drawn ones, such as the defaults. */
  readonly start?: readonly Settings[];
  readonly signal?: AbortSignal;
  readonly onTrial?: (trial: Trial, done: number, of: number) => void;
}

/**
 * Random search (Bergstra & Bengio 2012, JMLR 13:281-305): every trial gets the same budget.
 * @param budget - of each fit; default 1.
 * @throws RangeError when the space, the folds or the number of trials do not fit; the signal's reason when aborted.
 */
export async function randomSearch(
  space: SearchSpace,
  judge: Judge,
  { budget = 1, ...options }: SearchOptions & { readonly budget?: number },
): Promise<SearchResult> {
  const drawn = startingSettings(space, options);
  return resultOf(await judgeAll(drawn, judge, budget, options, { done: 0, of: drawn.length }), options);
}

export interface HalvingOptions extends SearchOptions {
  /** Budget of each fit in the first round and in the last. */
  readonly budget: { readonly from: number; readonly to: number };
  /** One of so many goes on to the next round, with so many times the budget; 3. */
  readonly factor?: number;
}

/**
 * Successive halving (Jamieson & Talwalkar 2016, PMLR 51:240-248): all settings with a small budget, then the best
 * third with three times as much, until one is left or the largest budget is reached.
 * @throws RangeError when the space, the folds, the budget or the number of trials do not fit; the signal's reason when
 * aborted.
 */
export async function successiveHalving(
  space: SearchSpace,
  judge: Judge,
  { budget, factor = 3, ...options }: HalvingOptions,
): Promise<SearchResult> {
  if (!(budget.from > 0 && budget.to >= budget.from))
    throw new RangeError(
      `budget must go from a number above 0 to one as large or larger, but goes from ${budget.from} to ${budget.to}`,
    );
  checkWhole('factor', factor, 2);
  let rivals = startingSettings(space, options);
  const rungs = rungsOf(rivals.length, budget, factor);
  const of = rungs.reduce((sum, { count }) => sum + count, 0);
  const trail: Trial[] = [];
  for (const rung of rungs) {
    const judged = await judgeAll(rivals.slice(0, rung.count), judge, rung.budget, options, {
      done: trail.length,
      of,
    });
    trail.push(...judged);
    rivals = [...judged].sort(byScore).map(({ settings }) => settings);
  }
  return resultOf(trail, options);
}

function startingSettings(
  space: SearchSpace,
  { trials = 20, start = [], folds, seed }: SearchOptions,
): Settings[] {
  checkWhole('trials', trials, start.length > 0 ? 0 : 1);
  if (folds.length === 0) throw new RangeError('folds must hold at least one inner fold, but is empty');
  return [...start, ...drawSettings(space, trials, seed)];
}

/** How many settings each round judges, and with what budget. */
function rungsOf(trials: number, { from, to }: HalvingOptions['budget'], factor: number) {
  const rungs = [{ count: trials, budget: from }];
  for (let last = rungs[0]; last.count > 1 && last.budget < to; last = rungs[rungs.length - 1])
    rungs.push({ count: Math.ceil(last.count / factor), budget: Math.min(to, last.budget * factor) });
  return rungs;
}

async function judgeAll(
  rivals: readonly Settings[],
  judge: Judge,
  budget: number,
  { folds, signal, onTrial }: SearchOptions,
  progress: { readonly done: number; readonly of: number },
): Promise<Trial[]> {
  const judged: Trial[] = [];
  for (const settings of rivals) {
    signal?.throwIfAborted();
    const scores = await Promise.all(folds.map((fold) => judge(settings, fold, budget)));
    const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
    const trial = { settings, budget, scores, score: Number.isNaN(mean) ? Number.NEGATIVE_INFINITY : mean };
    judged.push(trial);
    onTrial?.(trial, progress.done + judged.length, progress.of);
  }
  return judged;
}

/** Best first; `sort` keeps the order of equals. */
const byScore = (a: Trial, b: Trial): number => (a.score === b.score ? 0 : b.score > a.score ? 1 : -1);

function resultOf(trail: readonly Trial[], { folds }: SearchOptions): SearchResult {
  const most = Math.max(...trail.map(({ budget }) => budget));
  const [best] = trail.filter(({ budget }) => budget === most).sort(byScore);
  return { best, trail, spent: trail.reduce((sum, { budget }) => sum + budget * folds.length, 0) };
}
