/**
 * P-values corrected for how many there are: the chance of one false alarm among all stays below the level.
 *
 * Holm (1979), Scandinavian Journal of Statistics 6, 65–70
 * @param pValues - in any order.
 * @returns adjusted values in the same order, at most 1.
 * @throws RangeError when one is not in 0 … 1.
 */
export function holm(pValues: readonly number[]): number[] {
  const wrong = pValues.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong >= 0) throw new RangeError(`pValues must lie in 0 … 1, but number ${wrong} is ${pValues[wrong]}`);
  const order = pValues.map((_, k) => k).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((k, rank) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValues[k]));
    adjusted[k] = largest;
  });
  return adjusted;
}
