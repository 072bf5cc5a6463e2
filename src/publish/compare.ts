import type { PlotlyFigure } from './notebook.js';

/** How far a trace of one run lies from the same trace of another. */
export interface Difference {
  /** Figures and traces are counted from 1. */
  readonly figure: number;
  readonly trace: number;
  readonly name: string;
  /** Largest |a − b| / max(|a|, |b|); infinite where something other than a number differs. */
  readonly relative: number;
}

/** Where the figures of two runs differ, with the largest relative difference of each trace. */
export function compareFigures(a: readonly PlotlyFigure[], b: readonly PlotlyFigure[]): Difference[] {
  const found: Difference[] = [];
  for (let f = 0; f < Math.max(a.length, b.length); f++) {
    const [left, right] = [a[f]?.data ?? [], b[f]?.data ?? []];
    for (let t = 0; t < Math.max(left.length, right.length); t++) {
      const relative = furthest(left[t], right[t]);
      const name = String(left[t]?.['name'] ?? right[t]?.['name'] ?? '');
      if (relative > 0) found.push({ figure: f + 1, trace: t + 1, name, relative });
    }
    const relative = furthest(a[f]?.layout ?? null, b[f]?.layout ?? null);
    if (relative > 0) found.push({ figure: f + 1, trace: 0, name: 'layout', relative });
  }
  return found;
}

function furthest(a: unknown, b: unknown): number {
  if (Object.is(a, b)) return 0;
  if (typeof a === 'number' && typeof b === 'number')
    return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Infinity;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  let worst = 0;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)]))
    worst = Math.max(worst, furthest(left[key], right[key]));
  return worst;
}
