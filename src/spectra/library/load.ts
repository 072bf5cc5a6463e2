import type { Places } from '../../frames/locate.js';
import { loadSpectra } from '../load.js';
import type { Pipeline } from '../pipeline.js';
import { findSuspects, type Suspect } from './leave-out.js';
import { filterLibrary, type SpectralLibrary, spectralLibrary } from './library.js';

/** What is done to references and queries alike: air's carbon dioxide is bridged, the baseline taken away. */
export const LIBRARY_PIPELINE: Pipeline = [
  { step: 'absorbance' },
  { step: 'mask' },
  { step: 'baseline', method: 'rubber-band' },
];

/** A library with the references that were left out of it. */
export interface LoadedLibrary extends SpectralLibrary {
  /** Indices count the rows of the file. */
  readonly dropped: readonly Suspect[];
}

export interface LoadLibraryOptions extends Places {
  /** What is done to references and queries. Default `LIBRARY_PIPELINE`. */
  readonly pipeline?: Pipeline;
  /** Whether references stay whose spectrum contradicts their label (`findSuspects`). Default false. */
  readonly keepSuspects?: boolean;
}

/**
 * A data set of spectra as a library; references whose spectrum contradicts their label are left out and named.
 * @param id - `primpke2018`.
 */
export async function loadLibrary(
  id: string,
  { pipeline = LIBRARY_PIPELINE, keepSuspects = false, ...places }: LoadLibraryOptions = {},
): Promise<LoadedLibrary> {
  const { spectra, names, card } = await loadSpectra(id, places);
  const source = `${card.cite}${card.doi ? ` doi:${card.doi}` : ''}`;
  const library = spectralLibrary(spectra, { names, families: card.spectra?.families, pipeline, source });
  const dropped = keepSuspects ? [] : findSuspects(library);
  const suspect = new Set(dropped.map(({ index }) => index));
  return { ...filterLibrary(library, (_, i) => !suspect.has(i)), dropped };
}
