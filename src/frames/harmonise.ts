import { type Conversions, convertNumbers, convertTexts, mapWords, numberColumn } from './convert.js';
import { countToxic, toxicFromLabels, toxicFromViability } from './label.js';
import { checkedRules, type Rules } from './mapping.js';
import { materialNamed } from './materials.js';
import { NAMED_COLUMNS, type NamedColumn, type Renaming, renamingsOf, usualName } from './names.js';
import { type Publication, type PublicationColumns, publicationsOf } from './publications.js';
import { type LabelKind, type LoadReport, loadReport } from './report.js';
import { filterRows } from './rows.js';
import { type Mapping, SCHEMA, SCHEMA_NAMES, type SchemaName } from './schema.js';
import {
  columnNames,
  columnOf,
  numbers,
  quoted,
  type Table,
  type TextColumn,
  textColumn,
  texts,
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
  /** Keeps the rows whose column holds this word; the others are dropped and counted. Default: all rows. */
  readonly only?: Readonly<Record<string, string>>;
  /** Columns of the file that name the publication of a row. */
  readonly publication?: PublicationColumns;
  /** What a label that the file gives means, such as `significant effect against control`. */
  readonly labelMeaning?: string;
  /** Name of the table, for messages and the report. */
  readonly name?: string;
}

/** A table in the common schema, and what was done to get there. */
export interface Harmonised {
  readonly table: Table;
  readonly report: LoadReport;
  /** The publications behind the groups, where the file names them. */
  readonly publications: readonly Publication[];
}

/** What happened to the values of each numeric column. */
type Log = Map<SchemaName, Conversions>;

/**
 * Brings any toxicity table into the common schema: its columns by the mapping, its units into nm, mV, µg/mL, h and %,
 * its materials into one spelling with their class, and its label by the viability threshold.
 * @throws RangeError for a column or a unit that is not known, an empty table, or one class only; TypeError for text
 * where a number belongs.
 */
export function harmonise(file: Table, options: HarmoniseOptions): Harmonised {
  const { mapping, toxicBelow = 80, labels = 'required', name = 'table', publication = {} } = options;
  if (file.rows === 0) throw new RangeError(`${name} is empty: it has a header but no rows`);
  if (!(toxicBelow > 0))
    throw new RangeError(`toxicBelow must be a viability in % above 0, but is ${toxicBelow}`);
  const rules = checkedRules(file, mapping, name);
  if (labels === 'required') checkLabelled(file, rules, name);
  const { raw, others } = onlyRows(file, options.only ?? {}, name);
  const log: Log = new Map();
  const all = schemaTable(raw, rules, toxicBelow, log);
  const { table, dropped } = dropRows(all, options);
  if (labels === 'required') checkClasses(table, toxicBelow, name);
  const kept = new Set(texts(table, 'group'));
  return {
    table,
    report: loadReport({
      ...{ raw, table, log, toxicBelow, name, rowsRead: file.rows, dropped: [...others, ...dropped] },
      renamed: NAMED_COLUMNS.flatMap((column) => renamings(column, raw, rules, all)),
      label: labelKind(rules, options),
    }),
    publications: publicationsOf(raw, texts(all, 'group'), publication).filter(({ group }) =>
      kept.has(group),
    ),
  };
}

function checkLabelled(raw: Table, rules: Rules, name: string): void {
  if (rules.has('viability_pct') || rules.has('toxic')) return;
  throw new RangeError(
    `${name} has no column for viability_pct or toxic; map one of ${quoted(columnNames(raw))} to either`,
  );
}

/** The rows that hold the wanted words, and how many others there were, per column. */
function onlyRows(
  file: Table,
  only: Readonly<Record<string, string>>,
  name: string,
): { raw: Table; others: LoadReport['dropped'] } {
  let raw = file;
  const others = Object.entries(only).map(([column, word]) => {
    const words = texts(raw, column).map((text) => text?.trim());
    const kept = filterRows(raw, (i) => words[i] === word);
    const rows = raw.rows - kept.rows;
    raw = kept;
    return { reason: `${column} is not ${word}`, rows };
  });
  if (raw.rows === 0) throw new RangeError(`${name} has no row in which ${JSON.stringify(only)} holds`);
  return { raw, others: others.filter(({ rows }) => rows > 0) };
}

function labelKind(rules: Rules, { labelMeaning = 'given by the file' }: HarmoniseOptions): LabelKind {
  const rule = rules.get('toxic');
  return rule ? { kind: 'given', column: String(rule.column), meaning: labelMeaning } : { kind: 'viability' };
}

