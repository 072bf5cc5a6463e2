import type { DescriptorChoice } from '../../descriptors/encoder.js';
import { SCHEMA_DESCRIPTORS } from '../../descriptors/encoder.js';
import type { Leak } from '../../evaluation/leakage.js';
import { columnOf, type NumberColumn, type Table, texts } from '../../frames/table.js';

/**
 * Leaks that lie in a table itself, whatever the split: the publication among the descriptors, under its own name or
 * another, and numbers that were scaled over all rows before any split.
 * @param descriptors - columns that become features; those of the common schema.
 */
export function findDataLeaks(table: Table, descriptors: DescriptorChoice = SCHEMA_DESCRIPTORS): Leak[] {
  const { words, numbers, logarithms } = descriptors;
  const named = [...words, ...numbers, ...logarithms].filter((name) => name === 'group' || name === 'id');
  const disguised = words.filter((name) => name !== 'group' && namesPublications(table, name));
  const scaled = [...numbers, ...logarithms].flatMap((name) => {
    const how = scaledHow(columnOf(table, name) as NumberColumn);
    return how === null ? [] : [{ name, how }];
  });
  return [
    ...named.map(
      (name): Leak => ({
        kind: 'group as feature',
        detail: `column "${name}" must not be a descriptor`,
      }),
    ),
    ...disguised.map(
      (name): Leak => ({
        kind: 'group as feature',
        detail: `column "${name}" has one word for each publication, so it is the publication under another name`,
      }),
    ),
    ...scaled.map(
      ({ name, how }): Leak => ({
        kind: 'fitted on test rows',
        detail: `column "${name}" ${how} over all rows, so it was scaled before the split; give it in its own unit`,
      }),
    ),
  ];
}

/** Fewer publications than this may have one material, cell line or assay each by chance. */
const LEAST_GROUPS = 5;

/** Whether words and publications pair up one to one. */
function namesPublications(table: Table, name: string): boolean {
  const groups = texts(table, 'group');
  const words = texts(table, name);
  const pairs = new Set(groups.map((group, i) => JSON.stringify([group, words[i]])));
  const publications = new Set(groups).size;
  return publications >= LEAST_GROUPS && pairs.size === publications && new Set(words).size === publications;
}

const CLOSE = 1e-6;

/** How the numbers of a column give a scaling away, or `null`. */
function scaledHow({ values }: NumberColumn): string | null {
  const known = values.filter(Number.isFinite);
  if (new Set(known).size < 3) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const isUnit = (variance: number) => Math.abs(variance - 1) < CLOSE;
  if (Math.abs(mean) < CLOSE && (isUnit(squares / known.length) || isUnit(squares / (known.length - 1))))
    return 'has mean 0 and standard deviation 1';
  const [least, most] = known.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [known[0], known[0]]);
  return least === 0 && most === 1 ? 'runs from 0 to 1 exactly' : null;
}
