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
  const size = numbers(table, 'size_nm');
  const styrene = texts(table, 'material').map((name) => name === 'PS' || name === 'Aged-PS');
  return {
    T1: filterRows(table, (i) => styrene[i] && size[i] <= 100),
    T2: filterRows(table, (i) => styrene[i] && size[i] > 100),
    T3: filterRows(table, (i) => !styrene[i] && !Number.isNaN(size[i])),
  };
}
