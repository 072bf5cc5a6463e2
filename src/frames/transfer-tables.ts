import { loadOrSynthetic } from './fallback.js';
import { type LoadedTable, type LoadOptions, loadTable } from './load.js';
import type { Publication } from './publications.js';
import type { LoadReport } from './report.js';
import { concatTables } from './rows.js';
import type { Table } from './table.js';
import { type Targets, yanTargets } from './targets.js';

/** The tables of Method A: one large of nanoparticles to learn from, three small of plastics to adapt to. */
export interface TransferTables {
  readonly source: Table;
  /** The tables that the source is made of. */
  readonly sources: readonly Table[];
  /** The publications of each of them. */
  readonly sourcePublications: readonly (readonly Publication[])[];
  readonly targets: Targets;
  /** The publications of the targets. */
  readonly targetPublications: readonly Publication[];
  /** Whether the values are made up: every figure has to say so. */
  readonly synthetic: boolean;
  /** Why synthetic tables stand in for the real ones; `null` when they do not. */
  readonly notice: string | null;
  readonly reports: readonly LoadReport[];
  /** Each file or generated table with its SHA-256. */
  readonly data: readonly { readonly id: string; readonly sha256: string }[];
}

const REAL = ['labouta2019', 'jyakhwo2024', 'yan-mnp'];
const PARTS = ['source', 'T1', 'T2', 'T3'];

/**
 * Loads source and targets: `labouta2019` + `jyakhwo2024` and the three parts of `yan-mnp`, or, where one of the three
 * cannot be had, the synthetic table for all of them: real and made-up rows are never mixed.
 * @param options.synthetic - take the synthetic tables even where the real ones are at hand.
 */
export async function loadTransferTables({
  synthetic = false,
  ...options
}: LoadOptions & { synthetic?: boolean } = {}): Promise<TransferTables> {
  if (synthetic) return syntheticTables(options, null);
  const loaded: LoadedTable[] = [];
  for (const id of REAL) {
    const next = await loadOrSynthetic(id, { ...options, part: 'source' });
    if (next.synthetic) return syntheticTables(options, next.notice);
    loaded.push(next);
  }
  const [labouta, jyakhwo, yan] = loaded;
  return {
    source: concatTables([labouta.table, jyakhwo.table]),
    sources: [labouta.table, jyakhwo.table],
    sourcePublications: [labouta.publications, jyakhwo.publications],
    targets: yanTargets(yan.table),
    targetPublications: yan.publications,
    ...{ synthetic: false, notice: null, ...origins(loaded) },
  };
}

async function syntheticTables(options: LoadOptions, notice: string | null): Promise<TransferTables> {
  const loaded: LoadedTable[] = [];
  for (const part of PARTS) loaded.push(await loadTable('synthetic-cytotoxicity', { ...options, part }));
  const [source, T1, T2, T3] = loaded.map((part) => part.table);
  const [ofSource, ...ofTargets] = loaded.map((part) => part.publications);
  return {
    ...{ source, sources: [source], sourcePublications: [ofSource] },
    ...{ targets: { T1, T2, T3 }, targetPublications: ofTargets.flat() },
    ...{ synthetic: true, notice, ...origins(loaded) },
  };
}

const origins = (loaded: readonly LoadedTable[]) => ({
  reports: loaded.map((part) => part.report),
  data: loaded.map(({ id, sha256 }) => ({ id, sha256 })),
});
