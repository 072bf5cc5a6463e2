import type { Predict } from '../attribution/attribution.js';
import { shapley } from '../attribution/shapley.js';
import { encode } from '../descriptors/encode.js';
import type { Encoder } from '../descriptors/encoder.js';
import { takeTableRows } from '../frames/rows.js';
import { type Column, type Table, table, textAt } from '../frames/table.js';
import type { DenseNetwork } from '../numeric/network.js';
import { random } from '../numeric/random.js';

/** A model that sees rows through an encoder: a `ToxicityModel`, or a function of features in a network's place. */
export interface Explainable {
  readonly encoder: Encoder;
  readonly network: DenseNetwork | Predict;
}

/** One particle and its test: values of the model's columns; what is left out counts as not stated. */
export type Particle = Readonly<Record<string, number | string | null | undefined>>;

/** A prediction for one particle, and what it is made of. */
export interface WhatIf {
  readonly probability: number;
  /** Mean prediction over the background rows: the sum of shares starts here. */
  readonly base: number;
  /** Shapley values, the largest first; base and shares add up to the probability. */
  readonly shares: readonly { readonly column: string; readonly value: string; readonly share: number }[];
}

/**
 * A function that answers for one particle at a time, fast enough to follow a slider.
 * @param background - rows that stand for not knowing a column; at most `options.rows` (30) of them are drawn.
 * @returns a function; it throws RangeError for a column that the model does not have, TypeError for a word where a
 * number belongs or the other way round.
 */
export function whatIf(
  { encoder, network }: Explainable,
  background: Table,
  { rows = 30, seed = 1 }: { rows?: number; seed?: number } = {},
): (particle: Particle) => Promise<WhatIf> {
  const drawn = random(seed).fork('what-if').permutation(background.rows).subarray(0, rows);
  const behind = encode(encoder, takeTableRows(background, drawn)).values;
  return async (particle) => {
    const asked = particleTable(encoder, particle);
    const { values, groups } = encode(encoder, asked);
    const explained = await shapley(network, values, behind, { groups, workers: 0 });
    const shares = explained.groups.map((column, g) => ({
      ...{ column, share: explained.values.data[g] },
      value: textAt(asked.columns.get(column)!, 0) ?? 'not stated',
    }));
    return {
      ...{ probability: explained.predictions[0], base: explained.base },
      shares: shares.sort((a, b) => Math.abs(b.share) - Math.abs(a.share)),
    };
  };
}

/**
 * One particle as a table of one row with every column of an encoder.
 * @throws RangeError for a column that is not the encoder's; TypeError for a value of the wrong kind.
 */
export function particleTable({ columns }: Encoder, particle: Particle): Table {
  const names = columns.map((part) => part.column);
  for (const name of Object.keys(particle))
    if (!names.includes(name))
      throw new RangeError(`particle must have columns among ${names.join(', ')}, but has "${name}"`);
  return table(
    columns.map(({ kind, column }): [string, Column] => {
      const value = particle[column] ?? null;
      const expected = kind === 'words' ? 'string' : 'number';
      const given: string = typeof value;
      if (value !== null && given !== expected)
        throw new TypeError(`particle's ${column} must be a ${expected}, but is ${JSON.stringify(value)}`);
      return kind === 'words'
        ? [column, { kind: 'text', codes: Int32Array.of(value === null ? -1 : 0), words: [String(value)] }]
        : [column, { kind: 'number', values: Float64Array.of(value === null ? Number.NaN : Number(value)) }];
    }),
  );
}
