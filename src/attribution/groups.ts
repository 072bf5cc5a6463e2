/** Columns that are explained together: one-hot columns of one choice, a band of a spectrum, a patch of an image. */
export interface Groups {
  /** Names in the order of first appearance. */
  readonly names: readonly string[];
  /** For each column the index of its group. */
  readonly ofColumn: Int32Array;
}

/**
 * Groups from one name per column.
 * @param columns - how many columns the rows have.
 * @param labels - a name per column; without it every column is a group of its own, named by its number.
 * @throws RangeError when there is not one label per column.
 */
export function columnGroups(columns: number, labels?: readonly string[]): Groups {
  if (labels && labels.length !== columns)
    throw new RangeError(`groups must name each of the ${columns} columns, but has ${labels.length} names`);
  const names: string[] = [];
  const index = new Map<string, number>();
  const ofColumn = Int32Array.from({ length: columns }, (_, j) => {
    const name = labels ? labels[j] : String(j);
    if (!index.has(name)) index.set(name, names.push(name) - 1);
    return index.get(name)!;
  });
  return { names, ofColumn };
}
