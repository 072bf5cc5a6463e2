import { encode } from '../descriptors/encode.js';
import { type DescriptorChoice, type Encoder, fitEncoder } from '../descriptors/encoder.js';
import { type Seen, seenIn } from '../frames/seen.js';
import { numbers, type Table } from '../frames/table.js';
import { type ClassicalModel, fitClassical, predictClassical } from '../models/classical/classical.js';
import type { TraditionalArm } from './arm.js';

/** A traditional model with the encoder that was fitted on the same rows. */
export interface TraditionalModel {
  readonly encoder: Encoder;
  readonly classical: ClassicalModel;
  readonly seen: Seen;
}

/** Fits encoder and model on the training rows. */
export function fitTraditional(
  { model, options = {} }: TraditionalArm,
  train: Table,
  { seed, descriptors }: { seed: number; descriptors?: DescriptorChoice },
): TraditionalModel {
  const encoder = fitEncoder(train, { descriptors });
  const X = encode(encoder, train).values;
  // Platt's sigmoid of an SVM is fitted on inner folds of rows: where few publications are held out together, decision
  // values rank backwards often enough that the sigmoid falls and turns every prediction round.
  const classical = fitClassical(model, X, numbers(train, 'toxic'), { seed, ...options });
  const columns = encoder.columns.map((part) => part.column);
  return { encoder, classical, seen: seenIn([train], columns) };
}

/** The probability of toxicity of each row. */
export const predictTraditional = ({ encoder, classical }: TraditionalModel, table: Table): Float64Array =>
  predictClassical(classical, encode(encoder, table).values);
