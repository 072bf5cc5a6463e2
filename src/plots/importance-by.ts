import type { Figure, FigureOptions } from './figure.js';
import type { Importance } from './importance.js';
import { intervalFigure } from './intervals.js';
import { columnLabel } from './labels.js';

/**
 * Importances of the same columns in several tables or models side by side, in the order of the first.
 * @param parts - importances by name, such as `T1`.
 */
export function importanceByFigure(
  parts: Readonly<Record<string, readonly Importance[]>>,
  { axis = 'mean |Shapley value| (probability)', ...options }: FigureOptions & { axis?: string } = {},
): Figure {
  const all = Object.values(parts);
  const rows = all[0].map(({ group }) => ({
    label: columnLabel(group),
    intervals: all.map((importances) => asInterval(importances.find((row) => row.group === group))),
  }));
  return intervalFigure(Object.keys(parts), rows, { axis, ...options });
}

const asInterval = (row: Importance | undefined) =>
  row && { value: row.mean, low: row.low ?? row.mean, high: row.high ?? row.mean };
