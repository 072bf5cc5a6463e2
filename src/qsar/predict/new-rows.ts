import { numberFromText } from '../../frames/cells.js';
import { harmonise } from '../../frames/harmonise.js';
import { checkedRules, type Rules, sameNames } from '../../frames/mapping.js';
import { parseQuantity } from '../../frames/quantity.js';
import { filterRows } from '../../frames/rows.js';
import { type ColumnRule, type Mapping, SCHEMA, type SchemaName } from '../../frames/schema.js';
import { columnNames, columnOf, isMissing, quoted, type Table, textAt } from '../../frames/table.js';

/** A row that cannot be scored. */
export interface RefusedRow {
  /** Counts from 1, the header aside. */
  readonly row: number;
  /** The file's own name of the column. */
  readonly column: string;
  readonly reason: string;
}

/** The rows of a file that fit the schema, and those that do not. */
export interface NewRows {
  readonly table: Table;
  /** For each row of `table` its number in the file, from 1. */
  readonly rows: Int32Array;
  readonly refused: readonly RefusedRow[];
}

/** What a prediction cannot do without; everything else may be empty and is then filled in as in training. */
const NEEDED: readonly SchemaName[] = ['material', 'size_nm', 'dose_ug_mL', 'time_h'];

/** What numbers must be: a conversion of units keeps the sign. */
const LEAST: Partial<Record<SchemaName, 'above 0' | 'at least 0'>> = {
  size_nm: 'above 0',
  dose_ug_mL: 'at least 0',
  time_h: 'above 0',
};

/**
 * Brings rows to be scored into the common schema and refuses, one by one, those that do not fit it.
 * @param raw - as the file has it.
 * @param options.mapping - where each schema column comes from; columns of the same names.
 * @throws RangeError when a needed column is not there, or the mapping names one that is not.
 */
export function checkNewRows(
  raw: Table,
  { mapping = sameNames(raw), name = 'table' }: { mapping?: Mapping; name?: string } = {},
): NewRows {
  const rules = checkedRules(raw, mapping, name);
  const missing = NEEDED.filter((needed) => !rules.has(needed));
  if (missing.length > 0)
    throw new RangeError(
      `${name} must have ${quoted(missing)} to be scored, but has ${quoted(columnNames(raw))}; rename its columns or give a mapping`,
    );
  const unreadable = refusedRows(raw, rules);
  const { rows, table: fitting } = without(raw, allRows(raw), unreadable);
  if (fitting.rows === 0) return { table: fitting, rows, refused: unreadable };
  const { table: read } = harmonise(fitting, { mapping: unlabelled(mapping), labels: 'optional', name });
  const inconvertible = lostRows(read, rows, rules);
  const kept = without(read, rows, inconvertible);
  return { ...kept, refused: [...unreadable, ...inconvertible].sort((a, b) => a.row - b.row) };
}

const allRows = (raw: Table): Int32Array => Int32Array.from({ length: raw.rows }, (_, i) => i + 1);

/** The table without refused rows, and the numbers of the rows that stay. */
function without(table: Table, rows: Int32Array, refused: readonly RefusedRow[]) {
  const bad = new Set(refused.map(({ row }) => row));
  return { table: filterRows(table, (i) => !bad.has(rows[i])), rows: rows.filter((row) => !bad.has(row)) };
}

/** Rows in which a needed number was lost on its way into the schema's unit, such as particles of unknown density. */
function lostRows(table: Table, rows: Int32Array, rules: Rules): RefusedRow[] {
  return NEEDED.flatMap((name) => {
    const column = columnOf(table, name);
    const lost = Array.from(rows).filter((_, i) => isMissing(column, i));
    return lost.map((row) => ({
      ...{ row, column: String(rules.get(name)!.column) },
      reason: `${name} cannot be converted into ${SCHEMA.find((one) => one.name === name)!.unit ?? 'a word'}`,
    }));
  });
}

/** Labels are not looked at, whatever they hold. */
function unlabelled({ toxic: _, viability_pct: __, ...mapping }: Mapping): Mapping {
  return mapping;
}

function refusedRows(raw: Table, rules: Rules): RefusedRow[] {
  const refused: RefusedRow[] = [];
  for (const { name, kind } of SCHEMA) {
    const rule = rules.get(name);
    if (!rule || name === 'toxic' || name === 'viability_pct') continue;
    const column = String(rule.column);
    const check = kind === 'number' ? numberFault : textFault;
    for (let i = 0; i < raw.rows; i++) {
      const reason = check(textsAt(raw, rule, i), name, rule);
      if (reason) refused.push({ row: i + 1, column, reason });
    }
  }
  return refused.sort((a, b) => a.row - b.row);
}

const textsAt = (raw: Table, { column }: ColumnRule, i: number): string =>
  [column]
    .flat()
    .map((name) => textAt(columnOf(raw, name), i) ?? '')
    .join(' ')
    .trim();

function textFault(word: string, name: SchemaName): string | null {
  return word === '' && NEEDED.includes(name) ? `${name} is empty` : null;
}

function numberFault(word: string, name: SchemaName, { quantities }: ColumnRule): string | null {
  if (word === '') return NEEDED.includes(name) ? `${name} is empty` : null;
  const value = numberFromText(word) ?? (quantities ? parseQuantity(word)?.value : undefined);
  if (value === undefined || !Number.isFinite(value)) return `${name} must be a number, but is "${word}"`;
  const least = LEAST[name];
  const fits = least === undefined || (least === 'above 0' ? value > 0 : value >= 0);
  return fits ? null : `${name} must be ${least}, but is ${word}`;
}
