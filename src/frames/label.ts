import { type Column, numbers, type Table, textAt } from './table.js';

/** 1 where viability is below the threshold, 0 where it is not, NaN where it is missing. */
export function toxicFromViability(viability: Float64Array, toxicBelow: number): Float64Array {
  return viability.map((value) => (Number.isNaN(value) ? Number.NaN : Number(value < toxicBelow)));
}

const LABELS: Readonly<Record<string, number>> = {
  ...{ 1: 1, y: 1, yes: 1, true: 1, toxic: 1 },
  ...{ 0: 0, n: 0, no: 0, false: 0, 'not toxic': 0, 'non-toxic': 0 },
};

/**
 * Labels that the file has already: 1/0, Y/N, yes/no, true/false, toxic/not toxic.
 * @throws TypeError naming row and column of the first other word.
 */
export function toxicFromLabels(column: Column, name: string): Float64Array {
  const rows = column.kind === 'text' ? column.codes.length : column.values.length;
  return Float64Array.from({ length: rows }, (_, i) => {
    const text = textAt(column, i);
    if (text === null) return Number.NaN;
    const key = text.trim().toLowerCase();
    if (Object.hasOwn(LABELS, key)) return LABELS[key];
    throw new TypeError(`row ${i + 1} of column "${name}" holds "${text}", but toxic must be 1 or 0, Y or N`);
  });
}

/** How many rows of a table in the common schema are toxic. */
export function countToxic(table: Table): number {
  return numbers(table, 'toxic').reduce((sum, value) => sum + Number(value === 1), 0);
}
