import { type LeastSquaresFit, type Linearised, leastSquaresFit } from '../numeric/least-squares-fit.js';
import { matrix } from '../numeric/matrix.js';
import type { Range } from './integrate.js';
import { cutRange } from './mask.js';
import { findPeaks } from './peaks.js';
import { ascending, type Spectrum } from './spectrum.js';

/** A number with its standard error. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** A fitted band: height · (η Lorentz + (1 − η) Gauss), both of the same full width at half maximum. */
export interface FittedPeak {
  readonly position: Estimate;
  readonly height: Estimate;
  readonly width: Estimate;
  /** η: 0 Gauss, 1 Lorentz. */
  readonly lorentzShare: Estimate;
  readonly area: number;
}

export interface PeakFit {
  readonly peaks: readonly FittedPeak[];
  /** Straight baseline: value at the middle of the range, and slope. */
  readonly baseline: { readonly level: Estimate; readonly slope: Estimate };
  readonly residualDeviation: number;
  readonly converged: boolean;
  readonly iterations: number;
  /** The fit at the points of the range, ascending. */
  readonly x: Float64Array;
  readonly fitted: Float64Array;
}

export interface PeakFitOptions {
  /** Where to fit. Default: everywhere. */
  readonly range?: Range;
  /** Positions to start from. Default: the peaks in the range that stand out by a tenth of its height. */
  readonly positions?: readonly number[];
  /** Width to start from. Default: what `findPeaks` measures, else a twentieth of the range. */
  readonly width?: number;
  readonly iterations?: number;
}

const PER_PEAK = 4;
const LN2 = Math.LN2;

/**
 * Fits pseudo-Voigt bands on a straight baseline by least squares; standard errors from the curvature at the minimum, as
 * SciPy's `curve_fit` gives them.
 *
 * Thompson, Cox & Hastings (1987), doi:10.1107/S0021889887087090
 * @throws RangeError when there is nothing to start from, or fewer points than parameters.
 */
export function fitPeaks(spectrum: Spectrum, options: PeakFitOptions = {}): PeakFit {
  const part = ascending(options.range ? cutRange(spectrum, ...options.range) : spectrum);
  const start = startingPoint(part, options);
  const middle = (part.x[0] + part.x[part.x.length - 1]) / 2;
  const problem: Problem = { x: part.x, y: part.y, middle };
  if (part.x.length <= start.length)
    throw new RangeError(
      `${start.length} parameters need more than ${part.x.length} points; widen the range`,
    );
  const fit = leastSquaresFit((parameters) => linearised(problem, parameters), start, {
    ...{ iterations: options.iterations, bound: bounded },
  });
  return described(problem, fit);
}

interface Problem {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Where the baseline's level is counted. */
  readonly middle: number;
}

/** Level, slope, then height, position, width and Lorentz share of each band. */
function startingPoint(part: Spectrum, { positions, width }: PeakFitOptions): Float64Array {
  const { x, y } = part;
  const range = y.reduce((a, b) => Math.max(a, b)) - y.reduce((a, b) => Math.min(a, b));
  const peaks = findPeaks(part, { prominence: 0.1 * range });
  const base = Math.min(y[0], y[y.length - 1]);
  const centres = positions ?? peaks.map((peak) => peak.x);
  if (centres.length === 0)
    throw new RangeError(`spectrum "${part.title}" shows no peak in the range; give positions to start from`);
  const bands = centres.flatMap((centre) => {
    const near = peaks.find((peak) => Math.abs(peak.x - centre) < peak.width);
    const index = x.findIndex((value) => value >= centre);
    const height = y[index < 0 ? y.length - 1 : index] - base;
    return [height, centre, width ?? near?.width ?? (x[x.length - 1] - x[0]) / 20, 0.5];
  });
  return Float64Array.from([base, 0, ...bands]);
}

/** Widths stay positive and shares between 0 and 1. */
function bounded(parameters: Float64Array): Float64Array {
  for (let k = 2; k < parameters.length; k += PER_PEAK) {
    parameters[k + 2] = Math.max(Math.abs(parameters[k + 2]), 1e-9);
    parameters[k + 3] = Math.min(Math.max(parameters[k + 3], 0), 1);
  }
  return parameters;
}

function linearised({ x, y, middle }: Problem, parameters: Float64Array): Linearised {
  const k = parameters.length;
  const J = matrix(x.length, k);
  const residuals = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++)
    residuals[i] = y[i] - modelAt(x[i], parameters, middle, J.data.subarray(i * k, (i + 1) * k));
  return { residuals, J };
}

/** The model at one x; writes its derivatives by every parameter. */
function modelAt(x: number, parameters: Float64Array, middle: number, derivatives: Float64Array): number {
  derivatives[0] = 1;
  derivatives[1] = x - middle;
  let value = parameters[0] + parameters[1] * (x - middle);
  for (let k = 2; k < parameters.length; k += PER_PEAK) {
    const [height, position, width, share] = parameters.subarray(k, k + PER_PEAK);
    const t = (x - position) / width;
    const lorentz = 1 / (1 + 4 * t * t);
    const gauss = Math.exp(-4 * LN2 * t * t);
    const shape = share * lorentz + (1 - share) * gauss;
    const slope = share * -8 * t * lorentz * lorentz + (1 - share) * -8 * LN2 * t * gauss;
    derivatives[k] = shape;
    derivatives[k + 1] = (-height * slope) / width;
    derivatives[k + 2] = (-height * slope * t) / width;
    derivatives[k + 3] = height * (lorentz - gauss);
    value += height * shape;
  }
  return value;
}

function described(problem: Problem, fit: LeastSquaresFit): PeakFit {
  const { parameters, errors, converged, iterations, residuals, residualDeviation } = fit;
  const estimate = (k: number): Estimate => ({ value: parameters[k], error: errors[k] });
  const count = (parameters.length - 2) / PER_PEAK;
  const peaks = Array.from({ length: count }, (_, p) => {
    const k = 2 + PER_PEAK * p;
    const [height, , width, share] = parameters.subarray(k, k + PER_PEAK);
    return {
      ...{
        height: estimate(k),
        position: estimate(k + 1),
        width: estimate(k + 2),
        lorentzShare: estimate(k + 3),
      },
      area: height * width * ((share * Math.PI) / 2 + (1 - share) * Math.sqrt(Math.PI / LN2 / 4)),
    };
  });
  return {
    ...{ peaks, baseline: { level: estimate(0), slope: estimate(1) }, converged, iterations },
    ...{ residualDeviation, x: problem.x },
    fitted: problem.y.map((value, i) => value - residuals[i]),
  };
}
