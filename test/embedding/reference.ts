import { readFileSync } from 'node:fs';

/** Values that test/reference/<name>.py printed. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is the script's
export function reference(name: string): any {
  const file = new URL(`../../../test/reference/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Largest difference, relative to the largest reference value. */
export function worstDifference(ours: ArrayLike<number>, theirs: number[] | number[][]): number {
  const flat = theirs.flat() as number[];
  if (flat.length !== ours.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(...flat.map(Math.abs));
  return Math.max(...flat.map((v, i) => Math.abs(v - ours[i]))) / scale;
}
