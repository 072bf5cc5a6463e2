import { numberFromText } from './cells.js';
import { nearest } from './nearest.js';
import { parseQuantity } from './quantity.js';
import type { ColumnRule, SchemaColumn } from './schema.js';
import { type Column, type NumberColumn, type TextColumn, textAt, textColumn } from './table.js';
import { type Conversion, conversion, knownUnits, normaliseUnit, type Particle } from './units.js';

/** What happened to the values of one column on their way into the schema. */
export interface Conversions {
  /** Rows per unit other than the schema's. */
  readonly units: Map<string, number>;
  /** Rows per unit that could not be converted and were left empty. */
  readonly emptied: Map<string, number>;
  /** Rows read from `a ± b` and from `a–b`. */
  spreads: number;
  ranges: number;
}

/**
 * The numbers of a file's column in the schema's unit.
 * @param particles - size and density per row, for doses that count particles.
 * @throws RangeError for a unit that is not known; TypeError naming row and column of the first text.
 */
export function convertNumbers(
  column: Column,
  rule: ColumnRule,
  target: SchemaColumn,
  particles: (row: number) => Particle,
): { values: Float64Array; conversions: Conversions } {
  const conversions: Conversions = { units: new Map(), emptied: new Map(), spreads: 0, ranges: 0 };
  const unit = rule.unit ?? target.unit ?? '';
  const converters = new Map([[unit, target.dimension ? converter(unit, target) : identity]]);
  const read = readerOf(column, rule, target);
  const rows = column.kind === 'text' ? column.codes.length : column.values.length;
  const values = new Float64Array(rows).fill(Number.NaN);
  for (let i = 0; i < rows; i++) {
    const reading = read(i);
    if (reading === null) continue;
    const own = reading.unit === '' ? unit : unitInBrackets(reading.unit, rule);
    if (own === '') {
      count(conversions.emptied, reading.unit);
      continue;
    }
    if (!converters.has(own)) converters.set(own, converter(own, target));
    values[i] = converters.get(own)!(reading.value, particles(i));
    if (Number.isNaN(values[i])) count(conversions.emptied, own);
    else if (target.unit && normaliseUnit(own) !== normaliseUnit(target.unit)) count(conversions.units, own);
    if (reading.form === 'spread') conversions.spreads++;
    if (reading.form === 'range') conversions.ranges++;
  }
  return { values, conversions };
}

const identity: Conversion = (value) => value;

function converter(unit: string, target: SchemaColumn): Conversion {
  const found = conversion(unit, target.dimension!);
  if (found) return found;
  const known = knownUnits(target.dimension!);
  const near = nearest(unit, known);
  throw new RangeError(
    `unit "${unit}" of ${target.name} is not known${near ? `; did you mean "${near}"?` : ''}; known are ${known.join(', ')}`,
  );
}

/** Counts a unit under the first of its spellings that was met. */
function count(counts: Map<string, number>, unit: string): void {
  const known = [...counts.keys()].find((key) => normaliseUnit(key) === normaliseUnit(unit)) ?? unit;
  counts.set(known, (counts.get(known) ?? 0) + 1);
}

/** What a unit in brackets stands for; the empty text when it cannot be converted. */
function unitInBrackets(unit: string, { bracketUnits = {} }: ColumnRule): string {
  const key = Object.keys(bracketUnits).find((known) => normaliseUnit(known) === normaliseUnit(unit));
  return key === undefined ? unit : bracketUnits[key];
}

interface Reading {
  readonly value: number;
  readonly unit: string;
  readonly form: 'plain' | 'spread' | 'range';
}

/** How row i of a column is read: numbers as they are, each word of a text column parsed once. */
function readerOf(column: Column, rule: ColumnRule, target: SchemaColumn): (row: number) => Reading | null {
  if (column.kind === 'date')
    throw new TypeError(`column "${rule.column}" must be numbers for ${target.name}, but it holds dates`);
  if (column.kind === 'number') return (i) => plain(column.values[i]);
  const readings = column.words.map((word) => readWord(word, rule));
  const bad = column.codes.findIndex((code) => code >= 0 && readings[code] === null);
  if (bad >= 0)
    throw new TypeError(
      `row ${bad + 1} of column "${rule.column}" holds "${column.words[column.codes[bad]]}", but ${target.name} must be a number` +
        (rule.quantities ? '' : '; mend the file, or set quantities: true to read values such as "50 ± 3"'),
    );
  return (i) => (column.codes[i] < 0 ? null : readings[column.codes[i]]);
}

const plain = (value: number): Reading | null =>
  Number.isNaN(value) ? null : { value, unit: '', form: 'plain' };

function readWord(word: string, { quantities }: ColumnRule): Reading | null {
  const value = numberFromText(word);
  if (value !== null) return { value, unit: '', form: 'plain' };
  return quantities ? parseQuantity(word) : null;
}

/** The words of one or more columns in the schema's spelling. */
export function convertTexts(columns: readonly Column[], rule: ColumnRule, rows: number): TextColumn {
  const { synonyms = {}, whenEmpty = '', prefix = '' } = rule;
  const spelling = new Map(Object.entries(synonyms).map(([from, to]) => [from.toLowerCase(), to]));
  const respell = (word: string): string => {
    const tidy = tidyText(word);
    return tidy === '' ? whenEmpty : (spelling.get(tidy.toLowerCase()) ?? prefix + tidy);
  };
  if (columns.length === 1 && columns[0].kind === 'text') return mapWords(columns[0], respell, whenEmpty);
  return textColumn(
    Array.from({ length: rows }, (_, i) =>
      respell(columns.map((column) => textAt(column, i) ?? '').join(columns.length > 1 ? ' | ' : '')),
    ),
  );
}

/** The same map of every word, done once per word. */
export function mapWords(column: TextColumn, respell: (word: string) => string, whenEmpty = ''): TextColumn {
  const spelled = column.words.map(respell);
  return textColumn(Array.from(column.codes, (code) => (code < 0 ? whenEmpty : spelled[code])));
}

/** Soft hyphens become hyphens, no-break blanks blanks, runs of blanks one; none at the ends. */
export function tidyText(text: string): string {
  return text
    .replace(/\u00ad/g, '-')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

/** Numbers as a schema column. */
export const numberColumn = (values: Float64Array): NumberColumn => ({ kind: 'number', values });
