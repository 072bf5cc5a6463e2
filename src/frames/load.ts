import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DataFrame } from 'danfojs-node';
import { type Card, cardNamed, cardsFolder } from './cards.js';
import { toDanfo } from './danfo.js';
import { type HarmoniseOptions, harmonise } from './harmonise.js';
import { type Located, locate, type Places, sha256 } from './locate.js';
import { sameNames } from './mapping.js';
import type { Publication } from './publications.js';
import { type ReadOptions, tableFromBytes } from './read.js';
import type { LoadReport } from './report.js';
import type { Table } from './table.js';

export interface LoadOptions extends Places, ReadOptions, Partial<Omit<HarmoniseOptions, 'name'>> {
  /** Part of a synthetic table: `source`, `T1`, `T2` or `T3`; default all. */
  readonly part?: string;
  /** Seed of a synthetic table; default 1. */
  readonly seed?: number;
  /** Why this table stands in for another one; carried into the result. */
  readonly notice?: string;
}

/** A table in the common schema with where it is from. */
export interface LoadedTable {
  /** Data set id, or the path of the file. */
  readonly id: string;
  readonly table: Table;
  /** The same as a danfo DataFrame, made when first asked for. */
  readonly frame: DataFrame;
  readonly report: LoadReport;
  /** The publications behind the groups, where the file names them. */
  readonly publications: readonly Publication[];
  /** `null` for a user's own file. */
  readonly card: Card | null;
  /** Whether the values are made up: figures and reports have to say so. */
  readonly synthetic: boolean;
  /** Why a synthetic table stands in for the one asked for; `null` when it does not. */
  readonly notice: string | null;
  /** SHA-256 of the file, or of the generated table. */
  readonly sha256: string;
}

/**
 * A toxicity table in the common schema, by data set id (`labouta2019`, `jyakhwo2024`, `shirokii2022`,
 * `yan-mnp`, `tomex1`, `synthetic-cytotoxicity`) or from a CSV, XLSX or Parquet file of one's own, for which `mapping` tells the columns and
 * units. Columns that are named like the schema need no mapping.
 * @throws RangeError, TypeError or Error with what is wrong and what to do.
 */
export async function loadTable(source: string, options: LoadOptions = {}): Promise<LoadedTable> {
  if (looksLikePath(source)) return loadFile(source, options);
  const card = cardNamed(source);
  return card.synthetic ? generateTable(card, options) : loadCard(card, options);
}

const looksLikePath = (source: string): boolean => /[/\\]|\.(csv|tsv|txt|gz|xlsx|parquet)$/i.test(source);

/** A data set by its card; exported for cards of one's own. */
export async function loadCard(card: Card, options: LoadOptions = {}): Promise<LoadedTable> {
  if (card.kind === 'spectra')
    throw new TypeError(
      `data set "${card.id}" holds spectra, not a toxicity table; load it with loadSpectra()`,
    );
  const { bytes }: Located = await locate(card, options);
  const raw = await tableFromBytes(bytes, { sheet: card.file!.sheet, name: card.file!.name });
  const { mapping = {}, plausibleDose, only, publication, labelMeaning } = card;
  const own = { mapping, plausibleDose, only, publication, labelMeaning };
  const harmonised = harmonise(raw, { ...own, ...defined(options), name: card.id });
  return loaded(card.id, harmonised, card, card.file!.sha256, options);
}

async function loadFile(path: string, options: LoadOptions): Promise<LoadedTable> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `${path} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`,
    );
  });
  const raw = await tableFromBytes(bytes, { ...options, name: basename(path) });
  const mapping = options.mapping ?? sameNames(raw);
  const harmonised = harmonise(raw, { ...options, mapping, name: basename(path) });
  return loaded(path, harmonised, null, sha256(bytes), options);
}

/** The generator beside the card makes a raw table; it is then loaded like any other. */
async function generateTable(card: Card, { part, seed = 1, ...options }: LoadOptions): Promise<LoadedTable> {
  if (card.kind === 'pairs')
    throw new TypeError(
      `data set "${card.id}" holds micrographs and spectra, not a toxicity table; make it with generateAgeing()`,
    );
  const module = await import(new URL(`${card.id}/${card.generator}`, cardsFolder).href);
  const raw = (module.generate as (options: { part?: string; seed?: number }) => Table)({ part, seed });
  const name = part === undefined ? card.id : `${card.id} ${part}`;
  const harmonised = harmonise(raw, { mapping: sameNames(raw), ...defined(options), name });
  return loaded(card.id, harmonised, card, hashOf(raw), options);
}

function loaded(
  id: string,
  { table, report, publications }: ReturnType<typeof harmonise>,
  card: Card | null,
  hash: string,
  { notice = null }: { notice?: string | null },
): LoadedTable {
  let frame: DataFrame | undefined;
  return {
    id,
    table,
    report,
    publications,
    card,
    synthetic: card?.synthetic ?? false,
    notice,
    sha256: hash,
    get frame() {
      return (frame ??= toDanfo(table));
    },
  };
}

/** SHA-256 of a table's values. */
function hashOf({ columns }: Table): string {
  const parts = [...columns].map(([name, column]) =>
    column.kind === 'text' ? [name, column.words, [...column.codes]] : [name, [...column.values]],
  );
  return sha256(Buffer.from(JSON.stringify(parts)));
}

/** The options that are set, so that an explicit `undefined` does not hide a card's own. */
const defined = (options: LoadOptions): Partial<HarmoniseOptions> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
