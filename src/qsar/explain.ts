import type { Attribution, Predict } from '../attribution/attribution.js';
import { shapley } from '../attribution/shapley.js';
import { encode } from '../descriptors/encode.js';
import type { Encoder } from '../descriptors/encoder.js';
import { takeTableRows } from '../frames/rows.js';
import { columnOf, type Table, textAt } from '../frames/table.js';
import type { ToxicityModel } from '../models/toxicity-model.js';
import { takeRows } from '../numeric/matrix.js';
import type { DenseNetwork } from '../numeric/network.js';
import { random } from '../numeric/random.js';

export interface ExplainOptions {
  /** Draws the rows and the background; 1. */
  seed?: number;
  /** Rows to explain, drawn at random; 200, or all where there are fewer. */
  rows?: number;
  /** Background rows, drawn at random from the same table; 100. */
  background?: number;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** Shapley values by original column, with the values of those columns for the explained rows. */
export interface Explanation extends Attribution {
  /** The rows that were explained, in the table's own units. */
  readonly table: Table;
  /** For each group its numbers, or undefined for a column of words. */
  readonly colours: readonly (Float64Array | undefined)[];
  /** For each group its values as text. */
  readonly labels: readonly (readonly string[])[];
}

/**
 * Which columns decided: exact Shapley values of the predicted probability, all features of one original column
 * (one-hot words, number and missing-value mark) taken together.
 *
 * A value says how the model used a column, not what the column does to a cell.
 * @param table - rows in the common schema; explained rows and background are drawn from it.
 */
export const explainToxicity = (
  { network, encoder }: ToxicityModel,
  table: Table,
  options: ExplainOptions = {},
): Promise<Explanation> => explainRows(network, encoder, table, options);

/**
 * The same for any model that sees rows through an encoder, such as a random forest.
 * @param model - a network, or a function from features to one probability for each row.
 */
export async function explainRows(
  model: Predict | DenseNetwork,
  encoder: Encoder,
  table: Table,
  { seed = 1, rows = 200, background = 100, ...options }: ExplainOptions = {},
): Promise<Explanation> {
  const features = encode(encoder, table);
  const chosen = random(seed).fork('explained rows').permutation(table.rows).subarray(0, rows).slice().sort();
  const behind = random(seed)
    .fork('background')
    .permutation(table.rows)
    .subarray(0, background)
    .slice()
    .sort();
  const attribution = await shapley(
    model,
    takeRows(features.values, chosen),
    takeRows(features.values, behind),
    { groups: features.groups, seed, ...options },
  );
  const explained = takeTableRows(table, chosen);
  const columns = attribution.groups.map((name) => columnOf(explained, name));
  return {
    ...attribution,
    table: explained,
    colours: columns.map((column) => (column.kind === 'text' ? undefined : column.values)),
    labels: columns.map((column) =>
      Array.from({ length: explained.rows }, (_, i) => textAt(column, i) ?? 'not stated'),
    ),
  };
}
