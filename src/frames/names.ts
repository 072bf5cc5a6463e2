import { readFileSync } from 'node:fs';
import { materialNamed } from './materials.js';
import { type Column, type TextColumn, textAt } from './table.js';

/** Schema columns whose words a committed table brings into one spelling. */
export type NamedColumn = 'material' | 'surface' | 'cell' | 'assay';

export const NAMED_COLUMNS: readonly NamedColumn[] = ['material', 'surface', 'cell', 'assay'];

/** A word of a file that became another one. */
export interface Renaming {
  readonly column: NamedColumn;
  /** As the file writes it; the empty text for an empty cell. */
  readonly from: string;
  readonly to: string;
  readonly rows: number;
}

/** The usual name of a material, surface, cell or assay; the word itself where no table knows it. */
export function usualName(column: NamedColumn, word: string): string {
  if (column === 'material') return materialNamed(word)?.name ?? word;
  return namesOf(column).get(letters(word)) ?? word;
}

const tables = new Map<NamedColumn, ReadonlyMap<string, string>>();

/** Usual names by the letters of every spelling: `data/names/<column>.json`. */
function namesOf(column: NamedColumn): ReadonlyMap<string, string> {
  const known = tables.get(column);
  if (known) return known;
  const file = new URL(`../../data/names/${column}.json`, import.meta.url);
  const { names } = JSON.parse(readFileSync(file, 'utf8')) as { names: Record<string, string[]> };
  const byLetters = new Map(
    Object.entries(names).flatMap(([name, aliases]) =>
      [name, ...aliases].map((spelling) => [letters(spelling), name] as const),
    ),
  );
  tables.set(column, byLetters);
  return byLetters;
}

/** What spellings of one name share: letters, digits and `+`, in lower case. */
const letters = (word: string): string => word.toLowerCase().replace(/™|®|[^\p{L}\p{N}+]/gu, '');

/** Every word that changed between a file's column and the schema's, with its rows, in order of appearance. */
export function renamingsOf(column: NamedColumn, raw: Column, named: TextColumn): Renaming[] {
  const rows = new Map<string, number>();
  for (let i = 0; i < named.codes.length; i++) {
    const pair = JSON.stringify([textAt(raw, i) ?? '', textAt(named, i) ?? '']);
    rows.set(pair, (rows.get(pair) ?? 0) + 1);
  }
  return [...rows].flatMap(([pair, count]) => {
    const [from, to] = JSON.parse(pair) as [string, string];
    return from === to ? [] : [{ column, from, to, rows: count }];
  });
}
