import { fitEncoder } from '../descriptors/encoder.js';
import type { DomainVerdict } from '../evaluation/domain.js';
import { takeTableRows } from '../frames/rows.js';
import type { Split } from '../frames/splits.js';
import type { Table } from '../frames/table.js';
import { encoderDomain, type ModelDomainOptions } from './applicability.js';

/** Where each row lies with respect to the training side of the fold that held it out. */
export interface FoldDomains {
  readonly verdicts: readonly DomainVerdict[];
  /** Leverage over the fold's warning leverage h*: above 1 a row is far. */
  readonly relativeLeverage: Float64Array;
}

/**
 * The applicability domain under cross-validation, for scores inside and outside it: encoder and limits are fitted on
 * each fold's training side only.
 * @throws RangeError as `applicabilityDomain` does.
 */
export function foldDomains(
  table: Table,
  folds: readonly Split[],
  options: ModelDomainOptions = {},
): FoldDomains {
  const verdicts = new Array<DomainVerdict>(table.rows);
  const relativeLeverage = new Float64Array(table.rows);
  for (const { train, test } of folds) {
    const training = takeTableRows(table, train);
    const domain = encoderDomain(fitEncoder(training), training, takeTableRows(table, test), options);
    test.forEach((i, k) => {
      verdicts[i] = domain.verdicts[k];
      relativeLeverage[i] = domain.leverage.query[k] / domain.leverage.limit;
    });
  }
  return { verdicts, relativeLeverage };
}
