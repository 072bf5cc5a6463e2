import { type Matrix, matrix } from '../../numeric/matrix.js';
import { applyPipeline } from '../pipeline.js';
import { resample } from '../resample.js';
import type { Spectrum } from '../spectrum.js';
import type { SpectralLibrary } from './library.js';

/** Fewer points than this tell no material. */
const LEAST_POINTS = 20;

/** The queries on the library's axis, NaN where they were not measured: m × d. */
export function onAxis(library: SpectralLibrary, queries: readonly Spectrum[]): Matrix {
  const { x, xUnit } = library.set;
  const Y = matrix(queries.length, x.length);
  queries.forEach((query, i) => {
    if (query.xUnit !== xUnit)
      throw new TypeError(
        `spectrum "${query.title}" has x in ${query.xUnit}, but the library in ${xUnit}; convert it with toWavenumber()`,
      );
    const treated = library.pipeline.length === 0 ? query : applyPipeline(query, library.pipeline);
    Y.data.set(resample(treated, x, { outside: 'nan' }).y, i * x.length);
  });
  return Y;
}

/** Columns in which no query and no reference is missing. */
export function coveredColumns(Y: Matrix, library: SpectralLibrary): number[] {
  const missing = new Uint8Array(Y.cols);
  for (const { data } of [Y, library.set.Y])
    for (let from = 0; from < data.length; from += Y.cols)
      for (let j = 0; j < Y.cols; j++) if (!Number.isFinite(data[from + j])) missing[j] = 1;
  const columns = Array.from(missing, (_, j) => j).filter((j) => missing[j] === 0);
  if (columns.length < LEAST_POINTS)
    throw new RangeError(
      `the queries and the library share ${columns.length} points of the axis; ${LEAST_POINTS} are needed to tell materials apart`,
    );
  return columns;
}
