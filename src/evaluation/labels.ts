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

/** How many labels are 1. */
export function countPositive(labels: ArrayLike<number>): number {
  let positive = 0;
  for (let i = 0; i < labels.length; i++) positive += labels[i];
  return positive;
}
