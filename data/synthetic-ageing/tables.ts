import { type Table, table } from '../../src/frames/table.js';
import type { Part, Particle } from './design.js';
import { DOSES, POLYMERS, TYPES } from './world.js';

/** One pair of a field and a spectrum. */
export interface Row {
  readonly particle: Particle;
  /** From 0. */
  readonly field: number;
  readonly crackDensity: number;
}

/** What a laboratory would write down; the type is there where one type was applied. */
export function samplesTable(rows: readonly Row[], part: Part): Table {
  const of = <T>(value: (row: Row) => T): T[] => rows.map(value);
  const one = ({ particle }: Row) => particle.causes[0].type;
  const known: [string, (string | null)[] | number[]][] =
    part === 'single'
      ? [
          ['type', of(one)],
          ['dose', of((row) => row.particle.dose)],
          ['dose_unit', of((row) => DOSES[one(row)].unit)],
          ['celsius', of((row) => row.particle.celsius)],
        ]
      : part === 'natural'
        ? [['environment', of(({ particle }) => particle.environment)]]
        : [];
  return table([
    ['sample', of(({ particle, field }) => `synthetic ${particle.id + 1}-${field + 1}`)],
    ['particle', of(({ particle }) => `synthetic particle ${particle.id + 1}`)],
    ['batch', of(({ particle }) => `synthetic batch ${particle.batch.id + 1}`)],
    ['field', of(({ field }) => field + 1)],
    ['polymer', of(({ particle }) => POLYMERS[particle.polymer].name)],
    ...known,
    ['crystal', of(({ particle }) => particle.batch.crystal)],
    ['voltage_kV', of(({ particle }) => particle.batch.voltageKV)],
    ['field_um', of(({ particle }) => particle.batch.fieldMicrons)],
  ]);
}

/** What only the generator knows: the share of each type, how strong it is, and whether it shows. */
export function truthTable(rows: readonly Row[]): Table {
  const of = (value: (particle: Particle, row: Row) => number) => rows.map((row) => value(row.particle, row));
  const shareOf = (type: string) =>
    of(({ causes }) => causes.find((cause) => cause.type === type)?.weight ?? 0);
  return table([
    ['sample', rows.map(({ particle, field }) => `synthetic ${particle.id + 1}-${field + 1}`)],
    ...TYPES.map((type) => [`weight ${type}`, shareOf(type)] as const),
    [
      'carbonyl',
      of(({ causes }) => sum(causes.map(({ type, chemistry }) => (OXIDISES.has(type) ? chemistry : 0)))),
    ],
    ['wear', of(({ causes }) => sum(causes.map(({ wear, weight }) => wear * weight)))],
    ['crack_per_um', of((_, { crackDensity }) => crackDensity)],
    ['mineral', of(({ mineral }) => mineral)],
    [
      'surface_shows',
      of(({ causes }) => sum(causes.map((cause) => (cause.legibleSurface ? cause.weight : 0)))),
    ],
    [
      'spectrum_shows',
      of(({ causes }) => sum(causes.map((cause) => (cause.legibleSpectrum ? cause.weight : 0)))),
    ],
  ]);
}

const OXIDISES: ReadonlySet<string> = new Set(['UV', 'thermal', 'chemical']);

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
