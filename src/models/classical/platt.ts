import { fitPlattLine } from '../../numeric/platt.js';

/** `P(class 1) = 1 / (1 + e^−(slope · f + offset))` for a decision value f. */
export interface PlattSigmoid {
  readonly slope: number;
  readonly offset: number;
}

/**
 * Turns decision values into probabilities: see `fitPlattLine`.
 * @param decisions - n values from folds that did not see their rows.
 * @param labels - n labels, 0 or 1.
 */
export function fitPlatt(decisions: Float64Array, labels: ArrayLike<number>): PlattSigmoid {
  const { slope, intercept } = fitPlattLine(decisions, labels);
  return { slope, offset: intercept };
}
