import { listCards } from './cards.js';
import { loadOrSynthetic } from './fallback.js';
import { type LoadedTable, type LoadOptions, loadTable } from './load.js';

const PARTS = ['source', 'T1', 'T2', 'T3'];

/**
 * Every real cytotoxicity table that has a card or, where one of them cannot be had, the four parts of the synthetic one
 * in their place: real and made-up rows are never side by side.
 */
export async function loadEveryTable(options: LoadOptions = {}): Promise<LoadedTable[]> {
  const real: LoadedTable[] = [];
  for (const { id, synthetic, mapping } of listCards()) {
    if (synthetic || !mapping) continue;
    const next = await loadOrSynthetic(id, options);
    if (next.synthetic) return syntheticTables({ ...options, notice: next.notice ?? undefined });
    real.push(next);
  }
  return real;
}

async function syntheticTables(options: LoadOptions): Promise<LoadedTable[]> {
  const made: LoadedTable[] = [];
  for (const part of PARTS) made.push(await loadTable('synthetic-cytotoxicity', { ...options, part }));
  return made;
}
