import { cardNamed } from './cards.js';
import { type LoadedTable, type LoadOptions, loadTable } from './load.js';
import { locate } from './locate.js';

/**
 * A real data set where its file can be had, else the synthetic table in its place: then `synthetic` is true and
 * `notice` says why, for the title of every figure.
 * @param options.part - the part of the synthetic table that stands in: `source`, `T1`, `T2`, `T3`; default all.
 */
export async function loadOrSynthetic(id: string, options: LoadOptions = {}): Promise<LoadedTable> {
  const { part, mapping, plausibleDose, ...common } = options;
  const reason = await locate(cardNamed(id), common).then(
    () => null,
    (error: Error) => error.message,
  );
  if (reason === null) return loadTable(id, { ...common, mapping, plausibleDose });
  const notice = `Synthetic data, not measured: ${reason}`;
  return loadTable('synthetic-cytotoxicity', { ...common, part, notice });
}
