import type { Leak } from '../../evaluation/leakage.js';
import type { Table } from '../../frames/table.js';
import type { QsarConfig } from './config.js';
import { findDataLeaks } from './data-leaks.js';
import type { ArmScores } from './run-result.js';

/**
 * Refuses a run whose tables leak, before anything is trained.
 * @throws RangeError that names every leak.
 */
export function refuseDataLeaks({ descriptors }: QsarConfig, targets: Readonly<Record<string, Table>>): void {
  refuse(
    Object.entries(targets).flatMap(([name, table]) =>
      findDataLeaks(table, descriptors ?? undefined).map((leak) => said(name, leak)),
    ),
  );
}

/**
 * Refuses the scores of a run in which a model knew what it should not.
 * @throws RangeError that names every leak.
 */
export function refuseLeaks(scored: readonly ArmScores[]): void {
  refuse(
    scored.flatMap(({ target, split, arm, leaks }) =>
      leaks.map((leak) => said(`${target} ${split}, ${arm}`, leak)),
    ),
  );
}

const said = (where: string, { kind, detail }: Leak): string => `${where}: ${kind} (${detail})`;

const SHOWN = 10;

function refuse(all: readonly string[]): void {
  const leaks = [...new Set(all)];
  if (leaks.length === 0) return;
  const more = leaks.length > SHOWN ? `; and ${leaks.length - SHOWN} more` : '';
  throw new RangeError(`the run leaks and gives no scores: ${leaks.slice(0, SHOWN).join('; ')}${more}`);
}
