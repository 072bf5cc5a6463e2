import { numbers, type Table, texts } from '../frames/table.js';
import { fitFrequency, fitNumbers, fitWords } from './fit-columns.js';

/** Which columns of a table become descriptors, and how. */
export interface DescriptorChoice {
  /** Columns of words: one-hot encoded. */
  readonly words: readonly string[];
  /** Columns of numbers, used as they are. */
  readonly numbers: readonly string[];
  /** Columns of positive numbers, used as log10; zero becomes half the smallest positive value of the fit. */
  readonly logarithms: readonly string[];
  /** Columns of words as one number: the share of the fit's rows that hold the word; a word not seen there has none. */
  readonly frequencies?: readonly string[];
}

/** Every column that a choice names. */
export const descriptorColumns = ({
  words,
  frequencies = [],
  logarithms,
  numbers: plain,
}: DescriptorChoice = SCHEMA_DESCRIPTORS): string[] => [...words, ...frequencies, ...logarithms, ...plain];

/** The descriptors of the common schema: annotations of particle, dose and test; never the publication. */
export const SCHEMA_DESCRIPTORS: DescriptorChoice = {
  words: ['material', 'surface', 'cell', 'assay'],
  numbers: ['zeta_mV'],
  logarithms: ['size_nm', 'dose_ug_mL', 'time_h'],
};

/** A number column as it was fitted: `(f(x) − mean) / deviation`, `median` in place of a missing value. */
export interface NumberEncoding {
  readonly kind: 'number';
  readonly column: string;
  readonly logarithm: boolean;
  /** Smallest value taken before the logarithm. */
  readonly floor: number;
  /** What stands in for a missing value, after the transform: the median, or the mean. */
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

/** A word column as shares of rows: `(share − mean) / deviation`; a word that the fit did not see has share 0. */
export interface FrequencyEncoding {
  readonly kind: 'frequency';
  readonly column: string;
  readonly levels: readonly string[];
  /** Of each level. */
  readonly shares: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

/** How a table becomes features, as plain data that is saved with the model that was trained on them. */
export interface Encoder {
  readonly columns: readonly (NumberEncoding | WordEncoding | FrequencyEncoding)[];
  /** How many rows it was fitted on. */
  readonly rows: number;
}

export interface EncoderOptions {
  /** The columns to use; `SCHEMA_DESCRIPTORS`. */
  descriptors?: DescriptorChoice;
  /** A word needs this many rows to get a feature of its own; 5. */
  minimumRows?: number;
  /** What replaces a missing number; `median`. */
  imputation?: 'median' | 'mean';
  /** Whether numbers are brought to mean 0 and deviation 1 (`standard`), to median 0 and quartile distance 1, or left. */
  scaling?: 'standard' | 'robust' | 'none';
  /** Whether a feature says that a number was missing, where one was; true. */
  indicators?: boolean;
}

/** How numbers are imputed and scaled. */
export type NumberOptions = Required<Pick<EncoderOptions, 'imputation' | 'scaling' | 'indicators'>>;

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
  { descriptors = SCHEMA_DESCRIPTORS, minimumRows = 5, ...options }: EncoderOptions = {},
): Encoder {
  const how: NumberOptions = { imputation: 'median', scaling: 'standard', indicators: true, ...options };
  if (table.rows === 0)
    throw new RangeError('table must have at least one row to fit an encoder, but is empty');
  return {
    rows: table.rows,
    columns: [
      ...descriptors.words.map((name) => fitWords(wordsOf(table, name), name, minimumRows)),
      ...(descriptors.frequencies ?? []).map((name) => fitFrequency(wordsOf(table, name), name)),
      ...descriptors.logarithms.map((name) => fitNumbers(numbers(table, name), name, true, how)),
      ...descriptors.numbers.map((name) => fitNumbers(numbers(table, name), name, false, how)),
    ],
  };
}

const wordsOf = (table: Table, name: string): string[] =>
  texts(table, name).map((text) => text ?? NOT_STATED);

/** Names of the features that an encoder makes, and the column that each comes from. */
export function featureNames(encoder: Encoder): { names: string[]; groups: string[] } {
  const pairs = encoder.columns.flatMap((part): [string, string][] => {
    if (part.kind === 'words') return part.levels.map((level) => [`${part.column}: ${level}`, part.column]);
    if (part.kind === 'frequency') return [[`share of ${part.column}`, part.column]];
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
