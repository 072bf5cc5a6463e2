import { cardNamed } from '../../frames/cards.js';
import { locate } from '../../frames/locate.js';
import { POLYMER_BANDS, type PolymerName } from '../polymer-bands.js';
import { syntheticPolymer } from '../synthetic-polymer.js';
import { spectralLibrary } from './library.js';
import { LIBRARY_PIPELINE, type LoadedLibrary, type LoadLibraryOptions, loadLibrary } from './load.js';

/** A library that may have been made up: then every figure has to say so. */
export interface LibraryOrSynthetic extends LoadedLibrary {
  readonly synthetic: boolean;
  /** Why a synthetic library stands in; `null` where it does not. */
  readonly notice: string | null;
}

const COPIES = 8;

/** The library of a data set where its file can be had, else a synthetic one of six polymers in its place. */
export async function loadLibraryOrSynthetic(
  id: string,
  options: LoadLibraryOptions = {},
): Promise<LibraryOrSynthetic> {
  const reason = await locate(cardNamed(id), options).then(
    () => null,
    (error: Error) => error.message,
  );
  if (reason === null) return { ...(await loadLibrary(id, options)), synthetic: false, notice: null };
  return {
    ...syntheticLibrary(options),
    synthetic: true,
    notice: `Synthetic spectra, not measured: ${reason}`,
  };
}

function syntheticLibrary({ pipeline = LIBRARY_PIPELINE }: LoadLibraryOptions): LoadedLibrary {
  const polymers = Object.keys(POLYMER_BANDS) as PolymerName[];
  const spectra = polymers.flatMap((polymer) =>
    Array.from({ length: COPIES }, (_, seed) => syntheticPolymer(polymer, { seed })),
  );
  const names = polymers.flatMap((polymer) => Array.from({ length: COPIES }, () => polymer));
  return {
    ...spectralLibrary(spectra, { names, pipeline, source: 'synthetic, made from a table of bands' }),
    dropped: [],
  };
}
