import { type Table, table } from '../../src/frames/table.js';
import { exp, log } from '../../src/numeric/elementary.js';
import { type Random, random } from '../../src/numeric/random.js';
import { ASSAYS, CELLS, PARTS, type Part, type PartName, SURFACES } from './world.js';

export interface GenerateOptions {
  /** One part only; default all four under one another. */
  readonly part?: string;
  /** Default 1. */
  readonly seed?: number;
}

interface Row {
  part: string;
  material: string;
  size_nm: number;
  hydrodynamic_nm: number;
  shape: string | null;
  surface: string;
  zeta_mV: number;
  dose_ug_mL: number;
  time_h: number;
  cell: string;
  assay: string;
  viability_pct: number;
  group: string;
}

/**
 * Made-up cytotoxicity studies by a log-logistic dose-response model; the README beside this file has the model and
 * what each constant is taken from. The same seed gives the same bits, and a part is the same alone and among the rest.
 * @throws RangeError when there is no such part.
 */
export function generate({ part, seed = 1 }: GenerateOptions = {}): Table {
  const names = Object.keys(PARTS) as PartName[];
  const wanted = part === undefined ? names : names.filter((name) => name === part);
  if (wanted.length === 0) throw new RangeError(`part must be one of ${names.join(', ')}, but is "${part}"`);
  const world = random(`synthetic-cytotoxicity ${seed}`);
  return columnsOf(wanted.flatMap((name) => makePart(name, PARTS[name], world)));
}

function makePart(name: PartName, part: Part, world: Random): Row[] {
  const sizes = studySizes(part, world.fork(`${name} sizes`));
  return sizes.flatMap((rows, k) => makeStudy(name, part, rows, k, world));
}

/** Rows per study: six at least, the rest dealt out unevenly up to the part's largest study. */
function studySizes({ rows, studies, largest }: Part, draw: Random): number[] {
  const sizes = new Array<number>(studies).fill(6);
  for (let left = rows - 6 * studies; left > 0; ) {
    const k = Math.floor(studies * draw.uniform() ** 1.5);
    if (sizes[k] >= largest) continue;
    sizes[k]++;
    left--;
  }
  return sizes;
}

/** One study: a factorial design over its particles, times and doses, cut to its number of rows. */
function makeStudy(name: PartName, part: Part, rows: number, k: number, world: Random): Row[] {
  const draw = world.fork(`${name} study ${k}`);
  const material = pick(part.materials, draw);
  const assay = pick(ASSAYS, draw);
  const studyEffect = 0.4 * draw.normal();
  const hides = {
    zeta: draw.uniform() < 0.375,
    hydrodynamic: draw.uniform() < 0.4,
    shape: draw.uniform() < 0.1,
  };
  const noise = 6 + 4 * draw.uniform();
  const slope = 1 + draw.uniform();
  const design = cross(
    some(part.sizes, 2, draw),
    some(SURFACES, 2, draw),
    some(CELLS, 2, draw),
    some([4, 12, 24, 48, 72], 2, draw),
    doses(draw),
  );
  const chosen = draw.permutation(design.length).slice(0, rows).sort();
  return Array.from(chosen, (index) => {
    const [size, surface, cell, time, dose] = design[index];
    const potency = studyEffect + worldEffect(world, material, 0.15) + worldEffect(world, assay, 0.15);
    const ec50 = potency + cellEffect(cell, size, world) + logEc50(size, surface.name, time);
    return {
      part: name,
      material,
      size_nm: size,
      hydrodynamic_nm: hides.hydrodynamic ? Number.NaN : size * (1.1 + 0.3 * draw.uniform()),
      shape: hides.shape ? null : 'sphere',
      surface: surface.name,
      zeta_mV: hides.zeta ? Number.NaN : surface.zeta + 8 * draw.normal(),
      dose_ug_mL: dose,
      time_h: time,
      cell: cell.name,
      assay,
      viability_pct: Math.max(0, viability(dose, ec50, slope) + noise * draw.normal()),
      group: `synthetic ${name} study ${k + 1}`,
    };
  });
}

/** log10 of the EC50 in µg/mL without the effects of cell, polymer, study and assay. */
export function logEc50(sizeNm: number, surface: string, timeH: number): number {
  const speed = sizeNm < 1000 ? 1 : 0.5;
  const charge = surface === 'NH2' ? -0.8 : surface === 'COOH' ? 0.05 : 0;
  return 2.2 + 0.25 * log10(sizeNm / 100) + charge - 0.35 * (log(timeH / 24) / Math.LN2) * speed;
}

/** Viability in % of control at a dose in µg/mL: log-logistic. */
export function viability(dose: number, logEc50: number, slope: number): number {
  return 100 / (1 + exp(slope * (log(dose) - Math.LN10 * logEc50)));
}

const log10 = (x: number): number => log(x) / Math.LN10;

/** An effect that belongs to a word: the same in every study of this seed. */
const worldEffect = (world: Random, word: string, spread: number): number =>
  spread * world.fork(word).normal();

/** TT1 withstands particles; Caco-2 is the most sensitive to those of 5 µm and more; the rest vary by chance. */
function cellEffect(cell: (typeof CELLS)[number], sizeNm: number, world: Random): number {
  if (cell.effect !== undefined && (!cell.onlyAboveNm || sizeNm >= cell.onlyAboveNm)) return cell.effect;
  return worldEffect(world, cell.name, 0.3);
}

/** Six doses, a factor of about three apart, from 0.1 to 10 µg/mL on. */
function doses(draw: Random): number[] {
  const first = exp(Math.LN10 * (2 * draw.uniform() - 1));
  return Array.from({ length: 6 }, (_, i) => Number((first * 3 ** i).toPrecision(2)));
}

const pick = <T>(from: readonly T[], draw: Random): T => from[draw.integer(from.length)];

/** `count` different ones. */
const some = <T>(from: readonly T[], count: number, draw: Random): T[] =>
  Array.from(draw.permutation(from.length).slice(0, count), (i) => from[i]);

function cross<A, B, C, D, E>(as: A[], bs: B[], cs: C[], ds: D[], es: E[]): [A, B, C, D, E][] {
  return as.flatMap((a) =>
    bs.flatMap((b) => cs.flatMap((c) => ds.flatMap((d) => es.map((e): [A, B, C, D, E] => [a, b, c, d, e])))),
  );
}

function columnsOf(rows: readonly Row[]): Table {
  const names = Object.keys(rows[0]) as (keyof Row)[];
  return table(names.map((name) => [name, rows.map((row) => row[name]) as string[]] as const));
}
