import { matrix, row } from '../numeric/matrix.js';
import { evenSteps } from './axis.js';
import { type ResampleOptions, resample } from './resample.js';
import { ascending, type Spectrum, type SpectrumSet } from './spectrum.js';

export interface SetOptions extends ResampleOptions {
  /** Abscissae of the set. Default: even steps over what all spectra cover. */
  readonly x?: ArrayLike<number>;
  /** Step of the default axis, in units of x. Default: the widest mean step among the spectra. */
  readonly step?: number;
}

/**
 * Many spectra on one ascending axis: rows of a matrix for PCA, maps, libraries and networks. Spectra that already share
 * their axis keep their values to the bit.
 * @throws RangeError when there is none, their units differ or nothing is covered by all.
 */
export function spectrumSet(spectra: readonly Spectrum[], options: SetOptions = {}): SpectrumSet {
  if (spectra.length === 0) throw new RangeError('a set needs at least one spectrum');
  const [first] = spectra;
  const other = spectra.find(({ xUnit, yUnit }) => xUnit !== first.xUnit || yUnit !== first.yUnit);
  if (other)
    throw new TypeError(
      `spectrum "${other.title}" is in ${other.yUnit} over ${other.xUnit}, but "${first.title}" in ${first.yUnit} over ${first.xUnit}; convert one of them`,
    );
  const sources = spectra.map(ascending);
  const x = Float64Array.from(options.x ?? commonAxis(sources, options.step)).sort();
  const data = new Float64Array(sources.length * x.length);
  sources.forEach((source, i) => {
    data.set(sameAxis(source.x, x) ? source.y : resample(source, x, options).y, i * x.length);
  });
  const { xUnit, yUnit, technique } = first;
  const titles = spectra.map(({ title }) => title);
  return { x, Y: { rows: spectra.length, cols: x.length, data }, titles, xUnit, yUnit, technique };
}

function commonAxis(sources: readonly Spectrum[], step?: number): Float64Array {
  const [{ x: first }] = sources;
  if (step === undefined && sources.every(({ x }) => sameAxis(x, first))) return first;
  const low = Math.max(...sources.map(({ x }) => x[0]));
  const high = Math.min(...sources.map(({ x }) => x[x.length - 1]));
  if (!(high > low)) throw new RangeError('the spectra have no range in common; leave some out or give x');
  const widest = Math.max(...sources.map(({ x }) => (x[x.length - 1] - x[0]) / (x.length - 1)));
  return evenSteps(low, high, step ?? widest);
}

const sameAxis = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/** Row i of a set as a spectrum. */
export const spectrumAt = ({ x, Y, titles, xUnit, yUnit, technique }: SpectrumSet, i: number): Spectrum => ({
  ...{ x, y: row(Y, i).slice(), xUnit, yUnit, technique, title: titles[i], metadata: {} },
});

/** Every row as a spectrum. */
export const spectraOf = (set: SpectrumSet): Spectrum[] => set.titles.map((_, i) => spectrumAt(set, i));

/**
 * A function of one spectrum applied to each row; the results must share one axis.
 * @throws RangeError when they do not.
 */
export function mapSet(set: SpectrumSet, transform: (spectrum: Spectrum) => Spectrum): SpectrumSet {
  let out: SpectrumSet | undefined;
  for (let i = 0; i < set.Y.rows; i++) {
    const result = ascending(transform(spectrumAt(set, i)));
    out ??= { ...set, ...pickUnits(result), x: result.x, Y: matrix(set.Y.rows, result.x.length) };
    if (result.x.length !== out.x.length)
      throw new RangeError(
        `the transform must give every spectrum ${out.x.length} points, but gives "${set.titles[i]}" ${result.x.length}`,
      );
    out.Y.data.set(result.y, i * out.x.length);
  }
  return out ?? set;
}

const pickUnits = ({ xUnit, yUnit, technique }: Spectrum) => ({ xUnit, yUnit, technique });
