import { encode } from '../descriptors/encode.js';
import type { Encoder } from '../descriptors/encoder.js';
import type { Features } from '../descriptors/features.js';
import type { Seen } from '../frames/seen.js';
import type { Table } from '../frames/table.js';
import { column, type Matrix } from '../numeric/matrix.js';
import type { DenseNetwork } from '../numeric/network.js';
import { predict } from './network.js';

/** One training that a model went through. */
export interface Stage {
  readonly name: 'pre-train' | 'fine-tune' | 'from scratch';
  readonly rows: number;
  readonly toxicRows: number;
  readonly publications: number;
  readonly epochs: number;
  /** Names of the layers whose weights were kept. */
  readonly frozen: readonly string[];
  /** For gradual unfreezing, the epochs after which a layer joined in. */
  readonly unfreeze?: Readonly<Record<string, number>>;
  readonly seed: number;
  /** Mean training loss of each epoch. */
  readonly loss: readonly number[];
}

/** A fitted network with everything it needs to judge a new particle: its encoder is inside. */
export interface ToxicityModel {
  readonly encoder: Encoder;
  readonly network: DenseNetwork;
  /** Share of units dropped while training. */
  readonly dropout: number;
  readonly stages: readonly Stage[];
  /** Everything that any part of the model was fitted on. */
  readonly seen: Seen;
}

/** The features of a table as the model sees them. */
export function modelFeatures(model: ToxicityModel, table: Table): Features {
  return encode(model.encoder, table);
}

/**
 * The probability that viability falls below the threshold of the training labels.
 * @param rows - a table in the common schema, or features of this model.
 * @returns one probability per row.
 * @throws RangeError when the table lacks a descriptor column.
 */
export function predictToxicity(model: ToxicityModel, rows: Table | Matrix): Float64Array {
  const X = 'columns' in rows ? encode(model.encoder, rows).values : rows;
  return column(predict(model.network, X), 0);
}
