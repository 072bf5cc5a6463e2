import { groupsOf } from './groups.js';
import { type Moments, momentsOf } from './moments.js';
import { takeValues } from './rows.js';
import { type Column, columnOf, numbers, type Table } from './table.js';

/** What a group's numbers are drawn together to; missing values are left out. */
export type Aggregate = 'count' | 'sum' | 'mean' | 'sd' | 'min' | 'max';

/** A new column: what, of which column. */
export type AggregateRule = readonly [what: Aggregate, column: string];

/**
 * One row per group, in the order in which groups first occur, with a column per rule: `count` of filled values, their
 * `sum`, `mean`, `sd` (n − 1; NaN for fewer than two), `min` and `max` (NaN for none).
 * @param by - one or more columns whose values make the groups; a missing value is a group too.
 * @throws RangeError for a column that is not there; TypeError for text where numbers are wanted.
 */
export function aggregate(
  table: Table,
  by: string | readonly string[],
  rules: Readonly<Record<string, AggregateRule>>,
): Table {
  const keys = [by].flat();
  const groups = groupsOf(table, keys);
  const wanted = new Map<string, Set<Aggregate>>();
  for (const [what, column] of Object.values(rules))
    wanted.set(column, (wanted.get(column) ?? new Set()).add(what));
  const names = [...wanted.keys()];
  const moments = momentsOf(
    names.map((name) => ({ values: numbers(table, name), wanted: wanted.get(name)! })),
    groups,
  );
  const columns = new Map<string, Column>();
  for (const key of keys) columns.set(key, takeValues(columnOf(table, key), groups.first));
  for (const [name, [what, column]] of Object.entries(rules))
    columns.set(name, { kind: 'number', values: summary(what, moments[names.indexOf(column)]) });
  return { rows: groups.first.length, columns };
}

function summary(what: Aggregate, { count, sum, squares, min, max }: Moments): Float64Array {
  const filled = (value: number, k: number): number => (count[k] > 0 ? value : Number.NaN);
  switch (what) {
    case 'count':
      return count;
    case 'sum':
      return sum;
    case 'mean':
      return sum.map((total, k) => total / count[k]);
    case 'sd':
      return squares.map((total, k) => (count[k] > 1 ? Math.sqrt(total / (count[k] - 1)) : Number.NaN));
    case 'min':
      return min.map(filled);
    case 'max':
      return max.map(filled);
  }
}
