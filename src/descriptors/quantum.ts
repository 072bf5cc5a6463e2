import { readFileSync } from 'node:fs';
import { readCsv } from '../frames/csv/csv.js';
import { columnNames, numbers, texts } from '../frames/table.js';

/** What a block describes: the polymer of a particle, the group on its surface, its metal or oxide. */
export type DescriptorBlock = 'polymer' | 'surface' | 'inorganic';

/** Numbers of one block, by the name of the material or surface. */
export interface BlockTable {
  readonly columns: readonly string[];
  readonly rows: ReadonlyMap<string, readonly number[]>;
}

const blocks = new Map<DescriptorBlock, BlockTable>();

/** The committed table of a block: `data/descriptors/quantum.csv` or `inorganic.csv`. */
export function blockTable(block: DescriptorBlock): BlockTable {
  const known = blocks.get(block);
  if (known) return known;
  const made = block === 'inorganic' ? inorganicTable() : quantumTable(block);
  blocks.set(block, made);
  return made;
}

function inorganicTable(): BlockTable {
  const { columns, ids, rows } = readBlock('inorganic.csv');
  return { columns, rows: new Map(ids.map((id, i) => [id, rows[i]])) };
}

/**
 * Molecules of one kind. What grows with the length of the chain that was computed stands beside its ratio to volume
 * or surface, which does not.
 */
function quantumTable(block: 'polymer' | 'surface'): BlockTable {
  const { columns, ids, rows, kinds } = readBlock('quantum.csv');
  const kind = block === 'polymer' ? 'material' : 'surface';
  const at = (name: string): number => columns.indexOf(name);
  const described = rows.map((row) => [
    ...row,
    row[at('polarisability_A3')] / row[at('volume_A3')],
    (1000 * row[at('solvation_kJ_mol')]) / row[at('area_A2')],
  ]);
  const own = ids.flatMap((id, i) => (kinds[i] === kind ? [[id, described[i]] as const] : []));
  const alike = block === 'polymer' ? standIns().flatMap(([name, id]) => copy(own, name, id)) : [];
  return {
    columns: [...columns, 'polarisability_per_volume', 'solvation_J_mol_A2'],
    rows: new Map([...own, ...alike]),
  };
}

function readBlock(file: string) {
  const table = readCsv(readFileSync(new URL(`../../data/descriptors/${file}`, import.meta.url)));
  const columns = columnNames(table).filter((name) => name !== 'id' && name !== 'kind');
  const values = columns.map((name) => numbers(table, name));
  return {
    columns,
    ids: texts(table, 'id') as string[],
    kinds: table.columns.has('kind') ? texts(table, 'kind') : [],
    rows: Array.from({ length: table.rows }, (_, i) => values.map((column) => column[i])),
  };
}

/** Materials that share the molecule of another one, such as HDPE that of PE. */
function standIns(): [string, string][] {
  const file = new URL('../../data/descriptors/molecules.json', import.meta.url);
  return Object.entries((JSON.parse(readFileSync(file, 'utf8')) as { alike: Record<string, string> }).alike);
}

function copy<T>(rows: readonly (readonly [string, T])[], name: string, id: string): [string, T][] {
  return rows.flatMap(([own, values]): [string, T][] => (own === id ? [[name, values]] : []));
}
