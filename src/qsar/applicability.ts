import { encode } from '../descriptors/encode.js';
import { type Encoder, featureNames, NOT_STATED } from '../descriptors/encoder.js';
import { applicabilityDomain, type Domain, type DomainOptions, verdictOf } from '../evaluation/domain.js';
import { columnOf, type Table, textAt } from '../frames/table.js';
import type { ToxicityModel } from '../models/toxicity-model.js';

export type ModelDomainOptions = Omit<DomainOptions, 'names'>;

/** The domain of a model, with the words that it cannot see. */
export interface ModelDomain extends Domain {
  /** For each query row the words that have no feature, being rare in training or never met: `cell: Vero`. */
  readonly unknownWords: readonly (readonly string[])[];
}

/**
 * Where query rows lie with respect to the rows that a model was trained on, in the model's own features.
 * @param training - the rows that the model was fine-tuned on. @param query - rows in the common schema.
 * @throws RangeError as `applicabilityDomain` does, or when a table lacks a descriptor column.
 */
export const modelDomain = (
  model: ToxicityModel,
  training: Table,
  query: Table,
  options: ModelDomainOptions = {},
): ModelDomain => encoderDomain(model.encoder, training, query, options);

/**
 * The same for any model that sees rows through an encoder. A word without a feature leaves no trace in the features,
 * so it is looked for separately and counts as out of range.
 */
export function encoderDomain(
  encoder: Encoder,
  training: Table,
  query: Table,
  options: ModelDomainOptions = {},
): ModelDomain {
  const domain = applicabilityDomain(encode(encoder, training).values, encode(encoder, query).values, {
    ...options,
    names: featureNames(encoder).names,
  });
  const unknownWords = wordsWithoutFeature(encoder, query);
  const broken = domain.broken.map(
    (count, i) => count + Number(unknownWords[i].length > 0 && domain.outOfRange[i].length === 0),
  );
  return { ...domain, unknownWords, broken, verdicts: Array.from(broken, verdictOf) };
}

function wordsWithoutFeature(encoder: Encoder, table: Table): string[][] {
  const known = encoder.columns.flatMap((part) =>
    part.kind === 'words' ? [{ name: part.column, levels: new Set(part.levels) }] : [],
  );
  return Array.from({ length: table.rows }, (_, i) =>
    known.flatMap(({ name, levels }) => {
      const word = textAt(columnOf(table, name), i) ?? NOT_STATED;
      return levels.has(word) ? [] : [`${name}: ${word}`];
    }),
  );
}
