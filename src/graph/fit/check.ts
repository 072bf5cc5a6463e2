import { checkSettings } from '../../models/training/check-settings.js';
import { checkWhole } from '../../numeric/check.js';
import type { GraphFitOptions } from './options.js';

/** @throws RangeError for a setting out of its range. */
export function checkFit({
  seed = 0,
  epochs = 1,
  batchSize,
  earlyStopping,
  schedule,
  checkpoint,
  validationSplit = 0,
}: GraphFitOptions): void {
  checkSettings({ seed, epochs, batchSize, earlyStopping, schedule });
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed must be a whole number, but is ${seed}`);
  if (!(validationSplit >= 0 && validationSplit < 1))
    throw new RangeError(`validationSplit must lie in 0 … 1, 1 left out, but is ${validationSplit}`);
  if (checkpoint) checkWhole('checkpoint.every', checkpoint.every ?? 1, 1);
}
