import { isAbsolute, join } from 'node:path';
import { describeMaterials } from '../../descriptors/describe-materials.js';
import { countToxic } from '../../frames/label.js';
import { type LoadedTable, type LoadOptions, loadTable } from '../../frames/load.js';
import { type Publication, sharedPublications } from '../../frames/publications.js';
import type { LoadReport } from '../../frames/report.js';
import { withColumns } from '../../frames/rows.js';
import { quoted, type Table, textColumn, texts } from '../../frames/table.js';
import { loadTransferTables } from '../../frames/transfer-tables.js';
import type { DataChoice, QsarConfig, TableChoice } from './config.js';

/** The rows of a run, each with an `id` of its own. */
export interface RunData {
  readonly sources: readonly Table[];
  readonly targets: Readonly<Record<string, Table>>;
  /** Columns that were joined by material; none unless the configuration asks for them. */
  readonly described: readonly string[];
  /** Publications that a source table shares with the targets, under the target's name for them. */
  readonly shared: readonly string[];
  readonly synthetic: boolean;
  /** Why synthetic tables stand in for the real ones; `null` when they do not. */
  readonly notice: string | null;
  /** Each file or generated table with its SHA-256. */
  readonly origins: readonly { readonly id: string; readonly sha256: string }[];
  readonly reports: readonly LoadReport[];
}

/**
 * Loads the tables of a run.
 * @param folder - files are looked for from here.
 * @throws RangeError when a target is named that is not there; what loading throws.
 */
export async function loadRunData(
  { data: choice, targets: chosen, arms }: Pick<QsarConfig, 'data' | 'targets' | 'arms'>,
  { folder = '.', ...places }: { folder?: string } & LoadOptions = {},
): Promise<RunData> {
  const loaded = await load(choice, folder, { ...places, toxicBelow: choice.toxicBelow });
  const known = Object.keys(loaded.targets);
  const unknown = chosen?.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new RangeError(`config.targets must be among ${quoted(known)}, but names "${unknown}"`);
  const names = chosen ?? known;
  for (const arm of arms) if (arm.kind === 'fine-tune') checkVia(arm.name, arm.via ?? [], names);
  const { targetPublications, sourcePublications, ...data } = loaded;
  const renamed = sourcePublications.map((own) => sharedNames(own, targetPublications));
  const describe = (table: Table) => (choice.materials ? describeMaterials(table) : { table, columns: [] });
  const prepare = (table: Table, name: string): Table => withRowIds(describe(table).table, name);
  return {
    ...data,
    described: describe(data.sources[0]).columns,
    sources: data.sources.map((table, k) => prepare(regrouped(table, renamed[k]), `source ${k + 1}`)),
    shared: [...new Set(renamed.flatMap((names) => [...names.values()]))],
    targets: Object.fromEntries(names.map((name) => [name, prepare(loaded.targets[name], name)])),
  };
}

function checkVia(arm: string, via: readonly string[], targets: readonly string[]): void {
  const unknown = via.find((name) => !targets.includes(name));
  if (unknown !== undefined)
    throw new RangeError(
      `arm "${arm}" goes via "${unknown}", which must be one of the targets ${quoted(targets)}`,
    );
}

/** Tables before their rows are named. */
type Loaded = Omit<RunData, 'shared' | 'described'> & {
  readonly sourcePublications: readonly (readonly Publication[])[];
  readonly targetPublications: readonly Publication[];
};

async function load(
  { synthetic, source, targets }: DataChoice,
  folder: string,
  options: LoadOptions,
): Promise<Loaded> {
  if (source === null && targets === null) return loadDefault(synthetic, options);
  if (source === null || targets === null)
    throw new RangeError(
      `config.data must name both source and targets, or neither; ${source ? 'targets' : 'source'} is missing`,
    );
  const sources = await Promise.all(source.map((choice) => loadChoice(choice, folder, options)));
  const names = Object.keys(targets);
  const loaded = await Promise.all(names.map((name) => loadChoice(targets[name], folder, options)));
  const all = [...sources, ...loaded];
  return {
    sources: sources.map(({ table }) => table),
    sourcePublications: sources.map(({ publications }) => publications),
    targetPublications: loaded.flatMap(({ publications }) => publications),
    targets: Object.fromEntries(names.map((name, k) => [name, labelled(loaded[k], name)])),
    synthetic: all.some((part) => part.synthetic),
    notice: null,
    origins: all.map(({ id, sha256 }) => ({ id, sha256 })),
    reports: all.map(({ report }) => report),
  };
}

async function loadDefault(synthetic: boolean, options: LoadOptions): Promise<Loaded> {
  const { sources, targets, data, ...rest } = await loadTransferTables({ ...options, synthetic });
  return { ...rest, sources, targets: { ...targets }, origins: data };
}

function loadChoice(choice: TableChoice, folder: string, options: LoadOptions): Promise<LoadedTable> {
  const { table, ...own } = typeof choice === 'string' ? { table: choice } : choice;
  const path = /[/\\.]/.test(table) && !isAbsolute(table) ? join(folder, table) : table;
  return loadTable(path, { ...options, ...own });
}

function labelled({ table }: LoadedTable, name: string): Table {
  const toxic = countToxic(table);
  if (toxic > 0 && toxic < table.rows) return table;
  throw new RangeError(
    `target ${name} must hold toxic and non-toxic rows, but ${toxic} of ${table.rows} are toxic`,
  );
}

/** For each group of a source table that is a publication of the targets, the target's name for it. */
function sharedNames(source: readonly Publication[], targets: readonly Publication[]): Map<string, string> {
  const { shared } = sharedPublications({ publications: source }, { publications: targets });
  return new Map(shared.map(({ a, b }) => [a.group, b.group]));
}

/** One publication has one name in all tables, so that clearing and leak checks find it by its name. */
function regrouped(table: Table, names: ReadonlyMap<string, string>): Table {
  if (names.size === 0) return table;
  const groups = texts(table, 'group').map((group) => (group === null ? null : (names.get(group) ?? group)));
  return withColumns(table, [['group', textColumn(groups)]]);
}

const withRowIds = (table: Table, name: string): Table =>
  withColumns(table, [
    ['id', textColumn(Array.from({ length: table.rows }, (_, i) => `${name}, row ${i + 1}`))],
  ]);
