import { filterRows } from './rows.js';
import { columnOf, quoted, type Table, textAt, texts } from './table.js';

/** Columns of a file that say which publication a row is from. */
export interface PublicationColumns {
  readonly doi?: string;
  /** The authors, the first one first; or the first author's surname. */
  readonly author?: string;
  readonly year?: string;
  readonly title?: string;
  /** Misspelt parts of the authors, and what they should be. */
  readonly respelled?: Readonly<Record<string, string>>;
}

/** What is known about the publication of one group of rows. */
export interface Publication {
  /** Its name in the column `group`. */
  readonly group: string;
  /** In lower case, without a resolver before it. */
  readonly doi: string | null;
  /** The first author's surname as the file writes it, or all authors. */
  readonly author: string | null;
  readonly year: number | null;
  readonly title: string | null;
}

/**
 * The publication of each group, from the first row that fills each column.
 * @param groups - one name per row of `raw`.
 * @throws RangeError for a column that is not there.
 */
export function publicationsOf(
  raw: Table,
  groups: readonly (string | null)[],
  { respelled = {}, ...columns }: PublicationColumns,
): Publication[] {
  const found = new Map<string, { -readonly [K in keyof Publication]: Publication[K] }>();
  const sources = Object.entries(columns).map(
    ([field, name]) => [field as keyof typeof columns, columnOf(raw, name)] as const,
  );
  const mend = (text: string): string =>
    Object.entries(respelled).reduce((mended, [wrong, right]) => mended.replaceAll(wrong, right), text);
  groups.forEach((group, i) => {
    if (group === null) return;
    let own = found.get(group);
    if (!own) found.set(group, (own = { ...NOTHING, group, doi: DOI.test(group) ? plainDoi(group) : null }));
    for (const [field, column] of sources) {
      const text = textAt(column, i)?.trim();
      if (!text || own[field] !== null) continue;
      if (field === 'year') own.year = Number.isFinite(Number(text)) ? Number(text) : null;
      else own[field] = field === 'doi' ? plainDoi(text) : mend(text);
    }
  });
  return [...found.values()];
}

const NOTHING = { author: null, year: null, title: null };

/** A group that is a DOI is its own evidence. */
const DOI = /^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)?10\.\d{4,}\//i;

const plainDoi = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^(https?:\/\/)?(dx\.)?doi\.org\/|^doi:\s*/, '')
    .trim();

/** How two groups were found to be one publication, the surest first. */
export type PublicationEvidence = 'doi' | 'author, year and title' | 'title' | 'author and year';

/** One publication that is in two tables. */
export interface SharedPublication {
  readonly a: Publication;
  readonly b: Publication;
  /** `author and year` is a likely match, where a table has no titles; the others are sure. */
  readonly by: PublicationEvidence;
}

export interface PublicationOverlap {
  readonly shared: readonly SharedPublication[];
  /** Groups of either table that have nothing that the other table could be compared by. */
  readonly incomparable: { readonly a: readonly string[]; readonly b: readonly string[] };
}

/** Something that knows its publications, such as a loaded table. */
export interface WithPublications {
  readonly publications: readonly Publication[];
}

/**
 * The publications that two tables have both: by DOI where both sides know it (then nothing else counts), else by
 * title, else by the first author's surname and the year. Case, diacritics and punctuation are not looked at.
 */
export function sharedPublications(a: WithPublications, b: WithPublications): PublicationOverlap {
  const left = a.publications.map(keysOf);
  const right = b.publications.map(keysOf);
  const shared = left.flatMap((one) =>
    right.flatMap((other): SharedPublication[] => {
      const by = evidence(one, other);
      return by ? [{ a: one.publication, b: other.publication, by }] : [];
    }),
  );
  const alone = (own: readonly Keys[], others: readonly Keys[]): string[] =>
    own
      .filter((one) => !others.some((other) => comparable(one, other)))
      .map(({ publication }) => publication.group);
  return { shared, incomparable: { a: alone(left, right), b: alone(right, left) } };
}

/** What a publication is compared by. */
interface Keys {
  readonly publication: Publication;
  readonly title: string;
  readonly surnames: ReadonlySet<string>;
}

function keysOf(publication: Publication): Keys {
  const { title, author } = publication;
  return { publication, title: letters(title ?? ''), surnames: new Set(surnamesOf(author ?? '')) };
}

/** The same publication, and by what; `null` when nothing says so. */
function evidence(one: Keys, other: Keys): PublicationEvidence | null {
  const [p, q] = [one.publication, other.publication];
  if (p.doi && q.doi) return p.doi === q.doi ? 'doi' : null;
  const authored = p.year !== null && p.year === q.year && sameAuthor(one, other);
  if (one.title && other.title) {
    if (one.title !== other.title) return null;
    return authored ? 'author, year and title' : 'title';
  }
  return authored ? 'author and year' : null;
}

const sameAuthor = (one: Keys, other: Keys): boolean =>
  [...one.surnames].some((surname) => other.surnames.has(surname));

function comparable(one: Keys, other: Keys): boolean {
  const [p, q] = [one.publication, other.publication];
  if ((p.doi && q.doi) || (one.title && other.title)) return true;
  return p.year !== null && q.year !== null && one.surnames.size > 0 && other.surnames.size > 0;
}

/**
 * Surnames that the first of the authors may have: the last word before the first comma, semicolon, `&` or `and`, with
 * and without one or two small letters at its end, which are often the marks of an affiliation.
 */
function surnamesOf(authors: string): string[] {
  const [first] = authors.split(/[,;&†*⁎0-9]|\band\b/);
  const words = first
    .trim()
    .split(/\s+/)
    .filter((word) => letters(word).length > 1);
  const surname = letters(words.at(-1) ?? '');
  return surname === '' ? [] : [surname, ...(surname.length > 4 ? [surname.slice(0, -1)] : [])];
}

/** Letters and digits only, in lower case, without diacritics. */
const letters = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/**
 * A table without the rows of some publications.
 * @param publications - groups by name, or what `sharedPublications` found; of a pair the group that the table has goes.
 * @throws RangeError for a name that is not a group of the table.
 */
export function withoutPublications(
  table: Table,
  publications: readonly string[] | PublicationOverlap,
): Table {
  const own = texts(table, 'group');
  const known = new Set(own);
  if ('shared' in publications) {
    const pairs = publications.shared.flatMap(({ a, b }) => [a.group, b.group]);
    return without(table, own, new Set(pairs.filter((group) => known.has(group))));
  }
  const unknown = publications.filter((group) => !known.has(group));
  if (unknown.length > 0)
    throw new RangeError(`table has no publication ${quoted(unknown.slice(0, 3))}; see its column "group"`);
  return without(table, own, new Set(publications));
}

const without = (table: Table, own: readonly (string | null)[], banned: ReadonlySet<string>): Table =>
  filterRows(table, (i) => own[i] === null || !banned.has(own[i]));
