import { withColumns } from '../frames/rows.js';
import { type NumberColumn, quoted, type Table, texts } from '../frames/table.js';
import { matrix } from '../numeric/matrix.js';
import { type Collinearity, collinearity } from './collinearity.js';
import { type BlockTable, blockTable, type DescriptorBlock } from './quantum.js';

export interface DescribeOptions {
  /** Which descriptors to join; default all three blocks. */
  readonly blocks?: readonly DescriptorBlock[];
  /** Columns per block, by their names in `data/descriptors`; default `DESCRIBED_COLUMNS`. */
  readonly columns?: Partial<Record<DescriptorBlock, readonly string[]>>;
}

/** Joined unless told otherwise: what does not grow with the length of the chain that stands for a polymer. */
export const DESCRIBED_COLUMNS: Readonly<Record<DescriptorBlock, readonly string[]>> = {
  polymer: molecular(),
  surface: molecular(),
  inorganic: [
    ...['mass_g_mol', 'mean_electronegativity', 'metal_electronegativity', 'metal_ionisation_eV'],
    ...['metal_covalent_radius_pm', 'metal_polarisability_au', 'metal_charge', 'metal_ionic_radius_pm'],
  ],
};

function molecular(): readonly string[] {
  return [
    ...[
      'homo_eV',
      'lumo_eV',
      'gap_eV',
      'ionisation_eV',
      'affinity_eV',
      'electronegativity_eV',
      'hardness_eV',
    ],
    ...['electrophilicity_eV', 'dipole_D', 'polarisability_per_volume', 'solvation_J_mol_A2'],
  ];
}

/** What joining one block came to. */
export interface BlockReport {
  readonly block: DescriptorBlock;
  /** Names that the block knows, with their rows in the table. */
  readonly known: ReadonlyMap<string, number>;
  /** Names that it does not know, with their rows, which stay empty. */
  readonly unknown: ReadonlyMap<string, number>;
  /** Among the known names: with m of them the columns differ in at most m − 1 directions, however many they are. */
  readonly collinearity: Collinearity;
}

export interface DescribedTable {
  readonly table: Table;
  /** Names of the columns that were joined, such as `polymer_homo_eV`, for the numbers of a `DescriptorChoice`. */
  readonly columns: readonly string[];
  readonly reports: readonly BlockReport[];
}

/**
 * Joins quantum-chemistry descriptors of polymers and surface groups, and elemental ones of metals and oxides, to each
 * row by its material and surface; a row that a block does not know stays empty there. They are constant within a
 * material: in a set of few materials they say no more than which material it is, and the reports say so.
 * @param table - in the common schema.
 * @throws RangeError for a column that a block does not have.
 */
export function describeMaterials(
  table: Table,
  { blocks = ['polymer', 'surface', 'inorganic'], columns = {} }: DescribeOptions = {},
): DescribedTable {
  const joined = blocks.map((block) => joinBlock(table, block, columns[block] ?? DESCRIBED_COLUMNS[block]));
  const added = joined.flatMap(({ added }) => added);
  return {
    table: withColumns(table, added),
    columns: added.map(([name]) => name),
    reports: joined.map(({ report }) => report),
  };
}

function joinBlock(table: Table, block: DescriptorBlock, columns: readonly string[]) {
  const source = blockTable(block);
  const places = columns.map((name) => placeOf(source, name, block));
  const words = texts(table, block === 'surface' ? 'surface' : 'material');
  const added = columns.map((name, c): [string, NumberColumn] => {
    const value = (word: string | null): number =>
      (word === null ? undefined : source.rows.get(word)?.[places[c]]) ?? Number.NaN;
    return [`${block}_${name}`, { kind: 'number', values: Float64Array.from(words, value) }];
  });
  return { added, report: reportOf(block, source, words, columns, places) };
}

function placeOf({ columns }: BlockTable, name: string, block: DescriptorBlock): number {
  const place = columns.indexOf(name);
  if (place < 0) throw new RangeError(`block ${block} has no column "${name}"; it has ${quoted(columns)}`);
  return place;
}

function reportOf(
  block: DescriptorBlock,
  { rows }: BlockTable,
  words: readonly (string | null)[],
  columns: readonly string[],
  places: readonly number[],
): BlockReport {
  const counts = new Map<string, number>();
  for (const word of words) if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
  const known = new Map([...counts].filter(([word]) => rows.has(word)));
  const complete = places.filter((place) =>
    [...known.keys()].every((word) => Number.isFinite(rows.get(word)![place])),
  );
  const names = columns.filter((_, c) => complete.includes(places[c]));
  const X = matrix([...known.keys()].map((word) => complete.map((place) => rows.get(word)![place])));
  return {
    ...{ block, known },
    unknown: new Map([...counts].filter(([word]) => !rows.has(word))),
    collinearity: known.size < 2 ? { columns: 0, rank: 0, pairs: [] } : collinearity(X, names),
  };
}

/** The reports as lines of text, for a notebook or the terminal. */
export function describeLines({ reports }: DescribedTable): string[] {
  return reports.flatMap(({ block, known, unknown, collinearity: { columns, rank, pairs } }) => [
    `${block}: ${list(known) || 'none'} described${unknown.size > 0 ? `; not known: ${list(unknown)}` : ''}`,
    columns === 0
      ? `${block}: no column varies among these names`
      : `${block}: ${columns} columns that vary, in ${rank} ${rank === 1 ? 'direction' : 'directions'}: constant within each of ${known.size} names, so they cannot say more than the name does`,
    ...(pairs.length > 0
      ? [`${block}: ${pairs.length} pairs correlate at 0.95 or more, such as ${pairs[0].a} and ${pairs[0].b}`]
      : []),
  ]);
}

const list = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([name, rows]) => `${name} (${rows})`).join(', ');
