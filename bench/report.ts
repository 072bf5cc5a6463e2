import type { BenchRow } from './task.js';

/** A row as a line to read: times, ratio, whether the goal was met and by how much it was missed, memory, quality. */
export function line(row: BenchRow): string {
  const ours = `ours ${row.ours_s} s, ${row.rss_mb} MB ${words(row.quality.ours)}`;
  if (row.ratio === null) return `  ${row.peer}: not measured (${row.missing}); ${ours}`;
  return `  ${row.peer}: ${row.peer_s} s, ${row.peer_rss_mb} MB ${words(row.quality.peer!)}; ${ours}; ratio ${row.ratio}${verdict(row)}`;
}

function verdict({ ratio, goal }: BenchRow): string {
  if (goal === null) return '';
  if (ratio! <= goal) return `, goal ${goal} met`;
  return `, goal ${goal} missed by ${((100 * (ratio! - goal)) / goal).toFixed(0)} %`;
}

const words = (quality: Readonly<Record<string, number>>): string =>
  `(${Object.entries(quality)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')})`;
