import type { Values } from '../../frames/table.js';
import type { QsarPrediction } from './predict-file.js';
import type { NearRow } from './predict-rows.js';

/** Predictions as columns of a table, one row for each scored or refused row of the file, in its order. */
export function predictionColumns({ predictions, refused }: QsarPrediction): Record<string, Values> {
  const reasons = new Map<number, string[]>();
  for (const { row, column, reason } of refused)
    reasons.set(row, [...(reasons.get(row) ?? []), `column "${column}": ${reason}`]);
  const scored = new Map(predictions.map((one) => [one.row, one]));
  const rows = [...scored.keys(), ...reasons.keys()].sort((a, b) => a - b);
  const of = <T>(pick: (row: number) => T): T[] => rows.map(pick);
  const nearest = Math.max(0, ...predictions.map(({ neighbours }) => neighbours.length));
  const near = Array.from({ length: nearest }, (_, k): [string, Values] => [
    `nearest ${k + 1}`,
    of((row) => neighbourWords(scored.get(row)?.neighbours[k])),
  ]);
  return {
    row: of((row) => row),
    refused: of((row) => reasons.get(row)?.join('; ') ?? null),
    target: of((row) => scored.get(row)?.target ?? null),
    probability: of((row) => scored.get(row)?.probability ?? Number.NaN),
    lowest: of((row) => scored.get(row)?.lowest ?? Number.NaN),
    highest: of((row) => scored.get(row)?.highest ?? Number.NaN),
    set: of((row) => setWords(scored.get(row)?.set)),
    domain: of((row) => scored.get(row)?.verdict ?? null),
    why: of((row) => scored.get(row)?.reasons.join('; ') ?? null),
    'filled in': of((row) => scored.get(row)?.filledIn.join(', ') ?? null),
    ...Object.fromEntries(near),
  };
}

function setWords(set: readonly string[] | undefined): string | null {
  if (set === undefined) return null;
  return set.length === 0 ? 'neither' : set.join(' or ');
}

function neighbourWords(near: NearRow | undefined): string | null {
  if (!near) return null;
  const values = Object.entries(near.row).flatMap(([name, value]) =>
    value === null ? [] : [`${name} ${value}`],
  );
  return `${near.toxic ? 'toxic' : 'not toxic'} at distance ${near.distance.toPrecision(3)}: ${values.join(', ')} (${near.publication})`;
}
