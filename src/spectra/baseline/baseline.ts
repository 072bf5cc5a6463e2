import { ascending, isAscending, type Spectrum, withY } from '../spectrum.js';
import { fillPeaks } from './fill-peaks.js';
import { airpls, arpls, asls } from './least-squares.js';
import { modifiedPolynomial } from './polynomial.js';
import { rubberBand } from './rubber-band.js';

/** How a baseline is found; every number has a default. */
export type BaselineOptions =
  | { readonly method: 'rubber-band' }
  | ({ readonly method: 'als'; readonly asymmetry?: number } & Penalty)
  | ({ readonly method: 'arpls' } & Penalty)
  | ({ readonly method: 'airpls' } & Penalty)
  | {
      readonly method: 'polynomial';
      readonly degree?: number;
      readonly tolerance?: number;
      readonly iterations?: number;
    }
  | {
      readonly method: 'fill-peaks';
      readonly sections?: number;
      readonly halfWindow?: number;
      readonly iterations?: number;
    };

interface Penalty {
  readonly lambda?: number;
  readonly tolerance?: number;
  readonly iterations?: number;
}

export type BaselineMethod = BaselineOptions['method'];

/** What each method is, for a caption or a list of references. */
export const BASELINE_SOURCES: Readonly<Record<BaselineMethod, string>> = {
  'rubber-band': 'lower convex hull',
  als: 'Eilers 2004, doi:10.1021/ac034800e',
  arpls: 'Baek et al. 2015, doi:10.1039/C4AN01061B',
  airpls: 'Zhang et al. 2010, doi:10.1039/b922045c',
  polynomial: 'Lieber & Mahadevan-Jansen 2003, doi:10.1366/000370203322554518',
  'fill-peaks': 'Liland 2015, doi:10.1016/j.mex.2015.02.009',
};

/**
 * The baseline under the bands of a spectrum.
 *
 * Defaults: `als` λ 10⁶, asymmetry 0.01; `arpls` λ 10⁵; `airpls` λ 10⁶; all of them 50 turns to 10⁻³; `polynomial` degree
 * 4, 250 turns to 10⁻³; `fill-peaks` a tenth of the points as sections, a seventh of them as half window, 5 turns. λ is
 * for spectra of one to four thousand points; it grows with the fourth power of their density.
 * @param options - the method and its numbers; default `{ method: 'arpls' }`.
 * @throws TypeError for a transmittance or reflectance, whose bands point down; RangeError where values are missing.
 */
export function baseline(spectrum: Spectrum, options: BaselineOptions = { method: 'arpls' }): Spectrum {
  checkBandsPointUp(spectrum);
  const { x, y } = ascending(spectrum);
  const missing = y.findIndex((value) => !Number.isFinite(value));
  if (missing >= 0)
    throw new RangeError(
      `spectrum "${spectrum.title}" has no value at ${x[missing]}; fill the gap or cut the range before the baseline`,
    );
  const z = under(x, y, options);
  return withY(spectrum, isAscending(spectrum) ? z : z.slice().reverse());
}

/** The spectrum without its baseline: y − baseline. */
export function removeBaseline(spectrum: Spectrum, options: BaselineOptions = { method: 'arpls' }): Spectrum {
  const below = baseline(spectrum, options).y;
  return withY(
    spectrum,
    spectrum.y.map((value, i) => value - below[i]),
  );
}

function under(x: Float64Array, y: Float64Array, options: BaselineOptions): Float64Array {
  switch (options.method) {
    case 'rubber-band':
      return rubberBand(x, y);
    case 'als':
      return asls(y, options.asymmetry ?? 0.01, penalty(options, 1e6));
    case 'arpls':
      return arpls(y, penalty(options, 1e5));
    case 'airpls':
      return airpls(y, penalty(options, 1e6));
    case 'polynomial':
      return modifiedPolynomial(x, y, { degree: 4, tolerance: 1e-3, iterations: 250, ...options });
    case 'fill-peaks': {
      const sections = options.sections ?? Math.max(5, Math.floor(x.length / 10));
      const halfWindow = Math.max(1, Math.round(sections / 7));
      return fillPeaks(x, y, { halfWindow, iterations: 5, ...options, sections });
    }
    default:
      throw new RangeError(
        `method must be one of ${Object.keys(BASELINE_SOURCES).join(', ')}, but is "${(options as { method: string }).method}"`,
      );
  }
}

const penalty = ({ lambda, tolerance = 1e-3, iterations = 50 }: Penalty, standard: number) => ({
  ...{ lambda: lambda ?? standard, tolerance, iterations },
});

/** Bands of a transmittance point down: a baseline under them is none. */
function checkBandsPointUp({ yUnit, title }: Spectrum): void {
  if (/transmittance|reflectance/.test(yUnit))
    throw new TypeError(
      `spectrum "${title}" is in ${yUnit}; convert it with toAbsorbance() before removing the baseline`,
    );
}
