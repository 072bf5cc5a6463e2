import type { BootstrapOptions, Interval } from '../evaluation/bootstrap.js';
import { rateIntervals } from '../evaluation/rates.js';
import { type Matrix, row } from '../numeric/matrix.js';
import { meanByParticle } from './mixtures.js';

/** How often each cause is named in one environment. */
export interface CauseFrequencies {
  readonly environment: string;
  /** Particles, and how many of them were answered: not too far from what the model knows. */
  readonly particles: number;
  readonly answered: number;
  /** K shares of answered particles of which the cause is a part: its share is at least `least`. */
  readonly named: readonly Interval[];
  /** K shares of answered particles whose largest cause it is. */
  readonly primary: readonly Interval[];
  /** The same two from the true shares of all particles, where they are known: without abstention and without error. */
  readonly truth?: { readonly named: Float64Array; readonly primary: Float64Array };
}

export interface NaturalOptions extends BootstrapOptions {
  /** From which share on a cause counts as a part of a particle's ageing; 0.2. */
  readonly least?: number;
  /** n: 1 where no answer is given; a particle is left out when most of its fields are. */
  readonly abstain?: ArrayLike<number>;
  /** n × K true shares, of synthetic scenes. */
  readonly truth?: Matrix;
}

/**
 * Frequencies of causes by environment, over particles, with intervals from resampling particles; `all` comes first.
 * @param shares - n × K. @param particles - n names. @param environments - n names; one for all fields of a particle.
 */
export function causeFrequencies(
  shares: Matrix,
  particles: readonly string[],
  environments: readonly string[],
  { least = 0.2, abstain, truth, ...options }: NaturalOptions = {},
): CauseFrequencies[] {
  if (environments.length !== shares.rows)
    throw new RangeError(
      `environments must name ${shares.rows} rows like shares, but name ${environments.length}`,
    );
  const mean = meanByParticle(shares, particles);
  const known = truth && meanByParticle(truth, particles).values;
  const withheld = abstain && meanByParticle(columnOf(abstain), particles).values.data;
  const places = Array.from(mean.first, (i) => environments[i]);
  return ['all', ...new Set(places)].map((environment) => {
    const own = Array.from(places.keys()).filter((p) => environment === 'all' || places[p] === environment);
    const answered = own.filter((p) => !withheld || withheld[p] <= 0.5);
    return {
      ...{ environment, particles: own.length, answered: answered.length },
      ...frequencies(mean.values, answered, least, mean.particles, options),
      ...(known ? { truth: trueFrequencies(known, own, least) } : {}),
    };
  });
}

const columnOf = (values: ArrayLike<number>): Matrix => ({
  ...{ rows: values.length, cols: 1, data: Float64Array.from(values) },
});

const NOTHING: Interval = { value: Number.NaN, low: 0, high: 1 };

function frequencies(
  shares: Matrix,
  rows: readonly number[],
  least: number,
  names: readonly string[],
  options: BootstrapOptions,
) {
  const classes = Array.from({ length: shares.cols }, (_, k) => k);
  if (rows.length === 0) return { named: classes.map(() => NOTHING), primary: classes.map(() => NOTHING) };
  const rates = classes.flatMap((k) => [
    [`named ${k}`, { values: rows.map((p) => Number(shares.data[p * shares.cols + k] >= least)) }] as const,
    [`primary ${k}`, { values: rows.map((p) => Number(largest(row(shares, p)) === k)) }] as const,
  ]);
  const found = rateIntervals(
    rows.map((p) => names[p]),
    Object.fromEntries(rates),
    options,
  );
  return {
    named: classes.map((k) => found[`named ${k}`]),
    primary: classes.map((k) => found[`primary ${k}`]),
  };
}

function trueFrequencies(shares: Matrix, rows: readonly number[], least: number) {
  const over = (counts: (p: number, k: number) => boolean) =>
    Float64Array.from(
      { length: shares.cols },
      (_, k) => rows.filter((p) => counts(p, k)).length / rows.length,
    );
  return {
    named: over((p, k) => shares.data[p * shares.cols + k] >= least),
    primary: over((p, k) => largest(row(shares, p)) === k),
  };
}

const largest = (values: Float64Array): number => values.indexOf(values.reduce((a, b) => Math.max(a, b)));
