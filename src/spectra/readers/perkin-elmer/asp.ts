import { FileError } from '../../../frames/bytes/file-error.js';
import { quantile } from '../../../numeric/statistics.js';
import { type Scanned, scanNumber } from '../number.js';
import { evenAxis, type UnplacedReading } from '../reading.js';

const HEADER_LINES = 6;

/**
 * Reads PerkinElmer's ASCII format (ASP): six lines with the count of points, the first and the last wavenumber and three
 * settings, then one ordinate a line. The file names no unit of y.
 */
export function readAsp(bytes: Uint8Array): UnplacedReading[] {
  const { values, places } = readLines(bytes);
  const [points, first, last] = values;
  if (!(Number.isInteger(points) && points > 0) || !(Math.abs(first - last) > 0))
    throw new FileError('an ASP file must begin with a count of points and two wavenumbers, one a line', 0);
  const found = Math.max(0, values.length - HEADER_LINES);
  if (found !== points)
    throw new FileError(
      `the first line announces ${points} points, but ${found} follow; the file is cut off or lies about its length`,
      found < points ? bytes.length : places[HEADER_LINES + points],
    );
  const y = Float64Array.from(values.slice(HEADER_LINES));
  const yUnit = quantile(y.slice().sort(), 0.9) > 5 ? '% transmittance' : 'absorbance';
  const spectrum = {
    ...{ x: evenAxis(first, last, points), y, xUnit: 'cm-1', yUnit, technique: 'FT-IR' as const, title: '' },
    metadata: { settings: values.slice(3, HEADER_LINES).join(' ') },
  };
  const warnings = [
    `the format names no unit of y; by its values taken as ${yUnit} (byte ${places[HEADER_LINES]})`,
  ];
  return [{ spectrum, format: 'PerkinElmer ASP', blocks: ['data'], warnings, dataAt: places[HEADER_LINES] }];
}

/** One number a line, with its byte. */
function readLines(bytes: Uint8Array): { values: number[]; places: number[] } {
  const values: number[] = [];
  const places: number[] = [];
  const scanned: Scanned = { value: 0, end: 0 };
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] <= 32) {
      at++;
      continue;
    }
    if (!scanNumber(bytes, at, bytes.length, scanned) || bytes[scanned.end] > 32)
      throw new FileError('an ASP file must hold one number a line', at);
    values.push(scanned.value);
    places.push(at);
    at = scanned.end;
  }
  return { values, places };
}

/** Whether the first lines look like the header of an ASP file. */
export function looksLikeAsp(start: string): boolean {
  const lines = start
    .trim()
    .split(/\s*[\r\n]+\s*/)
    .slice(0, HEADER_LINES + 1);
  return (
    lines.length > HEADER_LINES &&
    lines.every((line) => line !== '' && !Number.isNaN(Number(line))) &&
    /^\d+$/.test(lines[0])
  );
}
