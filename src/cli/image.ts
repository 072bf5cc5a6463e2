import { FileError } from '../frames/bytes/file-error.js';
import { type ImageReading, readImageFile } from '../images/readers/read.js';

const USAGE = 'usage: nurdle image FILE… [--json]   (TIFF, PNG, JPEG, BMP)';

/**
 * `nurdle image`: what the files hold, one entry a file.
 *
 * With `--json` standard output is one array, in which a file that is refused has an entry `{ file, error, offset }`; the
 * same entry stands on standard error.
 * @param args - the words after `nurdle image`.
 * @returns the exit code: 0 when every file was read, 1 when one was refused, 2 without a file.
 */
export async function imageCommand(args: string[]): Promise<number> {
  const json = args.includes('--json');
  const paths = args.filter((word) => word !== '--json');
  const unknown = paths.find((word) => word.startsWith('--'));
  if (paths.length === 0 || unknown) {
    console.error(unknown ? `nurdle image has no option "${unknown}"\n${USAGE}` : USAGE);
    return 2;
  }
  const entries = await Promise.all(paths.map(entryOf));
  const refused = entries.filter((entry) => 'error' in entry);
  if (json) console.log(JSON.stringify(entries, null, 2));
  else for (const entry of entries) if (!('error' in entry)) console.log(lines(entry).join('\n'));
  for (const entry of refused) console.error(json ? JSON.stringify(entry) : `${entry.file}: ${entry.error}`);
  return refused.length > 0 ? 1 : 0;
}

type Summary = ReturnType<typeof summary>;

interface Refusal {
  readonly file: string;
  readonly error: string;
  /** Byte at which the trouble begins; `null` where the file could not be opened. */
  readonly offset: number | null;
}

const entryOf = (file: string): Promise<Summary | Refusal> =>
  readImageFile(file).then(
    (reading) => summary(file, reading),
    (error: Error) => ({
      file,
      error: error.message,
      offset: error instanceof FileError ? error.offset : null,
    }),
  );

function summary(file: string, { micrograph, format, warnings }: ImageReading) {
  const { width, height, bitDepth, instrument, micronsPerPixel, infoBarRows, metadata } = micrograph;
  const { voltage_kV: voltage, detector = null, magnification } = metadata;
  return {
    ...{ file, format, width, height, bitDepth, instrument, micronsPerPixel, infoBarRows },
    ...{ voltageKV: voltage ? Number(voltage) : null, detector },
    ...{ magnification: magnification ? Number(magnification) : null, warnings },
  };
}

function lines(s: Summary): string[] {
  const scale = s.micronsPerPixel === null ? 'scale not stated' : `${s.micronsPerPixel} µm a pixel`;
  return [
    `${s.file}: ${s.width} × ${s.height} pixels, ${s.bitDepth} bits (${s.format})`,
    `  ${s.instrument ?? 'instrument not stated'}, ${scale}, ${s.infoBarRows} rows of info bar`,
    ...s.warnings.map((warning) => `  ! ${warning}`),
  ];
}
