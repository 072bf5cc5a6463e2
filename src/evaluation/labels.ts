/**
 * Checks labels and predicted probabilities before any score is computed.
 * @throws RangeError when they differ in length, are empty, or hold anything but 0 or 1 and finite scores.
 */
export function checkBinary(labels: ArrayLike<number>, scores: ArrayLike<number>): void {
  if (labels.length !== scores.length)
    throw new RangeError(
      `labels and scores must be equally many, but are ${labels.length} and ${scores.length}`,
    );
  if (labels.length === 0) throw new RangeError('labels must hold at least one row, but are empty');
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== 0 && labels[i] !== 1)
      throw new RangeError(`labels must be 0 or 1, but row ${i} is ${labels[i]}`);
    if (!Number.isFinite(scores[i]))
      throw new RangeError(`scores must be finite, but row ${i} is ${scores[i]}`);
  }
}

/**
 * Checks labels and probabilities: as `checkBinary`, and every probability within 0 … 1.
 * @throws RangeError at the first that is not; a decision value has to be calibrated first.
 */
export function checkProbabilities(labels: ArrayLike<number>, probabilities: ArrayLike<number>): void {
  checkBinary(labels, probabilities);
  for (let i = 0; i < probabilities.length; i++)
    if (probabilities[i] < 0 || probabilities[i] > 1)
      throw new RangeError(
        `probabilities must lie in 0 … 1, but row ${i} is ${probabilities[i]}; turn decision values into probabilities first`,
      );
}

/** Checks that there is one group name per row. */
export function checkGroups(groups: readonly string[], rows: number): void {
  if (groups.length !== rows)
    throw new RangeError(`groups must name ${rows} rows like labels, but name ${groups.length}`);
}

/** How many labels are 1. */
export function countPositive(labels: ArrayLike<number>): number {
  let positive = 0;
  for (let i = 0; i < labels.length; i++) positive += labels[i];
  return positive;
}
