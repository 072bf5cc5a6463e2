import type { Column, DateColumn, TextColumn } from '../table.js';

const ISO =
  /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*$/;

/** A text column whose every word is an ISO 8601 date becomes a date column; any other stays as it is. */
export function datesFrom(column: TextColumn): Column {
  if (column.words.length === 0) return column;
  const moments = new Float64Array(column.words.length);
  for (let k = 0; k < moments.length; k++) {
    moments[k] = isoMoment(column.words[k]);
    if (Number.isNaN(moments[k])) return column;
  }
  const values = Float64Array.from(column.codes, (code) => (code < 0 ? Number.NaN : moments[code]));
  return { kind: 'date', values } satisfies DateColumn;
}

/**
 * Milliseconds since 1970-01-01 UTC of `2024-05-31`, `2024-05-31 13:45`, `2024-05-31T13:45:10.5+02:00`; a time without
 * a zone is taken as UTC. NaN for anything else, the 31st of February among it.
 */
export function isoMoment(text: string): number {
  const found = ISO.exec(text);
  if (!found) return Number.NaN;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0));
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day);
  const date = new Date(midnight);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  const fraction = Number(`0.${found[7] ?? 0}`);
  return midnight + ((hour * 60 + minute - zoneMinutes(found[8])) * 60 + second + fraction) * 1000;
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const digits = zone.replace(':', '');
  return Math.sign(Number(`${zone[0]}1`)) * (60 * Number(digits.slice(1, 3)) + Number(digits.slice(3, 5)));
}
