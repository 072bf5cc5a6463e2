import type { SchemaName } from './schema.js';

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
  /** Everything else that was changed or is worth knowing, one sentence each. */
  readonly changes: readonly string[];
  /** Rows that repeat an earlier row of the file exactly; they are kept. */
  readonly duplicates: number;
  /** Viability in % below which a row counts as toxic. */
  readonly toxicBelow: number;
  readonly toxicRows: number;
}

/** The report as lines of text, for a notebook or the terminal. */
export function reportLines(report: LoadReport): string[] {
  const empty = Object.entries(report.missing).filter(([, rows]) => rows > 0);
  return [
    `${report.source}: ${report.rowsRead} rows read, ${report.rowsKept} kept, ${report.toxicRows} toxic (viability < ${report.toxicBelow} %)`,
    ...report.dropped.map(({ reason, rows }) => `dropped ${rows}: ${reason}`),
    ...report.converted.map(({ column, from, to, rows }) => `${column}: ${rows} from ${from} to ${to}`),
    ...report.changes,
    ...(report.duplicates > 0 ? [`${report.duplicates} rows repeat an earlier row; kept`] : []),
    ...(empty.length > 0 ? [`missing: ${empty.map(([name, rows]) => `${name} ${rows}`).join(', ')}`] : []),
  ];
}
