import { FileError } from '../../frames/bytes/file-error.js';
import { looksLikeAsp } from './perkin-elmer/asp.js';
import type { SpectrumFormat } from './reading.js';

/** Beginnings of files that are no spectra, and what they are. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['\x89PNG', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['II*\0', 'a TIFF image'],
  ['MM\0*', 'a TIFF image'],
  ['BM', 'a BMP image'],
  ['GIF8', 'a GIF image'],
  ['%PDF', 'a PDF document'],
  ['\x89HDF', 'an HDF5 file'],
  ['CDF', 'a netCDF file'],
  ['\x1f\x8b', 'a gzip archive; unpack it first'],
  ['Rar!', 'a RAR archive; unpack it first'],
  ['7z\xbc\xaf', 'a 7-Zip archive; unpack it first'],
  ['\xd0\xcf\x11\xe0', 'an OLE compound document, such as an old Excel workbook or a Shimadzu file'],
  ['WDF1', 'a Renishaw WDF file; export it as text or SPC'],
  ['PAR1', 'a Parquet table'],
  ['MATLAB', 'a MATLAB file'],
  ['RDX2', 'an R data file'],
  ['{', 'JSON'],
  ['<', 'XML or HTML'],
];

const SPC_VERSIONS = [0x4b, 0x4c, 0x4d];

/**
 * What a file is, by its first bytes; its name decides nothing.
 * @throws FileError when it is known to be something else.
 */
export function formatOf(bytes: Uint8Array): SpectrumFormat | 'zip' {
  if (bytes.length === 0) throw new FileError('the file is empty', 0);
  const start = String.fromCharCode(...bytes.subarray(0, 512));
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip';
  if (start.startsWith('\x0a\x0a\xfe\xfe')) return 'Bruker OPUS';
  if (start.startsWith('PEPE')) return 'PerkinElmer SP';
  if (start.startsWith('Spectral ')) return start.startsWith('Spectral Exte') ? 'Thermo SPG' : 'Thermo SPA';
  if (isJcamp(start)) return 'JCAMP-DX';
  const other = OTHERS.find(([magic]) => start.startsWith(magic));
  if (other) throw new FileError(`the file is ${other[1]}, not a spectrum`, 0);
  if (looksLikeSpc(bytes)) return 'Galactic SPC';
  return looksLikeAsp(start) ? 'PerkinElmer ASP' : 'delimited text';
}

/** A labelled record within the first lines, where comments and blank lines may come first. */
const isJcamp = (start: string): boolean =>
  /^(?:\xef\xbb\xbf)?(?:\s|\$\$[^\r\n]*)*##\s*[A-Z$._]/i.test(start) && /##[^=\r\n]{1,80}=/.test(start);

/** The second byte is the version; an exponent, a count and a unit that can be follow. Text never holds NUL. */
function looksLikeSpc(bytes: Uint8Array): boolean {
  if (!SPC_VERSIONS.includes(bytes[1])) return false;
  const isText = bytes.subarray(0, 64).every((byte) => byte >= 9);
  return bytes.length < 32 ? !isText : !isText && bytes.subarray(0, 512).includes(0);
}
