import { checkRows } from '../numeric/check.js';
import type { Matrix } from '../numeric/matrix.js';
import { columnMeans } from '../numeric/statistics.js';

/**
 * What stands in a row where a region was taken away: one value for each of its columns.
 * @param row - the row as it was. @param columns - of the region, ascending.
 */
export type Fill = (row: Float64Array, columns: Int32Array) => ArrayLike<number>;

/** The straight line between the band's neighbours left and right: a spectrum without the band, its baseline kept. */
export const chordFill: Fill = (row, columns) => {
  const [first, last] = [columns[0], columns[columns.length - 1]];
  const left = row[Math.max(0, first - 1)];
  const right = row[Math.min(row.length - 1, last + 1)];
  const span = last - first + 2;
  return Float64Array.from(columns, (j) => left + ((right - left) * (j - first + 1)) / span);
};

/** The region's own mean: a patch without texture, as bright as it was. */
export const flatFill: Fill = (row, columns) => {
  let sum = 0;
  for (const j of columns) sum += row[j];
  return new Float64Array(columns.length).fill(sum / columns.length);
};

/** The mean of the background rows in each column. */
export function meanFill(background: Matrix): Fill {
  checkRows('background', background, 1);
  const means = columnMeans(background);
  return (_, columns) => Float64Array.from(columns, (j) => means[j]);
}
