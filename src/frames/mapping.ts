import { nearest } from './nearest.js';
import { type ColumnRule, type Mapping, SCHEMA_NAMES, type SchemaName } from './schema.js';
import { columnNames, quoted, type Table } from './table.js';

/** For each schema column that is mapped, the rule in its long form. */
export type Rules = ReadonlyMap<SchemaName, ColumnRule>;

/**
 * The mapping as rules, once every column it names is found in the file.
 * @param name - the file's name, for messages.
 * @throws RangeError for a name that is no schema column, or a column that the file does not have.
 */
export function checkedRules(raw: Table, mapping: Mapping, name: string): Rules {
  const rules = new Map<SchemaName, ColumnRule>();
  for (const [target, source] of Object.entries(mapping) as [SchemaName, string | ColumnRule][]) {
    if (!SCHEMA_NAMES.includes(target))
      throw new RangeError(
        `mapping names "${target}", which is no schema column; those are ${quoted(SCHEMA_NAMES)}`,
      );
    const rule = typeof source === 'string' ? { column: source } : source;
    for (const column of [rule.column].flat()) checkColumn(raw, column, target, name);
    rules.set(target, rule);
  }
  return rules;
}

function checkColumn(raw: Table, column: string, target: SchemaName, name: string): void {
  if (raw.columns.has(column)) return;
  const known = columnNames(raw);
  const near = nearest(column, known);
  throw new RangeError(
    `${name} has no column "${column}" for ${target}${near ? `; did you mean "${near}"?` : ''}; it has ${quoted(known)}`,
  );
}

/** The mapping of a file whose columns have the schema's names already, compared without case. */
export function sameNames(raw: Table): Mapping {
  const byName = new Map(columnNames(raw).map((name) => [name.trim().toLowerCase(), name]));
  return Object.fromEntries(
    SCHEMA_NAMES.flatMap((name) => {
      const own = byName.get(name.toLowerCase());
      return own === undefined ? [] : [[name, own] as const];
    }),
  );
}
