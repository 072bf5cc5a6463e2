import { twoClasses } from '../../evaluation/class-probabilities.js';
import { conformalSets } from '../../evaluation/conformal.js';
import type { DomainVerdict } from '../../evaluation/domain.js';
import { columnOf, isMissing, numbers, type Table, textAt } from '../../frames/table.js';
import { encoderDomain, type ModelDomain } from '../applicability.js';
import { type LoadedModels, predictKept } from '../run/kept-models.js';

/** A training row that is like the one that was scored. */
export interface NearRow {
  readonly publication: string;
  readonly toxic: boolean;
  /** Euclidean, in the scaled descriptors. */
  readonly distance: number;
  /** What it is: its descriptors in the table's own units. */
  readonly row: Readonly<Record<string, string | number | null>>;
}

/** What is predicted for one new row. */
export interface RowPrediction {
  /** Number in the file, from 1. */
  readonly row: number;
  readonly target: string;
  /** Of viability below the threshold of training: mean over the models. */
  readonly probability: number;
  /** Of the single models. */
  readonly lowest: number;
  readonly highest: number;
  /** What cannot be ruled out at the run's level: one word is an answer, two are none. */
  readonly set: readonly ('not toxic' | 'toxic')[];
  readonly verdict: DomainVerdict;
  /** Why it is not inside the domain; empty where it is. */
  readonly reasons: readonly string[];
  /** Columns that were empty and filled in as in training. */
  readonly filledIn: readonly string[];
  readonly neighbours: readonly NearRow[];
}

/**
 * Scores rows of one target: probability, conformal set, applicability and the nearest training rows.
 * @param table - in the common schema.
 * @param rows - number of each row in its file.
 */
export function predictRows(
  kept: LoadedModels,
  table: Table,
  rows: ArrayLike<number>,
  { neighbours = 3 } = {},
): RowPrediction[] {
  const { probabilities, lowest, highest } = predictKept(kept, table);
  const sets = conformalSets(kept.conformal, twoClasses(probabilities));
  const columns = kept.models[0].encoder.columns.map(({ column }) => column);
  const domain = encoderDomain(kept.models[0].encoder, kept.training, table, { neighbours });
  const { indices, distances, k } = domain.neighbours;
  return Array.from(rows, (row, i) => ({
    ...{ row, target: kept.target, probability: probabilities[i], lowest: lowest[i], highest: highest[i] },
    set: (['not toxic', 'toxic'] as const).filter((_, c) => sets.members[2 * i + c] === 1),
    verdict: domain.verdicts[i],
    reasons: reasonsOf(domain, i),
    filledIn: columns.filter((name) => isMissing(columnOf(table, name), i)),
    neighbours: Array.from({ length: k }, (_, r) =>
      nearRow(kept.training, indices[i * k + r], distances[i * k + r], columns),
    ),
  }));
}

function reasonsOf(
  { leverage, distance, mahalanobis, outOfRange, unknownWords }: ModelDomain,
  i: number,
): string[] {
  const measures = {
    ...{ leverage, 'distance to the nearest training rows': distance, 'Mahalanobis distance': mahalanobis },
  };
  return [
    ...Object.entries(measures)
      .filter(([, measure]) => measure.query[i] > measure.limit)
      .map(
        ([name, { query, limit }]) => `${name} ${query[i].toPrecision(3)} is above ${limit.toPrecision(3)}`,
      ),
    ...outOfRange[i].map((name) => `${name} lies beyond the training rows`),
    ...unknownWords[i].map((word) => `${word} is rare among the training rows or was never met`),
  ];
}

function nearRow(training: Table, i: number, distance: number, columns: readonly string[]): NearRow {
  const valueIn = (name: string): string | number | null => {
    const column = columnOf(training, name);
    if (isMissing(column, i)) return null;
    return column.kind === 'text' ? textAt(column, i) : column.values[i];
  };
  return {
    publication: textAt(columnOf(training, 'group'), i) ?? 'not stated',
    toxic: numbers(training, 'toxic')[i] === 1,
    distance,
    row: Object.fromEntries(columns.map((name) => [name, valueIn(name)])),
  };
}
