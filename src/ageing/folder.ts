import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { TYPES } from '../../data/synthetic-ageing/world.js';
import { sha256 } from '../frames/locate.js';
import { readTable } from '../frames/read.js';
import { columnNames, type Table, texts } from '../frames/table.js';
import { checkWhole } from '../numeric/check.js';
import type { Spectrum } from '../spectra/spectrum.js';
import { commonAxis, onAxis } from './pair/common-axis.js';
import { readAbsorbance } from './pair/read-absorbance.js';
import { type Field, readField } from './pair/read-field.js';
import type { AgeingSamples } from './samples.js';

export interface AgeingFolderOptions {
  /** Pixels a side to which micrographs are brought. Default 64. */
  readonly size?: number;
  /** Axis of the spectra in cm⁻¹, such as a model's; default: what all of them cover, in steps of 2. */
  readonly wavenumbers?: Float64Array;
  /** Types of ageing in the order of a model's; default: those that the file names. */
  readonly classes?: readonly string[];
}

/** Why something of a row could not be used. */
export interface PairProblem {
  /** From 1, below the header. */
  readonly row: number;
  readonly column: string;
  readonly reason: string;
}

/** A user's samples, and what could not be used of them. */
export interface AgeingFolder {
  readonly samples: AgeingSamples;
  /** In the order of rows. A sample with one problem keeps its other side; one with no side left is not among the samples. */
  readonly problems: readonly PairProblem[];
  /** Row of each sample, from 1. */
  readonly rows: readonly number[];
  /** SHA-256 of the table. */
  readonly sha256: string;
}

/** A row with what could be read of it. */
interface Pair {
  readonly row: number;
  readonly field: Field | null;
  readonly spectrum: Spectrum | null;
}

/**
 * Reads a table that pairs spectra and micrographs: `particle_id`, `spectrum_file`, `image_file`, and where known `type`,
 * `polymer`, `batch`, `sample_id`, `microns_per_pixel`. File names count from the table's folder and stay inside it. An
 * empty cell is a side that was not measured; several rows of one particle are several fields of it.
 * @throws RangeError when the table lacks a column, no row has a usable side, or spectra cover nothing in common.
 */
export async function readAgeingFolder(
  file: string,
  { size = 64, wavenumbers, classes }: AgeingFolderOptions = {},
): Promise<AgeingFolder> {
  checkWhole('size', size, 8, 4096);
  const table = await readPairs(file);
  const folder = dirname(file);
  const problems: PairProblem[] = [];
  const of = (name: string) => (table.columns.has(name) ? texts(table, name) : Array(table.rows).fill(null));
  const [spectra, images, scales] = [of('spectrum_file'), of('image_file'), of('microns_per_pixel')];
  const pairs: Pair[] = [];
  for (let i = 0; i < table.rows; i++) {
    const row = i + 1;
    const tried = async <T>(column: string, name: string | null, read: (name: string) => Promise<T>) => {
      if (name === null) return null;
      return read(name).catch((error: Error) => {
        problems.push({ row, column, reason: error.message });
        return null;
      });
    };
    const field = await tried('image_file', images[i], (name) => readField(folder, name, size, scales[i]));
    const spectrum = await tried('spectrum_file', spectra[i], (name) => readAbsorbance(folder, name));
    pairs.push({ row, field, spectrum });
  }
  const axis = wavenumbers ?? commonAxis(pairs.flatMap(({ spectrum }) => spectrum ?? []));
  const placed = pairs.map((pair): Pair & { curve: Float32Array | null } => {
    if (!pair.spectrum) return { ...pair, curve: null };
    try {
      return { ...pair, curve: onAxis(pair.spectrum, axis) };
    } catch (error) {
      problems.push({ row: pair.row, column: 'spectrum_file', reason: (error as Error).message });
      return { ...pair, curve: null };
    }
  });
  const usable = placed.filter(({ row, field, curve }) => {
    if (field || curve) return true;
    problems.push({ row, column: 'particle_id', reason: 'neither side can be used; the row is left out' });
    return false;
  });
  if (usable.length === 0)
    throw new RangeError(
      `${file} has no row with a usable side${problems[0] ? `; the first reason, row ${problems[0].row}: ${problems[0].reason}` : ''}`,
    );
  const names = of('type');
  const known = classes ?? classesOf(names);
  for (const { row } of usable) {
    const type = names[row - 1];
    if (type !== null && !known.includes(type))
      problems.push({
        ...{ row, column: 'type' },
        reason: `"${type}" is none of ${known.join(', ')}; the type is taken as unknown`,
      });
  }
  return {
    samples: samplesOf(usable, { size, axis, table, classes: known }),
    problems: problems.sort((a, b) => a.row - b.row),
    rows: usable.map(({ row }) => row),
    sha256: sha256(await readFile(file)),
  };
}

async function readPairs(file: string): Promise<Table> {
  const types = { particle_id: 'text', type: 'text', spectrum_file: 'text', image_file: 'text' } as const;
  const table = await readTable(file, { dates: false }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new RangeError(`${file} cannot be read: there is no such file`);
    throw error;
  });
  const lacking = Object.keys(types).filter((name) => name !== 'type' && !table.columns.has(name));
  if (lacking.length === 0) return table;
  throw new RangeError(
    `${file} must have the columns particle_id, spectrum_file and image_file, but lacks ${lacking.join(', ')}; it has ${columnNames(table).join(', ')}`,
  );
}

/** The known seven in their order where all are among them, else by name. */
function classesOf(names: readonly (string | null)[]): string[] {
  const found = [...new Set(names)].filter((name): name is string => name !== null);
  const seven = TYPES as readonly string[];
  return found.every((name) => seven.includes(name))
    ? seven.filter((name) => found.includes(name))
    : found.sort();
}

function samplesOf(
  pairs: readonly (Pair & { readonly curve: Float32Array | null })[],
  about: {
    readonly size: number;
    readonly axis: Float64Array;
    readonly table: Table;
    readonly classes: readonly string[];
  },
): AgeingSamples {
  const { size, axis, table, classes } = about;
  const n = pairs.length;
  const images = new Float32Array(n * size * size);
  const spectra = new Float32Array(n * axis.length);
  pairs.forEach(({ field, curve }, i) => {
    if (field) images.set(field.grey, i * size * size);
    if (curve) spectra.set(curve, i * axis.length);
  });
  const words = (name: string, missing: (row: number) => string): string[] => {
    const all: (string | null)[] = table.columns.has(name) ? texts(table, name) : [];
    return pairs.map(({ row }) => all[row - 1] ?? missing(row));
  };
  const particles = words('particle_id', (row) => `row ${row}`);
  return {
    ids: words('sample_id', (row) => `${particles[pairs.findIndex((pair) => pair.row === row)]}, row ${row}`),
    particles,
    batches: words('batch', (row) => `row ${row}`),
    polymers: words('polymer', () => ''),
    classes,
    types: Int32Array.from(
      words('type', () => ''),
      (type) => classes.indexOf(type),
    ),
    images: {
      size,
      values: images,
      present: Uint8Array.from(pairs, ({ field }) => Number(field !== null)),
      micronsPerPixel: Float64Array.from(pairs, ({ field }) => field?.micronsPerPixel ?? Number.NaN),
    },
    spectra: {
      wavenumbers: axis,
      values: spectra,
      present: Uint8Array.from(pairs, ({ curve }) => Number(curve !== null)),
    },
    synthetic: words('origin', () => '').includes('synthetic'),
  };
}
