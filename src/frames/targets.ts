import { filterRows } from './rows.js';
import { numbers, type Table, texts } from './table.js';

/** The three small plastic sets that a model is fine-tuned on. */
export interface Targets {
  /** Polystyrene up to 100 nm. */
  readonly T1: Table;
  /** Polystyrene above 100 nm. */
  readonly T2: Table;
  /** Other polymers of known size. */
  readonly T3: Table;
}

/**
 * Cuts `yan-mnp` into the three targets; rows without a size belong to none.
 * @param table - in the common schema.
 */
export function yanTargets(table: Table): Targets {
  const targets = targetOfRows(table);
  const part = (name: keyof Targets): Table => filterRows(table, (i) => targets[i] === name);
  return { T1: part('T1'), T2: part('T2'), T3: part('T3') };
}

/** The target that each row belongs to; `null` without a size. */
export function targetOfRows(table: Table): (keyof Targets | null)[] {
  const size = numbers(table, 'size_nm');
  return texts(table, 'material').map((name, i) => {
    if (Number.isNaN(size[i])) return null;
    if (name !== 'PS' && name !== 'Aged-PS') return 'T3';
    return size[i] <= 100 ? 'T1' : 'T2';
  });
}
