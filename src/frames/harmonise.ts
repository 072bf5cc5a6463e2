import { type Conversions, convertNumbers, convertTexts, mapWords, numberColumn } from './convert.js';
import { toxicFromLabels, toxicFromViability } from './label.js';
import { materialNamed } from './materials.js';
import { nearest } from './nearest.js';
import type { LoadReport } from './report.js';
import { filterRows } from './rows.js';
import {
  type ColumnRule,
  type Mapping,
  SCHEMA,
  SCHEMA_NAMES,
  type SchemaColumn,
  type SchemaName,
} from './schema.js';
import {
  columnNames,
  columnOf,
  countMissing,
  quoted,
  type Table,
  type TextColumn,
  textColumn,
} from './table.js';
import type { Particle } from './units.js';

export interface HarmoniseOptions {
  /** Where each schema column comes from. */
  readonly mapping: Mapping;
  /** Viability in % below which a row is toxic; default 80. */
  readonly toxicBelow?: number;
  /** Smallest and largest dose in µg/mL that can be true; rows outside are dropped. Default: all are kept. */
  readonly plausibleDose?: readonly [number, number];
  /** `required` (default) wants a label in every row and both classes; `optional` takes a table to predict for. */
  readonly labels?: 'required' | 'optional';
  /** Name of the table, for messages and the report. */
  readonly name?: string;
}

/** A table in the common schema, and what was done to get there. */
export interface Harmonised {
  readonly table: Table;
  readonly report: LoadReport;
}

type Rules = Map<SchemaName, ColumnRule>;

/**
 * Brings any toxicity table into the common schema: its columns by the mapping, its units into nm, mV, µg/mL, h and %,
 * its materials into one spelling with their class, and its label by the viability threshold.
 * @throws RangeError for a column or a unit that is not there, an empty table, or one class only; TypeError for text
 * where a number belongs.
 */
export function harmonise(raw: Table, options: HarmoniseOptions): Harmonised {
  const { mapping, toxicBelow = 80, labels = 'required', name = 'table' } = options;
  if (raw.rows === 0) throw new RangeError(`${name} is empty: it has a header but no rows`);
  if (!(toxicBelow > 0))
    throw new RangeError(`toxicBelow must be a viability in % above 0, but is ${toxicBelow}`);
  const rules = checkedRules(raw, mapping, labels, name);
  const log = new Map<SchemaName, Conversions>();
  const whole = schemaTable(raw, rules, toxicBelow, log);
  const { table, dropped } = dropRows(whole, options);
  checkClasses(table, labels, toxicBelow, name);
  return { table, report: report(raw, table, dropped, log, toxicBelow, name) };
}

/** The mapping as rules, every column of it found in the file. */
function checkedRules(raw: Table, mapping: Mapping, labels: string, name: string): Rules {
  const rules: Rules = new Map();
  for (const [target, source] of Object.entries(mapping) as [SchemaName, string | ColumnRule][]) {
    if (!SCHEMA_NAMES.includes(target))
      throw new RangeError(
        `mapping names "${target}", which is no schema column; those are ${quoted(SCHEMA_NAMES)}`,
      );
    const rule = typeof source === 'string' ? { column: source } : source;
    for (const column of [rule.column].flat()) checkColumn(raw, column, target, name);
    rules.set(target, rule);
  }
  if (labels === 'required' && !rules.has('viability_pct') && !rules.has('toxic'))
    throw new RangeError(
      `${name} has neither viability_pct nor toxic: map one of its columns (${quoted(columnNames(raw))}) to one of them`,
    );
  return rules;
}

function checkColumn(raw: Table, column: string, target: SchemaName, name: string): void {
  if (raw.columns.has(column)) return;
  const near = nearest(column, columnNames(raw));
  throw new RangeError(
    `${name} has no column "${column}" for ${target}${near ? `; did you mean "${near}"?` : ''}; it has ${quoted(columnNames(raw))}`,
  );
}

/** All rows in the schema, columns in its order. */
function schemaTable(raw: Table, rules: Rules, toxicBelow: number, log: Map<SchemaName, Conversions>): Table {
  const words = (target: SchemaName): TextColumn => textOf(raw, rules.get(target));
  const named = words('material');
  const found = named.words.map(materialNamed);
  const material = mapWords(named, (word) => materialNamed(word)?.name ?? word);
  const kind = rules.has('class')
    ? words('class')
    : mapWords(named, (word) => materialNamed(word)?.class ?? '');
  const density = (i: number): number =>
    named.codes[i] < 0 ? Number.NaN : (found[named.codes[i]]?.density ?? Number.NaN);
  const numbersOf = (target: SchemaName, particle: (row: number) => Particle = noParticle): Float64Array =>
    numberOf(raw, rules.get(target), schemaColumn(target), particle, log);
  const size = numbersOf('size_nm');
  const viability = numbersOf('viability_pct');
  const toxic = rules.has('toxic')
    ? toxicFromLabels(columnOf(raw, String(rules.get('toxic')!.column)), String(rules.get('toxic')!.column))
    : toxicFromViability(viability, toxicBelow);
  const columns = {
    material,
    class: kind,
    size_nm: numberColumn(size),
    surface: words('surface'),
    zeta_mV: numberColumn(numbersOf('zeta_mV')),
    dose_ug_mL: numberColumn(numbersOf('dose_ug_mL', (i) => ({ sizeNm: size[i], density: density(i) }))),
    time_h: numberColumn(numbersOf('time_h')),
    cell: words('cell'),
    assay: words('assay'),
    viability_pct: numberColumn(viability),
    toxic: numberColumn(toxic),
    group: words('group'),
  };
  return { rows: raw.rows, columns: new Map(SCHEMA_NAMES.map((name) => [name, columns[name]])) };
}

