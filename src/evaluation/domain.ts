import { mahalanobis } from '../embedding/mahalanobis.js';
import { type NearestNeighbours, nearestNeighbours } from '../embedding/nearest-neighbours.js';
import { checkColumns, checkFinite, checkRows, checkWhole } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import { quantile } from '../numeric/statistics.js';
import { columnRanges, pickColumns, variedColumns } from './columns.js';
import { leverages } from './leverage.js';

/** One measure of how far rows lie from the training rows, and from which value on that is far. */
export interface DomainMeasure {
  readonly training: Float64Array;
  readonly query: Float64Array;
  readonly limit: number;
}

export type DomainVerdict = 'inside' | 'borderline' | 'outside';

/** Where query rows lie with respect to the rows that a model was trained on. */
export interface Domain {
  /** Leverage, limit 3 p / n. */
  readonly leverage: DomainMeasure;
  /** Mean distance to the k nearest training rows; limit: the training rows' own quantile. */
  readonly distance: DomainMeasure;
  /** Ledoit–Wolf Mahalanobis distance; limit: the training rows' own quantile. */
  readonly mahalanobis: DomainMeasure;
  /** For each query row the descriptors that lie beyond what was trained on. */
  readonly outOfRange: readonly (readonly string[])[];
  /** For each query row how many of the four criteria it breaks. */
  readonly broken: Uint8Array;
  /** Inside when none is broken, borderline for one, outside from two on. */
  readonly verdicts: readonly DomainVerdict[];
  /** For each query row its k nearest training rows. */
  readonly neighbours: NearestNeighbours;
}

export interface DomainOptions {
  /** Names of the d descriptors; their numbers. */
  names?: readonly string[];
  /** Nearest training rows that count; 5, or all where there are fewer. */
  neighbours?: number;
  /** Share of the training rows that the distances' limits hold; 0.95. */
  level?: number;
}

/**
 * Applicability domain by four criteria: leverage, distance to the nearest training rows, Mahalanobis distance and
 * descriptor ranges (OECD's third principle). Descriptors that training does not vary count for the ranges only.
 *
 * Sahigara et al. (2012), doi:10.3390/molecules17054791
 * @param X - n × d descriptors of the training rows, each on a common scale. @param query - m × d.
 * @throws RangeError when there are fewer than three training rows, columns differ, or a value is not finite.
 */
export function applicabilityDomain(
  X: Matrix,
  query: Matrix,
  {
    names = Array.from({ length: X.cols }, (_, j) => `${j}`),
    neighbours = 5,
    level = 0.95,
  }: DomainOptions = {},
): Domain {
  checkInput(X, query, names);
  checkWhole('neighbours', neighbours, 1);
  const varied = variedColumns(X);
  if (varied.length === 0) throw new RangeError('X must vary in at least one column, but all are constant');
  const [reference, asked] = [pickColumns(X, varied), pickColumns(query, varied)];
  const k = Math.min(neighbours, X.rows - 1);
  const found = nearestNeighbours(reference, k, { query: asked });
  const limited = (training: Float64Array, own: Float64Array): DomainMeasure => ({
    ...{ training, query: own, limit: quantile(Float64Array.from(training).sort(), level) },
  });
  const leverage = leverages(reference, asked);
  const distance = limited(meanDistances(nearestNeighbours(reference, k)), meanDistances(found));
  const spread = limited(mahalanobis(reference, reference), mahalanobis(reference, asked));
  const outOfRange = rangesLeft(X, query, names);
  const broken = Uint8Array.from(outOfRange, (beyond, i) =>
    [leverage, distance, spread].reduce(
      (sum, measure) => sum + Number(measure.query[i] > measure.limit),
      Number(beyond.length > 0),
    ),
  );
  const verdicts = Array.from(broken, verdictOf);
  return { leverage, distance, mahalanobis: spread, outOfRange, broken, verdicts, neighbours: found };
}

/** What a number of broken criteria means. */
export const verdictOf = (broken: number): DomainVerdict =>
  broken === 0 ? 'inside' : broken === 1 ? 'borderline' : 'outside';

function checkInput(X: Matrix, query: Matrix, names: readonly string[]): void {
  checkRows('X', X, 3);
  checkColumns('query', query, X.cols);
  checkFinite('X', X);
  checkFinite('query', query);
  if (names.length !== X.cols)
    throw new RangeError(`names must be ${X.cols}, one for each column, but are ${names.length}`);
}

const meanDistances = ({ distances, k }: NearestNeighbours): Float64Array =>
  Float64Array.from({ length: distances.length / k }, (_, i) => {
    let sum = 0;
    for (let r = 0; r < k; r++) sum += distances[i * k + r];
    return sum / k;
  });

function rangesLeft(X: Matrix, query: Matrix, names: readonly string[]): string[][] {
  const ranges = columnRanges(X);
  return Array.from({ length: query.rows }, (_, i) =>
    names.filter((_, j) => {
      const value = query.data[i * query.cols + j];
      return value < ranges[j].low || value > ranges[j].high;
    }),
  );
}
