import { numberFromText } from '../../frames/cells.js';
import { harmonise } from '../../frames/harmonise.js';
import { checkedRules, type Rules, sameNames } from '../../frames/mapping.js';
import { parseQuantity } from '../../frames/quantity.js';
import { filterRows } from '../../frames/rows.js';
import { type ColumnRule, type Mapping, SCHEMA, type SchemaName } from '../../frames/schema.js';
import { columnNames, columnOf, quoted, type Table, textAt } from '../../frames/table.js';

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
  const refused = refusedRows(raw, rules);
  const bad = new Set(refused.map(({ row }) => row));
  const kept = Int32Array.from({ length: raw.rows }, (_, i) => i + 1).filter((row) => !bad.has(row));
  const fitting = filterRows(raw, (i) => !bad.has(i + 1));
  const table =
    fitting.rows > 0
      ? harmonise(fitting, { mapping: unlabelled(mapping), labels: 'optional', name }).table
      : fitting;
  return { table, rows: kept, refused };
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
