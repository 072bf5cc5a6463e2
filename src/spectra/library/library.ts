import { applyPipeline, type Pipeline } from '../pipeline.js';
import { type SetOptions, spectrumSet } from '../set.js';
import type { Spectrum, SpectrumSet } from '../spectrum.js';

/** Reference spectra with the names of what they are, all treated alike. */
export interface SpectralLibrary {
  /** n spectra on one axis, as `pipeline` left them. */
  readonly set: SpectrumSet;
  /** n names of materials; several spectra may share one. */
  readonly names: readonly string[];
  /** n families: names that spectra hardly tell apart share one, such as LDPE and HDPE. */
  readonly families: readonly string[];
  /** What was done to the references, and is done to a query before it is compared. */
  readonly pipeline: Pipeline;
  /** Where the spectra are from, to be cited. */
  readonly source: string;
}

export interface LibraryOptions extends SetOptions {
  /** Name of each spectrum's material. Default: its title. */
  readonly names?: readonly string[];
  /** Family of a name, where it is not the name itself. */
  readonly families?: Readonly<Record<string, string>>;
  readonly pipeline?: Pipeline;
  readonly source?: string;
}

/**
 * A library from spectra of one's own.
 * @throws RangeError when the names are not as many as the spectra, or the spectra share no range.
 */
export function spectralLibrary(spectra: readonly Spectrum[], options: LibraryOptions = {}): SpectralLibrary {
  const {
    names = spectra.map(({ title }) => title),
    families = {},
    pipeline = [],
    source = 'own spectra',
    ...setOptions
  } = options;
  if (names.length !== spectra.length)
    throw new RangeError(`names must be ${spectra.length} like the spectra, but are ${names.length}`);
  const treated =
    pipeline.length === 0 ? spectra : spectra.map((spectrum) => applyPipeline(spectrum, pipeline));
  const familyOf = (name: string) => (Object.hasOwn(families, name) ? families[name] : name);
  return { set: spectrumSet(treated, setOptions), names, families: names.map(familyOf), pipeline, source };
}

/** The part of a library that `keep` keeps, for leaving materials or samples out. */
export function filterLibrary(
  library: SpectralLibrary,
  keep: (name: string, index: number) => boolean,
): SpectralLibrary {
  const kept = library.names.flatMap((name, i) => (keep(name, i) ? [i] : []));
  const { set } = library;
  const data = new Float64Array(kept.length * set.x.length);
  kept.forEach((i, k) => {
    data.set(set.Y.data.subarray(i * set.x.length, (i + 1) * set.x.length), k * set.x.length);
  });
  return {
    ...library,
    names: kept.map((i) => library.names[i]),
    families: kept.map((i) => library.families[i]),
    set: {
      ...set,
      Y: { rows: kept.length, cols: set.x.length, data },
      titles: kept.map((i) => set.titles[i]),
    },
  };
}
