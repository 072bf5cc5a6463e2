import type { Lines } from './lines.js';

/** The lines before the numbers as keys and values, and what they say about title and units. */
export interface Preamble {
  readonly metadata: Record<string, string>;
  readonly title: string;
  /** Words that may name the unit of x, and of y; empty where there are none. */
  readonly xWords: string;
  readonly yWords: string;
  readonly text: string;
}

const MOST_LINES = 500;

/** Reads the lines before `to`: `key: value`, `key = value`, `key<delimiter>value`; `#` and `%` before them are left out. */
export function readPreamble(lines: Lines, to: number, delimiter: string): Preamble {
  const metadata: Record<string, string> = {};
  const kept: string[] = [];
  for (let k = 0; k < Math.min(to, MOST_LINES); k++) {
    const line = lines
      .text(k)
      .slice(0, 2000)
      .trim()
      .replace(/^[#%"]+\s*/, '');
    if (line === '') continue;
    kept.push(line);
    const entry = entryOf(line, delimiter);
    if (entry) metadata[entry[0]] = entry[1];
  }
  const find = (pattern: RegExp) =>
    Object.entries(metadata).find(([key, value]) => pattern.test(key) && value !== '')?.[1] ?? '';
  return {
    metadata,
    title: find(/^(title|titel|titre|sample( ?(name|id))?|spectrum ?(name|id)|probe|name)$/i),
    xWords: find(/^x.?(units?|labels?|axis|einheit)|^(units? of )?x$|^wavelength units?/i),
    yWords: find(/^y.?(units?|labels?|axis|mode|einheit)|^(units? of )?y$|^(final )?format/i),
    text: kept.join('\n'),
  };
}

function entryOf(line: string, delimiter: string): [string, string] | null {
  const at = line.search(/[:=]/);
  const cut = at > 0 && at <= 80 ? at : delimiter === ' ' ? -1 : line.indexOf(delimiter);
  if (cut <= 0) return null;
  const clean = (words: string) => words.replace(/["\s;,\t]+$/, '').replace(/^["\s;,\t]+/, '');
  return [clean(line.slice(0, cut)), clean(line.slice(cut + 1))];
}
