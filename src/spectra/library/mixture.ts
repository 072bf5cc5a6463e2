import { matrix } from '../../numeric/matrix.js';
import { nonNegativeLeastSquares } from '../../numeric/nnls.js';
import type { Spectrum } from '../spectrum.js';
import type { SpectralLibrary } from './library.js';
import { coveredColumns, onAxis } from './on-axis.js';

/** A spectrum as a sum of references. */
export interface MixtureFit {
  /** Amounts that sum to 1, largest first: shares of the signal of references scaled to the same norm, not of mass. */
  readonly components: readonly { readonly name: string; readonly share: number; readonly index: number }[];
  /** 1 − |residual|² / |query|². */
  readonly explained: number;
  /** What no reference explains, on the library's axis. */
  readonly x: Float64Array;
  readonly residual: Float64Array;
}

export interface MixtureOptions {
  /** Shares below this are dropped and the rest is fitted again. Default 0.03. */
  readonly least?: number;
}

/**
 * The amounts of library materials that add up to a spectrum, by non-negative least squares on the mean reference of each
 * name. Linear mixing is assumed: layers, scattering and particles of different size are not.
 */
export function fitMixture(
  library: SpectralLibrary,
  query: Spectrum,
  { least = 0.03 }: MixtureOptions = {},
): MixtureFit {
  const Y = onAxis(library, [query]);
  const columns = coveredColumns(Y, library);
  const y = Float64Array.from(columns, (j) => Y.data[j]);
  const references = meanReferences(library, columns);
  let kept = references;
  let amounts = amountsOf(kept, y);
  for (;;) {
    const total = amounts.reduce((sum, value) => sum + value, 0);
    const strong = kept.filter((_, k) => amounts[k] >= least * total && amounts[k] > 0);
    if (strong.length === kept.length || strong.length === 0) break;
    kept = strong;
    amounts = amountsOf(kept, y);
  }
  const residual = y.map(
    (value, k) => value - kept.reduce((sum, { values }, c) => sum + amounts[c] * values[k], 0),
  );
  const total = amounts.reduce((sum, value) => sum + value, 0);
  const components = kept
    .map(({ name, index }, k) => ({ name, index, share: total > 0 ? amounts[k] / total : 0 }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share);
  return {
    ...{ components, residual, explained: 1 - squares(residual) / squares(y) },
    x: Float64Array.from(columns, (j) => library.set.x[j]),
  };
}

interface Reference {
  readonly name: string;
  /** First row of the library that has this name. */
  readonly index: number;
  /** Norm one. */
  readonly values: Float64Array;
}

/** The mean of the unit-norm references of each name, scaled to norm one again. */
function meanReferences({ names, set }: SpectralLibrary, columns: readonly number[]): Reference[] {
  const sums = new Map<string, { index: number; values: Float64Array }>();
  names.forEach((name, i) => {
    const values = Float64Array.from(columns, (j) => set.Y.data[i * set.x.length + j]);
    const length = Math.sqrt(squares(values)) || 1;
    const entry = sums.get(name) ?? { index: i, values: new Float64Array(columns.length) };
    for (let k = 0; k < values.length; k++) entry.values[k] += values[k] / length;
    sums.set(name, entry);
  });
  return [...sums].map(([name, { index, values }]) => {
    const length = Math.sqrt(squares(values)) || 1;
    return { name, index, values: values.map((value) => value / length) };
  });
}

function amountsOf(references: readonly Reference[], y: Float64Array): Float64Array {
  const k = references.length;
  const G = matrix(k, k);
  for (let a = 0; a < k; a++)
    for (let b = 0; b <= a; b++)
      G.data[a * k + b] = G.data[b * k + a] = dot(references[a].values, references[b].values);
  return nonNegativeLeastSquares(
    G,
    references.map(({ values }) => dot(values, y)),
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

const squares = (a: Float64Array): number => dot(a, a);
