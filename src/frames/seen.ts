import { type Table, texts } from './table.js';

/** What something was fitted on, remembered so that a split can be checked for leaks. */
export interface Seen {
  /** Publications. */
  readonly groups: readonly string[];
  /** Row ids, where the tables had an `id` column. */
  readonly ids: readonly string[];
  /** Columns that became features. */
  readonly columns: readonly string[];
}

/** The publications and row ids in the tables that something is fitted on. */
export function seenIn(tables: readonly Table[], columns: readonly string[]): Seen {
  const distinct = (name: string): string[] => [
    ...new Set(tables.flatMap((table) => (table.columns.has(name) ? known(texts(table, name)) : []))),
  ];
  return { groups: distinct('group'), ids: distinct('id'), columns };
}

const known = (values: readonly (string | null)[]): string[] =>
  values.filter((value): value is string => value !== null);

/** Both together: what a model has seen after a second training. */
export function uniteSeen(a: Seen, b: Seen): Seen {
  const union = (x: readonly string[], y: readonly string[]) => [...new Set([...x, ...y])];
  return {
    groups: union(a.groups, b.groups),
    ids: union(a.ids, b.ids),
    columns: union(a.columns, b.columns),
  };
}
