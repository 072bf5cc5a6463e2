import type { Table } from '../../src/frames/table.js';
import { checkWhole } from '../../src/numeric/check.js';
import type { Matrix } from '../../src/numeric/matrix.js';
import { random } from '../../src/numeric/random.js';
import { mapOnWorkers, type PoolOptions } from '../../src/numeric/workers.js';
import { design, PARTS, type Part, type Particle } from './design.js';
import { INFO_BAR_ROWS } from './info-bar.js';
import { takeField } from './micrograph.js';
import { chemistryOf, measureSpectrum, wavenumbers } from './spectrum.js';
import { type Row, samplesTable, truthTable } from './tables.js';

export interface AgeingOptions extends PoolOptions {
  /** `single`: one type each; `mixed`: two causes each; `natural`: many, by environment. Default `single`. */
  readonly part?: Part;
  /** Default 1. */
  readonly seed?: number;
  /** Pairs of one micrograph and one spectrum; default 1,371, as many as in the paper. */
  readonly samples?: number;
  /** Pixels a side of a field, 32 to 1024; default 128. The field's width in µm does not depend on it. */
  readonly size?: number;
  /** Points of a spectrum, 200 to 20,000; default 1,800. */
  readonly points?: number;
}

/** Paired micrographs and spectra, made up. */
export interface AgeingSet {
  readonly synthetic: true;
  readonly version: string;
  readonly part: Part;
  readonly seed: number;
  /** n rows, what a laboratory would write down: particle, batch, polymer, type (of `single` only), dose, pixel size. */
  readonly samples: Table;
  /** n rows, what nobody would know: weights of the types, carbonyl, crack density, what shows. */
  readonly truth: Table;
  readonly images: AgeingImages;
  /** n spectra in absorbance over ascending wavenumbers: a `SpectrumSet`. */
  readonly spectra: {
    readonly x: Float64Array;
    readonly Y: Matrix;
    readonly titles: readonly string[];
    readonly xUnit: 'cm-1';
    readonly yUnit: 'absorbance';
    readonly technique: 'FT-IR';
  };
}

export interface AgeingImages {
  /** Pixels a side of a field. */
  readonly size: number;
  readonly infoBarRows: number;
  /** n frames one after another, each (size + infoBarRows) × size grey values. */
  readonly frames: Uint8Array;
  /** n masks, each size × size: bit k is set where type k left its mark, bit 7 where minerals lie. */
  readonly marks: Uint8Array;
  /** n pixel sizes. */
  readonly micronsPerPixel: Float64Array;
}

const VERSION = '1';

/**
 * Synthetic micrographs and FT-IR spectra of plastics of seven types of ageing; README.md beside this file has the model.
 * The same seed gives the same bits, for any number of worker threads.
 * @throws RangeError for a part that does not exist, or a size out of range.
 */
export async function generateAgeing({
  part = 'single',
  seed = 1,
  samples = 1371,
  size = 128,
  points = 1800,
  ...pool
}: AgeingOptions = {}): Promise<AgeingSet> {
  if (!PARTS.includes(part))
    throw new RangeError(`part must be one of ${PARTS.join(', ')}, but is "${part}"`);
  checkWhole('samples', samples, 1, 100_000);
  checkWhole('size', size, 32, 1024);
  checkWhole('points', points, 200, 20_000);
  const particles = design(part, samples, seed);
  const chunks = chunksOf(particles, 8).map((some): Task => ({ particles: some, part, seed, size, points }));
  const made = (await mapOnWorkers<Task, Made[]>(import.meta.url, 'makeParticles', chunks, pool)).flat();
  return assemble(particles, made, { part, seed, samples, size, points });
}

interface Task {
  readonly particles: readonly Particle[];
  readonly part: Part;
  readonly seed: number;
  readonly size: number;
  readonly points: number;
}

/** What was measured of one particle, field after field. */
interface Made {
  readonly frames: Uint8Array;
  readonly marks: Uint8Array;
  readonly absorbance: Float64Array;
  readonly crackDensity: Float64Array;
}

const chunksOf = <T>(items: readonly T[], length: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / length) }, (_, k) =>
    items.slice(k * length, (k + 1) * length),
  );

/** What a worker thread does: all fields and spectra of some particles. */
export function makeParticles({ particles, part, seed, size, points }: Task): Made[] {
  const axis = wavenumbers(points);
  return particles.map((particle) => {
    const draw = random(`synthetic-ageing ${VERSION} ${part} ${seed} particle ${particle.id}`);
    const chemistry = chemistryOf(particle, draw.fork('chemistry'));
    const made: Made = {
      frames: new Uint8Array(particle.fields * (size + INFO_BAR_ROWS) * size),
      marks: new Uint8Array(particle.fields * size * size),
      absorbance: new Float64Array(particle.fields * points),
      crackDensity: new Float64Array(particle.fields),
    };
    for (let f = 0; f < particle.fields; f++) {
      const field = takeField(particle, size, draw.fork(`field ${f}`));
      made.frames.set(field.frame, f * field.frame.length);
      made.marks.set(field.marks, f * field.marks.length);
      made.crackDensity[f] = field.crackDensity;
      made.absorbance.set(
        measureSpectrum(chemistry, particle.batch, axis, draw.fork(`spectrum ${f}`)),
        f * points,
      );
    }
    return made;
  });
}

type Settings = Omit<Required<AgeingOptions>, keyof PoolOptions>;

function assemble(particles: readonly Particle[], made: readonly Made[], settings: Settings): AgeingSet {
  const { part, seed, size, points } = settings;
  const rows = particles.flatMap((particle, p) =>
    Array.from(made[p].crackDensity, (crackDensity, field): Row => ({ particle, field, crackDensity })),
  );
  const titles = rows.map(
    ({ particle, field }) => `synthetic particle ${particle.id + 1} field ${field + 1}`,
  );
  const absorbance = joined(made.map((one) => one.absorbance));
  return {
    ...{ synthetic: true, version: VERSION, part, seed },
    samples: samplesTable(rows, part),
    truth: truthTable(rows),
    images: {
      ...{ size, infoBarRows: INFO_BAR_ROWS },
      frames: joined(made.map(({ frames }) => frames)),
      marks: joined(made.map(({ marks }) => marks)),
      micronsPerPixel: Float64Array.from(rows, ({ particle }) => particle.batch.fieldMicrons / size),
    },
    spectra: {
      x: wavenumbers(points),
      Y: { rows: rows.length, cols: points, data: absorbance },
      ...{ titles, xUnit: 'cm-1', yUnit: 'absorbance', technique: 'FT-IR' },
    },
  };
}

/** Arrays one after another. */
function joined<T extends Uint8Array | Float64Array>(parts: readonly T[]): T {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const whole = new (parts[0].constructor as new (length: number) => T)(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
