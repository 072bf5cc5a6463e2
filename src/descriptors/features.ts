import type { Matrix } from '../numeric/matrix.js';

/** Descriptors of n particles or tests, as numbers: what every model, explanation and map starts from. */
export interface Features {
  /** One name per row. */
  readonly ids: readonly string[];
  /** One name per column, such as `surface: NH2` or `log10 dose`. */
  readonly names: readonly string[];
  /** The original column each feature comes from, such as `surface`: columns of one group are explained together. */
  readonly groups: readonly string[];
  /** n × d values. */
  readonly values: Matrix;
}
