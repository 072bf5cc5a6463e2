import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describeMaterials } from '../../descriptors/describe-materials.js';
import { type ReadOptions, readTable } from '../../frames/read.js';
import { filterRows } from '../../frames/rows.js';
import type { Mapping } from '../../frames/schema.js';
import { quoted, type Table } from '../../frames/table.js';
import { targetOfRows } from '../../frames/targets.js';
import { type KeptModels, loadKept } from '../run/kept-models.js';
import { checkNewRows, type RefusedRow } from './new-rows.js';
import { predictRows, type RowPrediction } from './predict-rows.js';

export interface PredictOptions extends ReadOptions {
  /** The target whose models score the rows; told from material and size where the run has the built-in targets. */
  readonly target?: string;
  /** Where each schema column comes from; columns of the same names. */
  readonly mapping?: Mapping;
  /** Training rows shown beside each prediction; 3. */
  readonly neighbours?: number;
}

/** What came of scoring a table. */
export interface QsarPrediction {
  readonly predictions: readonly RowPrediction[];
  readonly refused: readonly RefusedRow[];
  /** Whether the models were trained on made-up data. */
  readonly synthetic: boolean;
}

/**
 * Scores new rows with the models that a run kept.
 * @param folder - the run's.
 * @param input - a CSV, XLSX or Parquet file, or a table.
 * @throws RangeError when a needed column is missing, or it is not clear which target's models to take.
 */
export async function qsarPredict(
  folder: string,
  input: string | Table,
  options: PredictOptions = {},
): Promise<QsarPrediction> {
  const { target, mapping, neighbours, ...reading } = options;
  const name = typeof input === 'string' ? basename(input) : 'table';
  const raw = typeof input === 'string' ? await readTable(input, reading) : input;
  const { table, rows, refused } = checkNewRows(raw, { mapping, name });
  const models = new Map<string, Awaited<ReturnType<typeof loadKept>>>();
  for (const known of await targetsOf(folder, target)) models.set(known, await loadKept(folder, known));
  const chosen = chooseTargets(table, target, [...models.values()]);
  const predictions = [...models.values()].flatMap((kept) => {
    const fitting = filterRows(table, (i) => chosen[i] === kept.target);
    const own = kept.materials ? describeMaterials(fitting).table : fitting;
    const numbers = rows.filter((_, i) => chosen[i] === kept.target);
    return own.rows === 0 ? [] : predictRows(kept, own, numbers, { neighbours });
  });
  const none = Array.from(rows).filter((_, i) => !models.has(chosen[i] ?? ''));
  const unmatched = none.map((row) => ({
    row,
    column: 'material, size_nm',
    reason: 'the run kept no models for such a particle',
  }));
  return {
    predictions: predictions.sort((a, b) => a.row - b.row),
    refused: [...refused, ...unmatched].sort((a, b) => a.row - b.row),
    synthetic: [...models.values()].some(({ synthetic }) => synthetic),
  };
}

async function targetsOf(folder: string, target: string | undefined): Promise<string[]> {
  const found = await readdir(join(folder, 'models')).catch(() => {
    throw new Error(`${folder} holds no kept models; name a folder that nurdle qsar run wrote to its end`);
  });
  const known = found.map(decodeURIComponent);
  if (target === undefined) return known;
  if (known.includes(target)) return [target];
  throw new RangeError(`target must be one of ${quoted(known)}, but is "${target}"`);
}

function chooseTargets(
  table: Table,
  target: string | undefined,
  kept: readonly KeptModels[],
): readonly (string | null)[] {
  const only = target ?? (kept.length === 1 && !kept[0].builtIn ? kept[0].target : undefined);
  if (only !== undefined) return new Array<string>(table.rows).fill(only);
  if (table.rows === 0) return [];
  if (kept.every(({ builtIn }) => builtIn)) return targetOfRows(table);
  throw new RangeError(
    `target must say whose models to take, since the run has several: one of ${quoted(kept.map((one) => one.target))}`,
  );
}
