import type { Dimension } from './units.js';

/** One column of the common schema that every toxicity table is brought into. */
export interface SchemaColumn {
  readonly name: SchemaName;
  readonly kind: 'number' | 'text';
  readonly dimension?: Dimension;
  readonly unit?: string;
  readonly meaning: string;
}

export type SchemaName = (typeof SCHEMA_NAMES)[number];

export const SCHEMA_NAMES = [
  'material',
  'class',
  'size_nm',
  'surface',
  'zeta_mV',
  'dose_ug_mL',
  'time_h',
  'cell',
  'assay',
  'viability_pct',
  'toxic',
  'group',
] as const;

/** The common schema, in column order. */
export const SCHEMA: readonly SchemaColumn[] = [
  { name: 'material', kind: 'text', meaning: 'what the particle is made of, such as PS or TiO2' },
  { name: 'class', kind: 'text', meaning: 'kind of material, such as plastic or metal oxide' },
  { name: 'size_nm', kind: 'number', dimension: 'length', unit: 'nm', meaning: 'particle diameter' },
  { name: 'surface', kind: 'text', meaning: 'surface modification or coat; none where bare' },
  { name: 'zeta_mV', kind: 'number', dimension: 'potential', unit: 'mV', meaning: 'zeta potential in water' },
  { name: 'dose_ug_mL', kind: 'number', dimension: 'dose', unit: 'µg/mL', meaning: 'mass dose' },
  { name: 'time_h', kind: 'number', dimension: 'time', unit: 'h', meaning: 'exposure time' },
  { name: 'cell', kind: 'text', meaning: 'cell line, cell type or organism' },
  { name: 'assay', kind: 'text', meaning: 'viability assay' },
  { name: 'viability_pct', kind: 'number', dimension: 'percent', unit: '%', meaning: 'viability of control' },
  { name: 'toxic', kind: 'number', meaning: '1 where viability is below the threshold, else 0' },
  { name: 'group', kind: 'text', meaning: 'publication or particle: rows of one group are never split' },
];

/** Where a schema column comes from in somebody's file. A text alone names the column, in the schema's own unit. */
export type ColumnSource = string | ColumnRule;

export interface ColumnRule {
  /** The column in the file; several are joined with ` | ` (text columns only). */
  readonly column: string | readonly string[];
  /** The unit of the file's values; default the schema's own. */
  readonly unit?: string;
  /** Units that values carry in brackets, read as another one; `""` when such a value cannot be converted. */
  readonly bracketUnits?: Readonly<Record<string, string>>;
  /** Reads `50 ± 3`, `25–75` and `5 (µg/cm2)` too; without it such a value is refused. */
  readonly quantities?: boolean;
  /** Other spellings and the word they become; compared without case and after blanks are tidied. */
  readonly synonyms?: Readonly<Record<string, string>>;
  /** The word for an empty cell; default: missing. */
  readonly whenEmpty?: string;
  /** Put before every word that has no synonym, so that ids of two tables differ. */
  readonly prefix?: string;
}

/** For each schema column, where it comes from; a column that is left out stays empty. */
export type Mapping = Partial<Record<SchemaName, ColumnSource>>;
