import { type Column, columnOf, type Table } from './table.js';

/** The group of every row, numbered in the order in which groups first occur. */
export interface Groups {
  readonly codes: Int32Array;
  /** The first row of every group. */
  readonly first: Int32Array;
}

/**
 * Rows with the same values in all of the columns; missing values make a group of their own.
 * @throws RangeError for a column that is not there.
 */
export function groupsOf(table: Table, by: readonly string[]): Groups {
  if (by.length === 0) throw new RangeError('by must name at least one column, but is empty');
  let groups = groupColumn(columnOf(table, by[0]));
  for (const name of by.slice(1)) groups = cross(groups, groupColumn(columnOf(table, name)));
  return groups;
}

function groupColumn(column: Column): Groups {
  return column.kind === 'text' ? groupCodes(column.codes, column.words.length) : groupValues(column.values);
}

/** Groups of dictionary codes; the codes themselves where words are numbered in order of appearance already. */
function groupCodes(codes: Int32Array, words: number): Groups {
  const hole = codes.includes(-1) ? words : -1;
  const keys = hole < 0 ? words : words + 1;
  const groupOf = new Int32Array(keys).fill(-1);
  const first: number[] = [];
  for (let i = 0; i < codes.length && first.length < keys; i++) {
    const key = codes[i] < 0 ? hole : codes[i];
    if (groupOf[key] >= 0) continue;
    groupOf[key] = first.length;
    first.push(i);
  }
  const inOrder = hole < 0 && groupOf.every((group, key) => group === key || group < 0);
  return {
    codes: inOrder ? codes : codes.map((code) => groupOf[code < 0 ? hole : code]),
    first: Int32Array.from(first),
  };
}

function groupValues(values: Float64Array): Groups {
  const groupOf = new Map<number, number>();
  const first: number[] = [];
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let group = groupOf.get(values[i]);
    if (group === undefined) {
      group = first.length;
      groupOf.set(values[i], group);
      first.push(i);
    }
    codes[i] = group;
  }
  return { codes, first: Int32Array.from(first) };
}

/** Pairs of groups that occur together. */
function cross(a: Groups, b: Groups): Groups {
  const width = b.first.length;
  return groupValues(Float64Array.from(a.codes, (code, i) => code * width + b.codes[i]));
}
