import { type Groups, groupsOf } from './groups.js';
import { takeValues } from './rows.js';
import { type Column, columnOf, numbers, type Table } from './table.js';

/** What a group's numbers are drawn together to; missing values are left out. */
export type Aggregate = 'count' | 'sum' | 'mean' | 'sd' | 'min' | 'max';

/** A new column: what, of which column. */
export type AggregateRule = readonly [what: Aggregate, column: string];

/**
 * One row per group, in the order in which groups first occur, with a column per rule: `count` of filled values, their
 * `sum`, `mean`, `sd` (n − 1; NaN for fewer than two), `min` and `max` (NaN for none).
 * @param by - one or more columns whose values make the groups; a missing value is a group too.
 * @throws RangeError for a column that is not there; TypeError for text where numbers are wanted.
 */
export function aggregate(
  table: Table,
  by: string | readonly string[],
  rules: Readonly<Record<string, AggregateRule>>,
): Table {
  const keys = [by].flat();
  const groups = groupsOf(table, keys);
  const columns = new Map<string, Column>();
  for (const key of keys) columns.set(key, takeValues(columnOf(table, key), groups.first));
  const summaries = new Map<string, Summaries>();
  for (const [name, [what, column]] of Object.entries(rules)) {
    if (!summaries.has(column)) summaries.set(column, summariesOf(numbers(table, column), groups));
    columns.set(name, { kind: 'number', values: summaries.get(column)!(what) });
  }
  return { rows: groups.first.length, columns };
}

type Summaries = (what: Aggregate) => Float64Array;

/** The summaries of one column, each worked out when it is asked for and kept. */
function summariesOf(values: Float64Array, groups: Groups): Summaries {
  const known = new Map<Aggregate, Float64Array>();
  function summary(what: Aggregate): Float64Array {
    const found = known.get(what);
    if (found) return found;
    const made = make(what);
    known.set(what, made);
    return made;
  }
  function make(what: Aggregate): Float64Array {
    if (what === 'mean') {
      const count = summary('count');
      return summary('sum').map((sum, k) => sum / count[k]);
    }
    if (what === 'sd') return deviations(values, groups, summary('mean'), summary('count'));
    if (what === 'min' || what === 'max') return extremes(values, groups, what === 'max');
    const [sum, count] = sums(values, groups);
    known.set('sum', sum).set('count', count);
    return what === 'sum' ? sum : count;
  }
  return summary;
}

/** Four partial sums a group, so that one row's addition need not wait for the last one's. */
const LANES = 4;

function sums(values: Float64Array, { codes, first }: Groups): [Float64Array, Float64Array] {
  const partial = new Float64Array(LANES * first.length);
  const counts = new Int32Array(LANES * first.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const at = LANES * codes[i] + (i & (LANES - 1));
    if (Number.isNaN(value)) continue;
    counts[at]++;
    partial[at] += value;
  }
  return [gathered(partial), gathered(counts)];
}

/** Squared distances from the group's mean, in a pass of their own: no cancellation. */
function deviations(
  values: Float64Array,
  { codes, first }: Groups,
  mean: Float64Array,
  count: Float64Array,
): Float64Array {
  const partial = new Float64Array(LANES * first.length);
  for (let i = 0; i < values.length; i++) {
    const distance = values[i] - mean[codes[i]];
    if (Number.isNaN(distance)) continue;
    partial[LANES * codes[i] + (i & (LANES - 1))] += distance * distance;
  }
  return gathered(partial).map((sum, k) => (count[k] > 1 ? Math.sqrt(sum / (count[k] - 1)) : Number.NaN));
}

function gathered(partial: Float64Array | Int32Array): Float64Array {
  return Float64Array.from({ length: partial.length / LANES }, (_, k) => {
    const [a, b, c, d] = partial.subarray(LANES * k, LANES * k + LANES);
    return a + b + (c + d);
  });
}

function extremes(values: Float64Array, { codes, first }: Groups, largest: boolean): Float64Array {
  const none = largest ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const best = new Float64Array(first.length).fill(none);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const held = best[codes[i]];
    if (largest ? value > held : value < held) best[codes[i]] = value;
  }
  return best.map((value) => (value === none ? Number.NaN : value));
}
