import { rankAgreement } from '../evaluation/agreement.js';
import { formatInterval, formatPValue } from '../evaluation/intervals.js';
import { type Matrix, row } from '../numeric/matrix.js';
import { midranks } from '../numeric/ranks.js';
import type { Stability } from './stability.js';
import type { TimeEffect } from './time-effect.js';

/** A claim of the paper, held against our own data and models. */
export interface ClaimCheck {
  readonly claim: string;
  readonly verdict: 'supported' | 'undecided' | 'not supported';
  /** The numbers behind the verdict, in one sentence. */
  readonly evidence: string;
}

/**
 * "Surface functionalisation and dose are the most important features": supported when both are the leading columns in
 * at least 95 % of the trainings, not supported when in at most 5 %.
 * @param options.leaders - the columns that should lead; `surface` and `dose_ug_mL`.
 * @throws RangeError when a leader is not among the explained columns.
 */
export function checkLeaders(
  { groups, importances }: Pick<Stability, 'groups' | 'importances'>,
  { leaders = ['surface', 'dose_ug_mL'] }: { leaders?: readonly string[] } = {},
): ClaimCheck {
  const columns = leaders.map((name) => columnIndex(groups, name));
  const leading = trainingsLedBy(importances, columns);
  const share = leading / importances.rows;
  const { ranks } = rankAgreement(importances);
  const said = leaders.map((name, k) => `${name} has rank ${formatInterval(ranks[columns[k]], 1)}`);
  return {
    claim: `${leaders.join(' and ')} lead`,
    verdict: share >= 0.95 ? 'supported' : share <= 0.05 ? 'not supported' : 'undecided',
    evidence: `They are the first ${leaders.length} of ${groups.length} columns in ${leading} of ${importances.rows} trainings; ${said.join(', ')}.`,
  };
}

function columnIndex(groups: readonly string[], name: string): number {
  const index = groups.indexOf(name);
  if (index < 0) throw new RangeError(`leaders must be among ${groups.join(', ')}, but one is "${name}"`);
  return index;
}

function trainingsLedBy(importances: Matrix, columns: readonly number[]): number {
  const led = Array.from({ length: importances.rows }, (_, i) => {
    const ranks = midranks(row(importances, i).map((v) => -v));
    return columns.every((j) => ranks[j] <= columns.length);
  });
  return led.filter(Boolean).length;
}

/**
 * "Nanoplastics act faster than microplastics", read as: their toxicity rises more with time. Supported when the
 * interval of the difference lies above zero, not supported when it lies below.
 */
export function checkFaster({ nano, micro, difference, boundaryNm }: TimeEffect): ClaimCheck {
  const { low, high, pValue } = difference;
  const of = (name: string, effect: TimeEffect['nano']) =>
    `${formatInterval(effect, 3)} for ${name} (${effect.rows} rows, ${effect.publications} publications)`;
  return {
    claim: 'nanoplastics act faster than microplastics',
    verdict: low > 0 ? 'supported' : high < 0 ? 'not supported' : 'undecided',
    evidence: `A doubling of exposure time changes the predicted probability of toxicity by ${of('nano', nano)} and ${of('micro', micro)}, divided at ${boundaryNm} nm; difference ${formatInterval(difference, 3)}, ${formatPValue(pValue)}.`,
  };
}