/** What became of the words of a column that comes from one column of the file. */
function renamings(column: NamedColumn, raw: Table, rules: Rules, all: Table): Renaming[] {
  const source = rules.get(column)?.column;
  if (typeof source !== 'string') return [];
  return renamingsOf(column, columnOf(raw, source), columnOf(all, column) as TextColumn);
}

/** All rows in the schema, columns in its order. */
function schemaTable(raw: Table, rules: Rules, toxicBelow: number, log: Log): Table {
  const text = (target: SchemaName): TextColumn => textOf(raw, rules, target);
  const named = (target: NamedColumn): TextColumn =>
    mapWords(text(target), (word) => usualName(target, word));
  const number = (target: SchemaName, particle = noParticle): Float64Array =>
    numberOf(raw, rules, target, particle, log);
  const written = text('material');
  const size = number('size_nm');
  const viability = number('viability_pct');
  const columns = {
    material: named('material'),
    class: rules.has('class') ? text('class') : mapWords(written, (word) => materialNamed(word)?.class ?? ''),
    size_nm: numberColumn(size),
    surface: named('surface'),
    zeta_mV: numberColumn(number('zeta_mV')),
    dose_ug_mL: numberColumn(number('dose_ug_mL', particles(size, written))),
    time_h: numberColumn(number('time_h')),
    cell: named('cell'),
    assay: named('assay'),
    viability_pct: numberColumn(viability),
    toxic: numberColumn(toxicOf(raw, rules, viability, toxicBelow)),
    group: text('group'),
  };
  return { rows: raw.rows, columns: new Map(SCHEMA_NAMES.map((name) => [name, columns[name]])) };
}

function textOf(raw: Table, rules: Rules, target: SchemaName): TextColumn {
  const rule = rules.get(target);
  if (!rule) return textColumn(new Array<null>(raw.rows).fill(null));
  return convertTexts(
    [rule.column].flat().map((name) => columnOf(raw, name)),
    rule,
    raw.rows,
  );
}

type ParticleOf = (row: number) => Particle;

const noParticle: ParticleOf = () => ({ sizeNm: Number.NaN, density: Number.NaN });

/** Size and density of each row's particle. */
function particles(size: Float64Array, material: TextColumn): ParticleOf {
  const densities = material.words.map((word) => materialNamed(word)?.density ?? Number.NaN);
  return (i) => ({ sizeNm: size[i], density: densities[material.codes[i]] ?? Number.NaN });
}

function numberOf(raw: Table, rules: Rules, name: SchemaName, particle: ParticleOf, log: Log): Float64Array {
  const rule = rules.get(name);
  if (!rule) return new Float64Array(raw.rows).fill(Number.NaN);
  const target = SCHEMA.find((column) => column.name === name)!;
  const { values, conversions } = convertNumbers(columnOf(raw, String(rule.column)), rule, target, particle);
  log.set(name, conversions);
  return values;
}

function toxicOf(raw: Table, rules: Rules, viability: Float64Array, toxicBelow: number): Float64Array {
  const rule = rules.get('toxic');
  if (!rule) return toxicFromViability(viability, toxicBelow);
  return toxicFromLabels(columnOf(raw, String(rule.column)), String(rule.column));
}

/** Rows without a label and rows whose dose cannot be true go, each with its reason. */
function dropRows(
  table: Table,
  { plausibleDose: [least, most] = [0, Number.POSITIVE_INFINITY], labels }: HarmoniseOptions,
): { table: Table; dropped: LoadReport['dropped'] } {
  const toxic = numbers(table, 'toxic');
  const dose = numbers(table, 'dose_ug_mL');
  const reasons = new Map<string, number>();
  const kept = filterRows(table, (i) => {
    const reason = reasonToDrop(toxic[i], dose[i]);
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    return reason === null;
  });
  return { table: kept, dropped: [...reasons].map(([reason, rows]) => ({ reason, rows })) };

  function reasonToDrop(label: number, value: number): string | null {
    if (labels !== 'optional' && Number.isNaN(label)) return 'no viability, so no label';
    if (value < 0) return 'dose below zero';
    return value < least || value > most
      ? `dose outside ${least} to ${most} µg/mL, so its unit cannot be what the header says`
      : null;
  }
}

function checkClasses(table: Table, toxicBelow: number, name: string): void {
  if (table.rows === 0) throw new RangeError(`${name} is empty after loading: every row was dropped`);
  const toxic = countToxic(table);
  if (toxic > 0 && toxic < table.rows) return;
  throw new RangeError(
    `${name} has one class only: all ${table.rows} rows are ${toxic > 0 ? 'toxic' : 'not toxic'} at viability < ${toxicBelow} %; ` +
      `choose another toxicBelow, or load it with labels: 'optional'`,
  );
}
