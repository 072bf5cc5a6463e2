import { checkWhole } from '../numeric/check.js';

/** Columns of a row that are taken away together: a band of a spectrum, a patch of a picture. */
export interface Region {
  readonly name: string;
  /** Ascending. */
  readonly columns: Int32Array;
}

/** A stretch of wavenumbers with what absorbs there. */
export interface NamedBand {
  readonly name: string;
  /** cm⁻¹, either end first. */
  readonly range: readonly [number, number];
}

/**
 * The columns of each band.
 * @param x - wavenumbers of the columns. @param offset - columns before the spectrum in a row; 0.
 * @throws RangeError when a band holds no point of the axis.
 */
export function bandRegions(x: ArrayLike<number>, bands: readonly NamedBand[], offset = 0): Region[] {
  return bands.map(({ name, range }) => {
    const [low, high] = [Math.min(...range), Math.max(...range)];
    const columns = Int32Array.from(
      Array.from({ length: x.length }, (_, j) => j).filter((j) => x[j] >= low && x[j] <= high),
      (j) => j + offset,
    );
    if (columns.length === 0)
      throw new RangeError(
        `band "${name}" (${low}–${high}) must hold a point of the axis, which runs from ${x[0]} to ${x[x.length - 1]}`,
      );
    return { name, columns };
  });
}

/**
 * Square patches of a picture that is written row by row; those at the right and lower edge may be cut.
 * @param size - pixels a side of a patch. @param offset - columns before the picture in a row; 0.
 */
export function patchRegions(width: number, height: number, size: number, offset = 0): Region[] {
  checkWhole('size', size, 1, Math.min(width, height));
  const [across, down] = [Math.ceil(width / size), Math.ceil(height / size)];
  return Array.from({ length: across * down }, (_, k) => {
    const [left, top] = [(k % across) * size, Math.floor(k / across) * size];
    const columns: number[] = [];
    for (let y = top; y < Math.min(top + size, height); y++)
      for (let x = left; x < Math.min(left + size, width); x++) columns.push(offset + y * width + x);
    return {
      name: `row ${Math.floor(k / across) + 1}, column ${(k % across) + 1}`,
      columns: Int32Array.from(columns),
    };
  });
}

/**
 * A value for each region from values of the columns: their sum, or their mean.
 * @param values - n numbers of a row.
 */
export function perRegion(
  values: ArrayLike<number>,
  regions: readonly Region[],
  how: 'sum' | 'mean' = 'mean',
): Float64Array {
  return Float64Array.from(regions, ({ columns }) => {
    let sum = 0;
    for (const j of columns) sum += values[j];
    return how === 'sum' ? sum : sum / columns.length;
  });
}
