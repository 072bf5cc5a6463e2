import type { Matrix } from '../../numeric/matrix.js';
import type { PoolOptions } from '../../numeric/workers.js';
import type { Spectrum } from '../spectrum.js';
import type { SpectralLibrary } from './library.js';
import { METRICS, type Metric, scoreOf, unitRows } from './metric.js';
import { coveredColumns, onAxis } from './on-axis.js';
import { rankRows } from './rank.js';

/** One library spectrum that a query is like. */
export interface Hit {
  readonly name: string;
  readonly family: string;
  readonly score: number;
  /** Row of the library. */
  readonly index: number;
  readonly title: string;
}

/** What a library says about a query. */
export interface LibraryMatch {
  readonly title: string;
  /** Best first. */
  readonly hits: readonly Hit[];
  /** Score of the best hit minus that of the best hit of another family: how sure the material is. */
  readonly margin: number;
  /** The best name, or `unknown` where its score is below the threshold. */
  readonly verdict: string;
  readonly metric: Metric;
  readonly threshold: number;
  /** Abscissae that were compared: those that all queries cover. */
  readonly range: readonly [low: number, high: number];
  readonly points: number;
}

export interface SearchOptions extends PoolOptions {
  /** Default `correlation`. */
  readonly metric?: Metric;
  /** How many hits to give. Default 5. */
  readonly top?: number;
  /** Score below which the verdict is `unknown`; see `chooseMatchThreshold`. Default 0.7. */
  readonly threshold?: number;
}

/** Rows that are ranked so that another family is among them. */
const RANKED = 50;

/**
 * Looks up spectra in a library: each query goes through the library's pipeline, is brought onto its axis and compared
 * with every reference. Ranges that a query does not cover, or where it is masked, are left out for all.
 * @throws RangeError when the queries and the library have too little range in common.
 */
export async function searchLibrary(
  library: SpectralLibrary,
  queries: readonly Spectrum[],
  options: SearchOptions = {},
): Promise<LibraryMatch[]> {
  const { metric = 'correlation', top = 5, threshold = 0.7, ...pool } = options;
  if (!METRICS.includes(metric))
    throw new RangeError(`metric must be one of ${METRICS.join(', ')}, but is "${metric}"`);
  if (queries.length === 0) return [];
  const Y = onAxis(library, queries);
  const columns = coveredColumns(Y, library);
  const A = unitRows(Y, columns, metric);
  const B = unitRows(library.set.Y, columns, metric);
  const ranked = await rankRows(A, B, Math.min(library.names.length, Math.max(top, RANKED)), pool);
  const { x } = library.set;
  const range = [x[columns[0]], x[columns[columns.length - 1]]] as const;
  return ranked.map((rows, i) => {
    const hits = rows.map(({ index, product }) => hitOf(library, index, scoreOf(product, metric)));
    const other = hits.find(({ family }) => family !== hits[0].family);
    return {
      ...{ title: queries[i].title, metric, threshold, range, points: columns.length },
      hits: hits.slice(0, top),
      margin: hits[0].score - (other ?? lowest(A, i, B, library, hits[0].family, metric)).score,
      verdict: hits[0].score >= threshold ? hits[0].name : 'unknown',
    };
  });
}

const hitOf = ({ names, families, set }: SpectralLibrary, index: number, score: number): Hit => ({
  ...{ name: names[index], family: families[index], score, index, title: set.titles[index] },
});

/** The best row of another family where none is among the ranked ones; 0 where the library holds only one. */
function lowest(
  A: Matrix,
  i: number,
  B: Matrix,
  library: SpectralLibrary,
  family: string,
  metric: Metric,
): { score: number } {
  let best = Number.NEGATIVE_INFINITY;
  library.families.forEach((other, j) => {
    if (other === family) return;
    let product = 0;
    for (let k = 0; k < A.cols; k++) product += A.data[i * A.cols + k] * B.data[j * B.cols + k];
    best = Math.max(best, scoreOf(product, metric));
  });
  return { score: best === Number.NEGATIVE_INFINITY ? 0 : best };
}
