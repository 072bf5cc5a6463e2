import { duplicateRows } from '../../frames/duplicates.js';
import { countToxic } from '../../frames/label.js';
import { type Table, texts } from '../../frames/table.js';
import type { RunData } from './load-data.js';
import type { FoldPlan } from './plan-folds.js';
import type { QsarRun, TableSize } from './run-result.js';

type DataDescription = Pick<
  QsarRun,
  'synthetic' | 'notice' | 'origins' | 'reports' | 'shared' | 'repeated' | 'sources' | 'targets'
>;

/** What a result says of its data. */
export function describeData(data: RunData, plans: readonly FoldPlan[]): DataDescription {
  const { synthetic, notice, origins, reports, shared, sources, targets } = data;
  const planOf = (name: string) => plans.find(({ target }) => target === name);
  return {
    ...{ synthetic, notice, origins, reports, shared },
    repeated: mapValues(targets, repeatedRows),
    sources: sources.map((table) => sizeOf(table)),
    targets: mapValues(targets, (table, name) => sizeOf(table, planOf(name))),
  };
}

const mapValues = <A, B>(
  record: Readonly<Record<string, A>>,
  map: (value: A, key: string) => B,
): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));

/** How many rows repeat one of another publication: on both sides of a grouped split they are still the same row. */
function repeatedRows(table: Table): number {
  const groups = texts(table, 'group');
  const across = duplicateRows(table).filter((rows) => new Set(rows.map((i) => groups[i])).size > 1);
  return across.reduce((sum, rows) => sum + rows.length, 0);
}

const sizeOf = (table: Table, plan?: FoldPlan): TableSize => ({
  ...{ rows: table.rows, toxicRows: countToxic(table), publications: new Set(texts(table, 'group')).size },
  testRows: plan ? plan.folds.filter((fold) => fold < 0).length : 0,
});
