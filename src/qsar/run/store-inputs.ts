import type { Table } from '../../frames/table.js';
import type { TaskStore } from '../../runs/store.js';
import type { RunData } from './load-data.js';
import type { FoldPlan } from './plan-folds.js';
import type { StoredInputs } from './plan-tasks.js';

/** Puts tables and fold plans where every task finds them. */
export async function storeInputs(
  store: TaskStore,
  { sources, targets }: RunData,
  plans: readonly FoldPlan[],
): Promise<StoredInputs> {
  const put = (value: Table | FoldPlan) => store.putValue(value);
  const names = Object.keys(targets);
  const hashes = await Promise.all(names.map((name) => put(targets[name])));
  return {
    sources: await Promise.all(sources.map(put)),
    targets: Object.fromEntries(names.map((name, k) => [name, hashes[k]])),
    plans: await Promise.all(plans.map(async (plan) => ({ plan, sha256: await put(plan) }))),
  };
}
