import { checkWhole } from '../numeric/check.js';

/**
 * n samples: each a micrograph and a spectrum of one particle, of which one may be missing. Several samples may show
 * the same particle: they are split together and may be answered together.
 */
export interface AgeingSamples {
  /** n names. */
  readonly ids: readonly string[];
  /** n particles: the unit of every split. */
  readonly particles: readonly string[];
  /** n batches (instrument, operator, lot), or the particle again where nothing is known. */
  readonly batches: readonly string[];
  /** n polymers; empty where unknown. */
  readonly polymers: readonly string[];
  /** The types of ageing, in the order of the columns of every prediction. */
  readonly classes: readonly string[];
  /** n places in `classes`; −1 where the type is unknown. */
  readonly types: Int32Array;
  readonly images: SampleImages;
  readonly spectra: SampleSpectra;
  /** Whether the samples were made up: every figure of them says so. */
  readonly synthetic: boolean;
}

/** n square micrographs of one size, info bars cut off. */
export interface SampleImages {
  /** Pixels a side. */
  readonly size: number;
  /** n × size² grey values, 0 … 1. */
  readonly values: Float32Array;
  /** n flags: 0 where the micrograph is missing. */
  readonly present: Uint8Array;
  /** n pixel sizes; NaN where unknown. */
  readonly micronsPerPixel: Float64Array;
}

/** n spectra over one axis. */
export interface SampleSpectra {
  /** p wavenumbers in cm⁻¹, ascending. */
  readonly wavenumbers: Float64Array;
  /** n × p absorbances. */
  readonly values: Float32Array;
  /** n flags: 0 where the spectrum is missing. */
  readonly present: Uint8Array;
}

export const sampleCount = ({ ids }: AgeingSamples): number => ids.length;

/**
 * Some of the samples, in the order given.
 * @throws RangeError when a row is not there.
 */
export function takeSamples(samples: AgeingSamples, rows: ArrayLike<number>): AgeingSamples {
  const n = sampleCount(samples);
  const list = Array.from(rows);
  for (const row of list) checkWhole('rows', row, 0, n - 1);
  const pick = <T>(values: readonly T[]): T[] => list.map((row) => values[row]);
  const { images, spectra } = samples;
  return {
    ...samples,
    ids: pick(samples.ids),
    particles: pick(samples.particles),
    batches: pick(samples.batches),
    polymers: pick(samples.polymers),
    types: Int32Array.from(list, (row) => samples.types[row]),
    images: {
      size: images.size,
      values: takeBlocks(images.values, images.size ** 2, list),
      present: Uint8Array.from(list, (row) => images.present[row]),
      micronsPerPixel: Float64Array.from(list, (row) => images.micronsPerPixel[row]),
    },
    spectra: {
      wavenumbers: spectra.wavenumbers,
      values: takeBlocks(spectra.values, spectra.wavenumbers.length, list),
      present: Uint8Array.from(list, (row) => spectra.present[row]),
    },
  };
}

function takeBlocks(values: Float32Array, length: number, rows: readonly number[]): Float32Array {
  const taken = new Float32Array(rows.length * length);
  rows.forEach((row, k) => {
    taken.set(values.subarray(row * length, (row + 1) * length), k * length);
  });
  return taken;
}

/** The same samples without one of their sides, as if it had not been measured. */
export function withoutSide(samples: AgeingSamples, side: 'image' | 'spectrum'): AgeingSamples {
  const nothing = new Uint8Array(sampleCount(samples));
  return side === 'image'
    ? { ...samples, images: { ...samples.images, present: nothing } }
    : { ...samples, spectra: { ...samples.spectra, present: nothing } };
}
