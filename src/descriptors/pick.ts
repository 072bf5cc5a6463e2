import type { Features } from './features.js';

/**
 * The features for which `keep` says yes, as new features.
 * @param keep - is told the name and the group of each column.
 * @throws RangeError when none is kept.
 */
export function pickFeatures(features: Features, keep: (name: string, group: string) => boolean): Features {
  const { ids, names, groups, values } = features;
  const columns = names.flatMap((name, j) => (keep(name, groups[j]) ? [j] : []));
  if (columns.length === 0)
    throw new RangeError(
      `none of the ${names.length} features is kept, such as "${names[0]}"; keep at least one`,
    );
  const data = new Float64Array(values.rows * columns.length);
  for (let i = 0; i < values.rows; i++)
    for (let k = 0; k < columns.length; k++)
      data[i * columns.length + k] = values.data[i * values.cols + columns[k]];
  return {
    ids,
    names: columns.map((j) => names[j]),
    groups: columns.map((j) => groups[j]),
    values: { rows: values.rows, cols: columns.length, data },
  };
}
