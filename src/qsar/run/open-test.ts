import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../frames/locate.js';
import { type Table, texts } from '../../frames/table.js';
import { type TaskStore, writeWhole } from '../../runs/store.js';
import type { RunLog } from './run-log.js';
import type { TestScores } from './run-result.js';
import type { ScoreAnswer } from './score-task.js';
import type { ScoreTasks } from './score-tasks.js';

/** One look at a test set. */
interface Opening {
  readonly target: string;
  /** SHA-256 of the names of its rows. */
  readonly rows: string;
  readonly arm: string;
  readonly at: string;
}

/**
 * Reads the scores on the test sets, and writes down that they were opened. A test set that was opened before in this
 * folder is a validation set from then on: the run warns.
 * @param scorings - of the kept arms on their test sets.
 */
export async function openTestSets(
  scorings: ScoreTasks['scorings'],
  targets: Readonly<Record<string, Table>>,
  { store, folder, log }: { store: TaskStore; folder: string; log: RunLog },
): Promise<TestScores[]> {
  const path = join(folder, 'test-set.json');
  const openings = await readOpenings(path);
  const opened: TestScores[] = [];
  for (const { series, task } of scorings) {
    const {
      arm,
      plan: { target },
    } = series;
    const answer = (await store.result(task.key))?.value as ScoreAnswer | undefined;
    if (!answer) continue;
    const ids = texts(targets[target], 'id');
    const rows = sha256(Buffer.from(Array.from(answer.rows, (i) => ids[i]).join('\n')));
    const before = openings.filter((one) => one.target === target && one.rows === rows);
    if (before.length > 0) await log.warn(warningOf(target, before));
    openings.push({ target, rows, arm, at: new Date().toISOString() });
    opened.push({ ...described(target, arm, answer), openedBefore: before.length });
  }
  if (opened.length > 0) await writeWhole(path, `${JSON.stringify(openings, null, 2)}\n`);
  return opened;
}

async function readOpenings(path: string): Promise<Opening[]> {
  const text = await readFile(path, 'utf8').catch(() => '[]');
  try {
    return JSON.parse(text) as Opening[];
  } catch {
    throw new Error(
      `${path} is damaged, so nobody knows whether the test set was opened; name another folder`,
    );
  }
}

const warningOf = (target: string, before: readonly Opening[]): string =>
  `the test set of ${target} was opened before (${before.length === 1 ? 'once' : `${before.length} times`}, ` +
  `first on ${before[0].at.slice(0, 10)} for "${before[0].arm}"): what is chosen by its scores now is not tested by them`;

function described(target: string, arm: string, { rows, labels, groups, scores }: ScoreAnswer) {
  return {
    ...{ target, arm, rows: rows.length, scores },
    toxicRows: labels.reduce((sum, label) => sum + label, 0),
    publications: new Set(groups).size,
  };
}
