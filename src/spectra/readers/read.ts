import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { FileError } from '../../frames/bytes/file-error.js';
import { readDelimited } from './delimited/delimited.js';
import { finishReading } from './finish.js';
import { readJcamp } from './jcamp/jcamp.js';
import { readOmnic } from './omnic/omnic.js';
import { readOpus } from './opus/opus.js';
import { readAsp } from './perkin-elmer/asp.js';
import { readSp } from './perkin-elmer/sp.js';
import type { SpectrumFormat, SpectrumReading, UnplacedReading } from './reading.js';
import { formatOf } from './signature.js';
import { readSpc } from './spc/spc.js';
import { type ZipMember, zipMembers } from './zip.js';

type Reader = (bytes: Uint8Array) => UnplacedReading[];

const READERS: Readonly<Record<SpectrumFormat, Reader>> = {
  'JCAMP-DX': readJcamp,
  'Galactic SPC': readSpc,
  'Bruker OPUS': readOpus,
  'Thermo SPA': readOmnic,
  'Thermo SPG': readOmnic,
  'PerkinElmer ASP': readAsp,
  'PerkinElmer SP': readSp,
  'delimited text': readDelimited,
};

/**
 * Every spectrum in the bytes of a file: JCAMP-DX, Galactic SPC, Bruker OPUS, Thermo SPA and SPG, PerkinElmer ASP and SP,
 * delimited text, or a zip archive of any of them. The format is told by the content, not by the name.
 * @param name - what the file is called; stands in for a title that the file does not give.
 * @throws FileError when the file is something else, is cut off or lies about its length, with the byte.
 */
export function readSpectra(bytes: Uint8Array, name = ''): SpectrumReading[] {
  const format = formatOf(bytes);
  if (format === 'zip') return readArchive(bytes, name);
  const fallback = basename(name).replace(/\.[^.]*$/, '');
  return READERS[format](bytes).map(({ dataAt, ...reading }) => {
    const { title } = reading.spectrum;
    const spectrum = { ...reading.spectrum, title: title || fallback };
    return { ...finishReading({ ...reading, spectrum }, dataAt), file: name };
  });
}

/** Members that are no spectra are left out with a warning, as long as one is. */
function readArchive(bytes: Uint8Array, name: string): SpectrumReading[] {
  const refused: string[] = [];
  const readings = zipMembers(bytes).flatMap((member) => {
    try {
      return readMember(member, name);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      refused.push(`left out: ${member.name}: ${error.message}`);
      return [];
    }
  });
  if (readings.length === 0)
    throw new FileError(
      `the zip archive holds no spectrum${refused.length > 0 ? `; first ${refused[0]}` : ''}`,
      0,
    );
  return readings.map((reading) => ({ ...reading, warnings: [...reading.warnings, ...refused] }));
}

function readMember(member: ZipMember, archive: string): SpectrumReading[] {
  const content = member.unpack();
  if (formatOf(content) === 'zip')
    throw new FileError('an archive inside an archive; unpack it first', member.at);
  return readSpectra(content, `${archive}/${member.name}`);
}

/** What came of one file of a list. */
export type FileResult =
  | { readonly file: string; readonly readings: SpectrumReading[] }
  | { readonly file: string; readonly error: Error };

/**
 * Reads one file.
 * @throws FileError as `readSpectra` does.
 */
export async function readSpectrumFile(path: string): Promise<SpectrumReading[]> {
  return readSpectra(await readFile(path), path);
}

/** Reads files and, within folders, every file, in alphabetical order; a file that is refused does not stop the rest. */
export async function readSpectrumFiles(paths: readonly string[]): Promise<FileResult[]> {
  const results: FileResult[] = [];
  for (const path of paths)
    for (const file of await filesUnder(path)) {
      results.push(
        await readSpectrumFile(file).then(
          (readings) => ({ file, readings }),
          (error: Error) => ({ file, error }),
        ),
      );
    }
  return results;
}

async function filesUnder(path: string): Promise<string[]> {
  const entry = await stat(path).catch(() => null);
  if (!entry?.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
  return (await Promise.all(names.map((name) => filesUnder(join(path, name))))).flat();
}