const noParticle = (): Particle => ({ sizeNm: Number.NaN, density: Number.NaN });

const schemaColumn = (name: SchemaName): SchemaColumn => SCHEMA.find((column) => column.name === name)!;

function textOf(raw: Table, rule: ColumnRule | undefined): TextColumn {
  if (!rule) return textColumn(new Array<null>(raw.rows).fill(null));
  const columns = [rule.column].flat().map((name) => columnOf(raw, name));
  return convertTexts(columns, rule, raw.rows);
}

function numberOf(
  raw: Table,
  rule: ColumnRule | undefined,
  target: SchemaColumn,
  particle: (row: number) => Particle,
  log: Map<SchemaName, Conversions>,
): Float64Array {
  if (!rule) return new Float64Array(raw.rows).fill(Number.NaN);
  const { values, conversions } = convertNumbers(columnOf(raw, String(rule.column)), rule, target, particle);
  log.set(target.name, conversions);
  return values;
}

/** Rows without a label and rows whose dose cannot be true go, each with its reason. */
function dropRows(
  table: Table,
  { plausibleDose, labels = 'required' }: HarmoniseOptions,
): { table: Table; dropped: LoadReport['dropped'] } {
  const [least, most] = plausibleDose ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const toxic = table.columns.get('toxic')!;
  const dose = table.columns.get('dose_ug_mL')!;
  const reasons = new Map<string, number>();
  const kept = filterRows(table, (i) => {
    const reason = dropReason(valueAt(toxic, i), valueAt(dose, i));
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    return reason === null;
  });
  return { table: kept, dropped: [...reasons].map(([reason, rows]) => ({ reason, rows })) };

  function dropReason(label: number, dosage: number): string | null {
    if (labels === 'required' && Number.isNaN(label)) return 'no viability, so no label';
    if (dosage < least || dosage > most)
      return `dose outside ${least} to ${most} µg/mL, so its unit cannot be what the header says`;
    return null;
  }
}

const valueAt = (column: ReturnType<typeof columnOf>, i: number): number =>
  column.kind === 'text' ? Number.NaN : column.values[i];

function checkClasses(table: Table, labels: string, toxicBelow: number, name: string): void {
  if (labels === 'optional') return;
  if (table.rows === 0) throw new RangeError(`${name} is empty after loading: every row was dropped`);
  const toxic = toxicCount(table);
  if (toxic > 0 && toxic < table.rows) return;
  throw new RangeError(
    `${name} has one class only: all ${table.rows} rows are ${toxic > 0 ? 'toxic' : 'not toxic'} at viability < ${toxicBelow} %; ` +
      `choose another toxicBelow, or load it with labels: 'optional'`,
  );
}

const toxicCount = (table: Table): number => {
  const { values } = columnOf(table, 'toxic') as { values: Float64Array };
  return values.reduce((sum, value) => sum + (value === 1 ? 1 : 0), 0);
};

function report(
  raw: Table,
  table: Table,
  dropped: LoadReport['dropped'],
  log: ReadonlyMap<SchemaName, Conversions>,
  toxicBelow: number,
  source: string,
): LoadReport {
  const missing = Object.fromEntries(SCHEMA_NAMES.map((name) => [name, countMissing(columnOf(table, name))]));
  return {
    source,
    rowsRead: raw.rows,
    rowsKept: table.rows,
    dropped,
    missing: missing as LoadReport['missing'],
    converted: [...log].flatMap(([column, { units }]) =>
      [...units].map(([from, rows]) => ({ column, from, to: schemaColumn(column).unit!, rows })),
    ),
    changes: [...log].flatMap(([column, conversions]) => changesOf(column, conversions)),
    duplicates: countDuplicates(raw),
    toxicBelow,
    toxicRows: toxicCount(table),
  };
}

function changesOf(column: SchemaName, { emptied, spreads, ranges }: Conversions): string[] {
  return [
    ...(spreads > 0 ? [`${column}: ${spreads} written with a spread (a ± b) became their value a`] : []),
    ...(ranges > 0 ? [`${column}: ${ranges} written as a range became its middle`] : []),
    ...[...emptied].map(
      ([unit, rows]) => `${column}: ${rows} in ${unit} cannot be converted and were left empty`,
    ),
  ];
}

/** Rows that repeat an earlier row in every column. */
function countDuplicates(raw: Table): number {
  const columns = [...raw.columns.values()];
  const seen = new Set<string>();
  for (let i = 0; i < raw.rows; i++)
    seen.add(columns.map((column) => (column.kind === 'text' ? column.codes[i] : column.values[i])).join());
  return raw.rows - seen.size;
}
