import { type Column, columnLength, columnOf, numbers, type Table, textAt } from '../frames/table.js';
import { log } from '../numeric/elementary.js';

/** Which columns of a table become descriptors, and how. */
export interface DescriptorChoice {
  /** Columns of words: one-hot encoded. */
  readonly words: readonly string[];
  /** Columns of numbers, used as they are. */
  readonly numbers: readonly string[];
  /** Columns of positive numbers, used as log10; zero becomes half the smallest positive value of the fit. */
  readonly logarithms: readonly string[];
}

/** The descriptors of the common schema: annotations of particle, dose and test; never the publication. */
export const SCHEMA_DESCRIPTORS: DescriptorChoice = {
  words: ['material', 'surface', 'cell', 'assay'],
  numbers: ['zeta_mV'],
  logarithms: ['size_nm', 'dose_ug_mL', 'time_h'],
};

/** A number column as it was fitted: `(f(x) − mean) / deviation`, the median in place of a missing value. */
export interface NumberEncoding {
  readonly kind: 'number';
  readonly column: string;
  readonly logarithm: boolean;
  /** Smallest value taken before the logarithm. */
  readonly floor: number;
  readonly median: number;
  readonly mean: number;
  readonly deviation: number;
  /** Whether a second feature says that the value was missing. */
  readonly missing: boolean;
}

/** A word column as it was fitted: one feature a level; any other word is all zeros. */
export interface WordEncoding {
  readonly kind: 'words';
  readonly column: string;
  readonly levels: readonly string[];
}

/** How a table becomes features, as plain data that is saved with the model that was trained on them. */
export interface Encoder {
  readonly columns: readonly (NumberEncoding | WordEncoding)[];
  /** How many rows it was fitted on. */
  readonly rows: number;
}

export interface EncoderOptions {
  /** The columns to use; `SCHEMA_DESCRIPTORS`. */
  descriptors?: DescriptorChoice;
  /** A word needs this many rows to get a feature of its own; 5. */
  minimumRows?: number;
}

const LN10 = log(10);

/** The level that stands for an empty cell of a word column. */
export const NOT_STATED = 'not stated';

/**
 * Learns from training rows how to turn a table into numbers: which words get a feature, by what median a missing
 * number is replaced, and by what mean and standard deviation (population, as scikit-learn's StandardScaler) it is
 * scaled. Labels are not looked at.
 * @param table - the training rows only: whatever is fitted here, a held-out row must not have been seen.
 * @throws RangeError when the table is empty or lacks a column; TypeError when a number column is text.
 */
export function fitEncoder(
  table: Table,
  { descriptors = SCHEMA_DESCRIPTORS, minimumRows = 5 }: EncoderOptions = {},
): Encoder {
  if (table.rows === 0)
    throw new RangeError('table must have at least one row to fit an encoder, but is empty');
  return {
    rows: table.rows,
    columns: [
      ...descriptors.words.map((name) => fitWords(columnOf(table, name), name, minimumRows)),
      ...descriptors.logarithms.map((name) => fitNumbers(numbers(table, name), name, true)),
      ...descriptors.numbers.map((name) => fitNumbers(numbers(table, name), name, false)),
    ],
  };
}

function fitWords(column: Column, name: string, minimumRows: number): WordEncoding {
  const counts = new Map<string, number>();
  for (let i = 0; i < columnLength(column); i++) {
    const word = textAt(column, i) ?? NOT_STATED;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const levels = [...counts].filter(([, count]) => count >= minimumRows).map(([word]) => word);
  return { kind: 'words', column: name, levels: levels.sort() };
}

function fitNumbers(values: Float64Array, name: string, logarithm: boolean): NumberEncoding {
  const known = values.filter((value) => Number.isFinite(value)).sort();
  const floor = logarithm ? (known.find((value) => value > 0) ?? 1) / 2 : Number.NEGATIVE_INFINITY;
  const transformed = known.map((value) => transform(value, logarithm, floor));
  const median = transformed.length > 0 ? middle(transformed) : 0;
  const filled = values.map((value) =>
    Number.isFinite(value) ? transform(value, logarithm, floor) : median,
  );
  const mean = filled.reduce((sum, value) => sum + value, 0) / filled.length;
  const variance = filled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / filled.length;
  return {
    ...{ kind: 'number', column: name, logarithm, floor, median, mean },
    deviation: variance > 0 ? Math.sqrt(variance) : 1,
    missing: known.length < values.length,
  };
}

/** A value as the encoder scales it, before mean and deviation. */
export const transform = (value: number, logarithm: boolean, floor: number): number =>
  logarithm ? log(Math.max(value, floor)) / LN10 : value;

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Names of the features that an encoder makes, and the column that each comes from. */
export function featureNames(encoder: Encoder): { names: string[]; groups: string[] } {
  const pairs = encoder.columns.flatMap((part): [string, string][] => {
    if (part.kind === 'words') return part.levels.map((level) => [`${part.column}: ${level}`, part.column]);
    const name = part.logarithm ? `log10 ${part.column}` : part.column;
    return part.missing
      ? [
          [name, part.column],
          [`${part.column} missing`, part.column],
        ]
      : [[name, part.column]];
  });
  return { names: pairs.map(([name]) => name), groups: pairs.map(([, group]) => group) };
}
