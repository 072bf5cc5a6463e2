import type { Conversions } from './convert.js';
import { countToxic } from './label.js';
import type { Renaming } from './names.js';
import { SCHEMA, SCHEMA_NAMES, type SchemaName } from './schema.js';
import { columnOf, countMissing, type Table } from './table.js';

/** What a label means: viability below the threshold, or whatever the file's own column of labels stands for. */
export type LabelKind =
  | { readonly kind: 'viability' }
  | { readonly kind: 'given'; readonly column: string; readonly meaning: string };

/** What loading did to a table: nothing is dropped, converted or left empty without a line here. */
export interface LoadReport {
  /** Data set id or file. */
  readonly source: string;
  readonly rowsRead: number;
  readonly rowsKept: number;
  readonly dropped: readonly { readonly reason: string; readonly rows: number }[];
  /** Rows left without a value, per schema column, among the rows kept. */
  readonly missing: Readonly<Record<SchemaName, number>>;
  readonly converted: readonly {
    readonly column: SchemaName;
    readonly from: string;
    readonly to: string;
    readonly rows: number;
  }[];
  /** Words that became others: spellings brought into one, blanks and soft hyphens tidied. */
  readonly renamed: readonly Renaming[];
  /** Everything else that was changed or is worth knowing, one sentence each. */
  readonly changes: readonly string[];
  /** Rows that repeat an earlier row of the file exactly; they are kept. */
  readonly duplicates: number;
  /** Two tables whose labels differ in kind do not say the same when they say "toxic". */
  readonly label: LabelKind;
  /** Viability in % below which a row counts as toxic, where the label is of that kind. */
  readonly toxicBelow: number;
  readonly toxicRows: number;
}

/** The report as lines of text, for a notebook or the terminal. */
export function reportLines(report: LoadReport): string[] {
  const empty = Object.entries(report.missing).filter(([, rows]) => rows > 0);
  return [
    `${report.source}: ${report.rowsRead} rows read, ${report.rowsKept} kept, ${report.toxicRows} toxic (${labelText(report)})`,
    ...report.dropped.map(({ reason, rows }) => `dropped ${rows}: ${reason}`),
    ...report.converted.map(({ column, from, to, rows }) => `${column}: ${rows} from ${from} to ${to}`),
    ...renamingLines(report.renamed),
    ...report.changes,
    ...(report.duplicates > 0 ? [`${report.duplicates} rows repeat an earlier row; kept`] : []),
    ...(empty.length > 0 ? [`missing: ${empty.map(([name, rows]) => `${name} ${rows}`).join(', ')}`] : []),
  ];
}

const labelText = ({ label, toxicBelow }: LoadReport): string =>
  label.kind === 'viability'
    ? `viability < ${toxicBelow} %`
    : `column "${label.column}": ${label.meaning}, not a viability threshold`;

/** One line for each column: every spelling that changed, with its rows. */
function renamingLines(renamed: readonly Renaming[]): string[] {
  const columns = new Map<string, string[]>();
  for (const { column, from, to, rows } of renamed)
    columns.set(column, [...(columns.get(column) ?? []), `"${visible(from)}" → "${to}" (${rows})`]);
  return [...columns].map(([column, changes]) => `${column}: ${changes.join(', ')}`);
}

/** Soft hyphens and no-break blanks as their code, so that they can be seen. */
const visible = (text: string): string =>
  text.replace(/[\u00ad\u00a0\t]/g, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What harmonising knows when it is done. */
export interface Harmonising {
  readonly raw: Table;
  readonly table: Table;
  readonly rowsRead: number;
  readonly dropped: LoadReport['dropped'];
  readonly renamed: LoadReport['renamed'];
  readonly label: LabelKind;
  readonly log: ReadonlyMap<SchemaName, Conversions>;
  readonly toxicBelow: number;
  readonly name: string;
}

/** The report of one load. */
export function loadReport({ raw, table, log, name, ...known }: Harmonising): LoadReport {
  const missing = SCHEMA_NAMES.map((column) => [column, countMissing(columnOf(table, column))] as const);
  return {
    source: name,
    ...known,
    rowsKept: table.rows,
    missing: Object.fromEntries(missing) as LoadReport['missing'],
    converted: [...log].flatMap(([column, { units }]) =>
      [...units].map(([from, rows]) => ({ column, from, to: unitOf(column), rows })),
    ),
    changes: [...log].flatMap(([column, conversions]) => changesOf(column, conversions)),
    duplicates: countDuplicates(raw),
    toxicRows: countToxic(table),
  };
}

const unitOf = (name: SchemaName): string => SCHEMA.find((column) => column.name === name)!.unit ?? '';

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
