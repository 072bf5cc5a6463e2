import type { ColumnTable } from 'arquero';
import { type Column, isMissing, type Table, type TextColumn } from './table.js';

/**
 * The table as an arquero table. Numbers are shared, not copied; texts stay coded and are looked up as arquero reads
 * them; dates become Date values. Missing numbers are NaN, missing texts and dates `null`.
 */
export async function toArquero(table: Table): Promise<ColumnTable> {
  const { table: arqueroTable } = await import('arquero');
  const columns = [...table.columns].map(([name, column]) => [name, lend(column)] as const);
  return arqueroTable(columns as never);
}

/** What arquero takes for a column: an array, or anything with a length and `at`. */
function lend(column: Column): Float64Array | Lookup<unknown> {
  if (column.kind === 'number') return column.values;
  if (column.kind === 'text') return wordLookup(column);
  return {
    length: column.values.length,
    at: (i) => (isMissing(column, i) ? null : new Date(column.values[i])),
  };
}

interface Lookup<T> {
  readonly length: number;
  at(i: number): T | null;
}

const wordLookup = ({ codes, words }: TextColumn): Lookup<string> => ({
  length: codes.length,
  at: (i) => (codes[i] < 0 ? null : words[codes[i]]),
});
