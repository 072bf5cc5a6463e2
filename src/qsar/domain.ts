import { pickFeatures } from '../descriptors/pick.js';
import { mahalanobis } from '../embedding/mahalanobis.js';
import type { Table } from '../frames/table.js';
import { modelFeatures, type ToxicityModel } from '../models/toxicity-model.js';
import type { Matrix } from '../numeric/matrix.js';
import { quantile } from '../numeric/statistics.js';

/** How far rows lie from what a model was pre-trained on. */
export interface SourceDistances {
  /** Distance of each source row from the middle of the source. */
  readonly source: Float64Array;
  /** Distance of each target row from the middle of the source. */
  readonly target: Float64Array;
  /** 95 % of the source rows lie nearer than this. */
  readonly limit: number;
  /** Share of the target rows beyond the limit. */
  readonly outside: number;
  /** The features in which the distance is measured. */
  readonly features: readonly string[];
}

/**
 * Mahalanobis distances of source and target rows from the source, in the number descriptors (size, dose, time, zeta
 * potential; Ledoit–Wolf covariance). Words have no distance: a new cell line or material is not seen here.
 * @param level - share of the source inside the limit; 0.95.
 */
export function sourceDistances(
  model: ToxicityModel,
  source: Table,
  target: Table,
  { level = 0.95 }: { level?: number } = {},
): SourceDistances {
  const isNumber = new Set(
    model.encoder.columns.flatMap((part) =>
      part.kind === 'number' ? [part.logarithm ? `log10 ${part.column}` : part.column] : [],
    ),
  );
  const all = modelFeatures(model, source);
  // Along a descriptor that the source does not vary, a distance from it means nothing.
  const varies = new Set(all.names.filter((name, j) => isNumber.has(name) && isVaried(all.values, j)));
  const reference = pickFeatures(all, (name) => varies.has(name));
  const numbersOf = (table: Table) => pickFeatures(modelFeatures(model, table), (name) => varies.has(name));
  const own = mahalanobis(reference.values, reference.values);
  const others = mahalanobis(reference.values, numbersOf(target).values);
  const limit = quantile(Float64Array.from(own).sort(), level);
  const outside = others.filter((distance) => distance > limit).length / others.length;
  return { source: own, target: others, limit, outside, features: reference.names };
}

function isVaried(X: Matrix, j: number): boolean {
  for (let i = 1; i < X.rows; i++) if (X.data[i * X.cols + j] !== X.data[j]) return true;
  return false;
}
