import { FileError } from '../frames/bytes/file-error.js';
import { type FileResult, readSpectrumFiles } from '../spectra/readers/read.js';
import type { SpectrumReading } from '../spectra/readers/reading.js';

const USAGE = 'usage: nurdle spectrum FILE… [--json]   (files, folders, zip archives)';

/**
 * `nurdle spectrum`: what the files hold, one entry a spectrum.
 *
 * With `--json` standard output is one array over all spectra of all files, in which a file that is refused has an entry
 * `{ file, error, offset }`; the same entry stands on standard error.
 * @param args - the words after `nurdle spectrum`.
 * @returns the exit code: 0 when every file was read, 1 when one was refused, 2 without a file.
 */
export async function spectrumCommand(args: string[]): Promise<number> {
  const json = args.includes('--json');
  const paths = args.filter((word) => word !== '--json');
  const unknown = paths.find((word) => word.startsWith('--'));
  if (paths.length === 0 || unknown) {
    console.error(unknown ? `nurdle spectrum has no option "${unknown}"\n${USAGE}` : USAGE);
    return 2;
  }
  const results = await readSpectrumFiles(paths);
  const refusals = results.flatMap((result) => ('error' in result ? [refusal(result)] : []));
  if (json) printJson(results, refusals);
  else printLines(results, refusals);
  return refusals.length > 0 ? 1 : 0;
}

interface Refusal {
  readonly file: string;
  readonly error: string;
  /** Byte at which the trouble begins; `null` where the file could not be opened. */
  readonly offset: number | null;
}

const refusal = ({ file, error }: { file: string; error: Error }): Refusal => ({
  ...{ file, error: error.message },
  offset: error instanceof FileError ? error.offset : null,
});

function printJson(results: readonly FileResult[], refusals: readonly Refusal[]): void {
  const entries = results.flatMap((result): object[] =>
    'error' in result ? [refusal(result)] : result.readings.map((reading) => summary(reading, result.file)),
  );
  console.log(JSON.stringify(entries, null, 2));
  for (const entry of refusals) console.error(JSON.stringify(entry));
}

/** One spectrum in numbers: first and last in the order of the file. */
function summary({ spectrum, format, blocks, warnings, file }: SpectrumReading, path: string) {
  const { x, y, xUnit, yUnit, technique, title } = spectrum;
  const n = x.length;
  const yRange = rangeOf(y);
  const xRange = rangeOf(x);
  return {
    ...{ file: file || path, format, title, points: n },
    ...{ firstX: x[0], lastX: x[n - 1], minX: xRange.min, maxX: xRange.max },
    ...{ firstY: y[0], lastY: y[n - 1], minY: yRange.min, maxY: yRange.max },
    ...{ xUnit, yUnit, technique, blocks: blocks.length, blockNames: blocks, warnings },
  };
}

function rangeOf(values: Float64Array): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

function printLines(results: readonly FileResult[], refusals: readonly Refusal[]): void {
  for (const result of results) {
    if ('error' in result) continue;
    for (const reading of result.readings) console.log(lines(summary(reading, result.file)).join('\n'));
  }
  for (const { file, error } of refusals) console.error(`${file}: ${error}`);
}

function lines(s: ReturnType<typeof summary>): string[] {
  return [
    `${s.file}: ${s.title || 'no title'} (${s.format}, ${s.technique})`,
    `  ${s.points} points, ${short(s.firstX)} to ${short(s.lastX)} ${s.xUnit}, ${short(s.minY)} to ${short(s.maxY)} ${s.yUnit}`,
    ...s.warnings.map((warning) => `  ! ${warning}`),
  ];
}

const short = (x: number): string => String(Number(x.toPrecision(6)));
