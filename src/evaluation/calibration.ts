import { log, sigmoid } from '../numeric/elementary.js';
import { fitPlattLine } from '../numeric/platt.js';
import { fitIsotonic, interpolate } from './isotonic.js';
import { checkGroups, checkProbabilities, countPositive } from './labels.js';

export type CalibrationKind = 'platt' | 'temperature' | 'isotonic';

/** What turns a model's probabilities into ones that keep their word: plain data. */
export type Calibrator =
  | { readonly kind: 'platt'; readonly slope: number; readonly intercept: number }
  | { readonly kind: 'temperature'; readonly temperature: number }
  /** Interpolated between the points, flat outside. */
  | { readonly kind: 'isotonic'; readonly from: readonly number[]; readonly to: readonly number[] };

/**
 * Learns a calibration from rows that the model was not trained on.
 *
 * `platt`: a line in the logit, with Platt's smoothed targets (Platt 1999; Lin, Lin & Weng 2007,
 * doi:10.1007/s10994-007-5018-6). `temperature`: the logit divided by one number, which keeps every decision at 0.5
 * (Guo, Pleiss, Sun & Weinberger 2017, arXiv:1706.04599). `isotonic`: any rising curve (Zadrozny & Elkan 2002,
 * doi:10.1145/775047.775151); it wants several hundred rows.
 * @param labels - n labels, 0 or 1. @param probabilities - n probabilities of class 1.
 * @throws RangeError when one class is missing, or as `scores` does.
 */
export function fitCalibrator(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { kind = 'platt' }: { kind?: CalibrationKind } = {},
): Calibrator {
  checkProbabilities(labels, probabilities);
  const positive = countPositive(labels);
  if (positive === 0 || positive === labels.length)
    throw new RangeError(`labels must hold both classes, but ${positive} of ${labels.length} are 1`);
  if (kind === 'isotonic') return { kind, ...fitIsotonic(probabilities, labels) };
  const logits = Float64Array.from(probabilities, logit);
  return kind === 'platt' ? { kind, ...fitPlattLine(logits, labels) } : fitTemperature(logits, labels);
}

/** Calibrated probabilities of new rows. */
export function calibrate(calibrator: Calibrator, probabilities: ArrayLike<number>): Float64Array {
  if (calibrator.kind === 'isotonic')
    return Float64Array.from(probabilities, (p) => interpolate(calibrator, p));
  if (calibrator.kind === 'temperature')
    return Float64Array.from(probabilities, (p) => sigmoid(logit(p) / calibrator.temperature));
  const { slope, intercept } = calibrator;
  return Float64Array.from(probabilities, (p) => sigmoid(slope * logit(p) + intercept));
}

/**
 * Calibrates out-of-fold predictions without looking at their own fold: those of each fold by a calibration learned
 * on all others.
 * @param folds - the fold in which each row was held out.
 * @param options.groups - n publications; then a publication in two folds is refused.
 * @throws RangeError when the other folds lack a class, or as `fitCalibrator` does.
 */
export function calibrateOutOfFold(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  folds: ArrayLike<number>,
  { kind, groups }: { kind?: CalibrationKind; groups?: readonly string[] } = {},
): Float64Array {
  if (groups) refuseSplitGroups(groups, folds, labels.length);
  const rows = Array.from(labels, (_, i) => i);
  const out = new Float64Array(labels.length);
  for (const fold of new Set(Array.from(folds))) {
    const others = rows.filter((i) => folds[i] !== fold);
    const own = rows.filter((i) => folds[i] === fold);
    const pick = (values: ArrayLike<number>, chosen: number[]) => chosen.map((i) => values[i]);
    const calibrator = fitCalibrator(pick(labels, others), pick(probabilities, others), { kind });
    const calibrated = calibrate(calibrator, pick(probabilities, own));
    own.forEach((i, k) => {
      out[i] = calibrated[k];
    });
  }
  return out;
}

function refuseSplitGroups(groups: readonly string[], folds: ArrayLike<number>, rows: number): void {
  checkGroups(groups, rows);
  const foldOf = new Map<string, number>();
  groups.forEach((group, i) => {
    const known = foldOf.get(group);
    if (known !== undefined && known !== folds[i])
      throw new RangeError(
        `groups must lie in one fold each, but "${group}" is in folds ${known} and ${folds[i]}; calibrate on grouped folds`,
      );
    foldOf.set(group, folds[i]);
  });
}

/** Beyond these a probability says no more than that it is sure. */
const SURE = 1e-9;

function logit(p: number): number {
  const kept = Math.min(Math.max(p, SURE), 1 - SURE);
  return log(kept / (1 - kept));
}

/** By bisection on the derivative, which rises with 1 / T; T is kept within 0.01 … 100. */
function fitTemperature(logits: Float64Array, labels: ArrayLike<number>): Calibrator {
  const slopeOf = (sharpness: number) =>
    logits.reduce((sum, z, i) => sum + (sigmoid(sharpness * z) - labels[i]) * z, 0);
  let [low, high] = [0.01, 100];
  for (let k = 0; k < 200 && high - low > 1e-14 * high; k++) {
    const middle = Math.sqrt(low * high);
    if (slopeOf(middle) < 0) low = middle;
    else high = middle;
  }
  return { kind: 'temperature', temperature: 1 / Math.sqrt(low * high) };
}
