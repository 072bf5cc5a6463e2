import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { nearest } from './nearest.js';
import type { PublicationColumns } from './publications.js';
import type { Mapping } from './schema.js';
import { quoted } from './table.js';

/** What is known about a data set: where it is from, what it holds, how it is read. `data/<id>/card.json`. */
export interface Card {
  readonly id: string;
  /** `spectra`: a file that `loadSpectra` reads; `pairs`: what `generateAgeing` makes; default `table`. */
  readonly kind?: 'table' | 'spectra' | 'pairs';
  readonly title: string;
  /** `source`: large and of other particles, to pre-train on; `target`: small, to fine-tune on. */
  readonly role: string;
  /** Whether a program made the values up. */
  readonly synthetic: boolean;
  readonly cite: string;
  readonly doi: string | null;
  readonly licence: string;
  readonly origin?: { readonly repository: string; readonly commit: string; readonly path: string };
  /** Folder name in a collection of data sets, where it is not the id. */
  readonly folder?: string;
  readonly file?: CardFile;
  /** Module beside the card that makes the table, for a synthetic one. */
  readonly generator?: string;
  readonly rows?: number;
  readonly groups?: number;
  readonly columns: readonly { readonly name: string; readonly meaning: string; readonly unit?: string }[];
  readonly mapping?: Mapping;
  /** Keeps the rows whose column holds this word. */
  readonly only?: Readonly<Record<string, string>>;
  /** Columns that name the publication of a row. */
  readonly publication?: PublicationColumns;
  /** What the labels of the file mean, where they are not viability below a threshold. */
  readonly labelMeaning?: string;
  readonly spectra?: SpectraRule;
  /** µg/mL */
  readonly plausibleDose?: readonly [number, number];
  readonly label: string;
  readonly traps: readonly string[];
}

/** What a file of spectra does not say itself, and how its titles are read. */
export interface SpectraRule {
  readonly xUnit: string;
  readonly yUnit: string;
  readonly technique: string;
  /** Regular expressions whose first group is the material, or the sample, in a spectrum's title. */
  readonly name: string;
  readonly group?: string;
  /** Materials under another name. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Families of materials that spectra hardly tell apart. */
  readonly families?: Readonly<Record<string, string>>;
}

export interface CardFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 of the file, as hexadecimal digits. */
  readonly sha256: string;
  /** Empty where it can be fetched from nowhere. */
  readonly url: string;
  /** Sheet of a workbook. */
  readonly sheet?: string;
}

/** The folder of the cards: `data/` beside `src/`, both as written and as compiled. */
export const cardsFolder = new URL('../../data/', import.meta.url);

/** Every data set with a card and rows to load, in alphabetical order of its id. */
export function listCards(): Card[] {
  return readdirSync(cardsFolder)
    .sort()
    .map((id) => new URL(`${id}/card.json`, cardsFolder))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Card)
    .filter(({ file, generator }) => file ?? generator);
}

/**
 * The card of a data set.
 * @throws RangeError when there is none, with the nearest id.
 */
export function cardNamed(id: string): Card {
  const cards = listCards();
  const found = cards.find((card) => card.id === id);
  if (found) return found;
  const ids = cards.map((card) => card.id);
  const near = nearest(id, ids);
  throw new RangeError(
    `data set "${id}" is not known${near ? `; did you mean "${near}"?` : ''}; known are ${quoted(ids)}`,
  );
}
