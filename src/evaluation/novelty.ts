import { checkShare } from '../numeric/check.js';
import { checkGroups } from './labels.js';

export interface NoveltyOptions {
  /** Share of known rows that may be taken for new ones; 0.05. */
  readonly alpha?: number;
  /** n particles of the known rows: each particle counts once, however many rows it has. Default: rows count. */
  readonly groups?: readonly string[];
}

/** How unlike the known rows each new one is. */
export interface Novelty {
  /** m p-values: the share of known rows at least as far away, the new one counted among them. */
  readonly pValues: Float64Array;
  /** m: 1 where the p-value is at most alpha, so that an answer should be withheld. */
  readonly abstain: Uint8Array;
  readonly alpha: number;
}

/**
 * Conformal novelty: a new row is as new as its distance is large among the distances of known rows that the distance
 * was not fitted on. A share of at most alpha of rows like the known ones is withheld, whatever the distribution.
 *
 * Laxhammar & Falkman (2014), doi:10.1109/TPAMI.2013.172; Bates et al. (2023), doi:10.1214/22-AOS2244
 * @param known - n distances of held-out rows. @param query - m distances.
 * @throws RangeError when there is no known row, alpha is not between 0 and 1, or groups do not fit.
 */
export function novelty(
  known: ArrayLike<number>,
  query: ArrayLike<number>,
  { alpha = 0.05, groups }: NoveltyOptions = {},
): Novelty {
  checkShare('alpha', alpha);
  if (known.length === 0) throw new RangeError('known must hold at least one distance, but is empty');
  if (groups) checkGroups(groups, known.length);
  const weights = weightsOf(known.length, groups);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const pValues = Float64Array.from(query, (distance) => {
    let farther = 0;
    for (let i = 0; i < known.length; i++) if (known[i] >= distance) farther += weights[i];
    return (farther + 1) / (total + 1);
  });
  return { pValues, abstain: Uint8Array.from(pValues, (p) => Number(p <= alpha)), alpha };
}

/** One a row, or shared out within each group. */
function weightsOf(n: number, groups?: readonly string[]): Float64Array {
  if (!groups) return new Float64Array(n).fill(1);
  const sizes = new Map<string, number>();
  for (const name of groups) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  return Float64Array.from(groups, (name) => 1 / sizes.get(name)!);
}
