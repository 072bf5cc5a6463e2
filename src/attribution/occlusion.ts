import { checkFinite, checkRows } from '../numeric/check.js';
import { type Matrix, row } from '../numeric/matrix.js';
import type { Predict } from './attribution.js';
import { chordFill, type Fill } from './fill.js';
import type { Region } from './regions.js';

export interface OcclusionOptions {
  /** What stands where a region was. Default: the straight line between its neighbours. */
  readonly fill?: Fill;
  readonly signal?: AbortSignal;
  /** Called with the regions done so far, and all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Occlusion: by how much each row's prediction falls when a region is taken out of it. It asks the model itself, and so
 * is what attention has to be compared with.
 *
 * Zeiler & Fergus (2014), doi:10.1007/978-3-319-10590-1_53
 * @param predict - is given all rows in their order, once as they are and once a region; so it may explain another
 * class in each row.
 * @param rows - n × d. @param regions - g sets of columns.
 * @returns n × g falls: prediction − prediction without the region.
 * @throws RangeError when a region lies outside the columns or a prediction is not finite.
 */
export async function occlusion(
  predict: Predict,
  rows: Matrix,
  regions: readonly Region[],
  { fill = chordFill, signal, onProgress }: OcclusionOptions = {},
): Promise<Matrix> {
  checkRows('rows', rows, 1);
  checkFinite('rows', rows);
  checkRegions(regions, rows.cols);
  const whole = await predictions(predict, rows);
  const falls = { rows: rows.rows, cols: regions.length, data: new Float64Array(rows.rows * regions.length) };
  for (const [g, region] of regions.entries()) {
    signal?.throwIfAborted();
    const without = await predictions(predict, withoutRegion(rows, region, fill));
    for (let i = 0; i < rows.rows; i++) falls.data[i * regions.length + g] = whole[i] - without[i];
    onProgress?.(g + 1, regions.length);
  }
  return falls;
}

/** A copy of the rows with one region filled. */
function withoutRegion(rows: Matrix, { columns }: Region, fill: Fill): Matrix {
  const out = { ...rows, data: rows.data.slice() };
  for (let i = 0; i < rows.rows; i++) fillRegion(row(out, i), row(rows, i), columns, fill);
  return out;
}

/** Writes the fill, computed of a row as it was, into that row's copy. */
export function fillRegion(to: Float64Array, from: Float64Array, columns: Int32Array, fill: Fill): void {
  const values = fill(from, columns);
  columns.forEach((j, k) => {
    to[j] = values[k];
  });
}

/** Predictions as a copy, checked. */
export async function predictions(predict: Predict, rows: Matrix): Promise<Float64Array> {
  const values = Float64Array.from(await predict(rows));
  if (values.length !== rows.rows)
    throw new RangeError(`predict must give ${rows.rows} numbers, one a row, but gave ${values.length}`);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(`predict must give finite numbers, but gave ${values[bad]} for row ${bad}`);
  return values;
}

/** @throws RangeError when a region is empty or lies outside the columns. */
export function checkRegions(regions: readonly Region[], cols: number): void {
  if (regions.length === 0) throw new RangeError('regions must hold at least one region, but are empty');
  for (const { name, columns } of regions) {
    if (columns.length === 0) throw new RangeError(`region "${name}" must have at least one column`);
    const wrong = columns.find((j) => !(j >= 0 && j < cols));
    if (wrong !== undefined)
      throw new RangeError(`region "${name}" must lie in columns 0 … ${cols - 1}, but holds ${wrong}`);
  }
}
