import type { Spectrum, Technique, XUnit } from '../spectrum.js';

export type SpectrumFormat =
  | 'JCAMP-DX'
  | 'Galactic SPC'
  | 'Bruker OPUS'
  | 'Thermo SPA'
  | 'Thermo SPG'
  | 'PerkinElmer ASP'
  | 'PerkinElmer SP'
  | 'delimited text';

/** What a reader found: one spectrum, where it stood and what is odd about it. */
export interface SpectrumReading {
  readonly spectrum: Spectrum;
  readonly format: SpectrumFormat;
  /** Names of the data blocks of the file, in its order: subfiles, OPUS blocks, JCAMP blocks. */
  readonly blocks: readonly string[];
  /** Sentences, each with the byte it is about. */
  readonly warnings: readonly string[];
  /** File that the spectrum came from; inside an archive, `archive.zip/member`. */
  readonly file?: string;
}

/** What the reader of one format hands on. */
export interface UnplacedReading extends SpectrumReading {
  /** Byte at which the points begin. */
  readonly dataAt: number;
}

/** n abscissae from `first` to `last`, both met to the bit. */
export function evenAxis(first: number, last: number, n: number): Float64Array {
  const x = new Float64Array(n);
  for (let i = 1; i < n - 1; i++) x[i] = (first * (n - 1 - i) + last * i) / (n - 1);
  if (n > 1) x[n - 1] = last;
  if (n > 0) x[0] = first;
  return x;
}

/** The technique, where only the axis tells. */
export function techniqueOfAxis(xUnit: XUnit, x: ArrayLike<number>): Technique {
  const middle = (x[0] + x[x.length - 1]) / 2;
  if (xUnit === 'cm-1') return middle > 4500 ? 'NIR' : 'FT-IR';
  if (xUnit === 'um') return middle > 2.5 ? 'FT-IR' : 'NIR';
  if (xUnit === 'nm') return middle > 2500 ? 'FT-IR' : middle > 800 ? 'NIR' : 'UV-Vis';
  return 'unknown';
}
