import { median } from './noise.js';
import { type Spectrum, withY } from './spectrum.js';

export interface CosmicRayOptions {
  /** Modified z-score of a difference above which it belongs to a spike. Default 8. */
  readonly threshold?: number;
  /** Most points that a spike is wide; what is wider is a band. Default 4. */
  readonly width?: number;
  /** Good points on each side whose mean replaces a spike. Default 2. */
  readonly neighbours?: number;
}

/** Differences on each side that a jump is compared with, and how much higher it must be. */
const BESIDE = 3;
const TOWERING = 2.5;

/**
 * Takes cosmic rays out of a Raman spectrum: differences between neighbours with a modified z-score beyond the threshold
 * mark spikes, whose points become the mean of the good points around them. A jump counts only where it towers over the
 * differences beside the spike: the flanks of a sharp band are steep as well, but not alone.
 *
 * Whitaker & Hayes (2018), doi:10.1016/j.chemolab.2018.06.009
 * @returns the spectrum, and the indices of the points that were replaced.
 */
export function removeCosmicRays(
  spectrum: Spectrum,
  { threshold = 8, width = 4, neighbours = 2 }: CosmicRayOptions = {},
): { spectrum: Spectrum; replaced: number[] } {
  const { y } = spectrum;
  const marked = markedPoints(y, threshold, width);
  const out = y.slice();
  const replaced: number[] = [];
  for (let i = 0; i < y.length; i++) {
    if (!marked[i]) continue;
    const around = [...goodPoints(y, marked, i, -1, neighbours), ...goodPoints(y, marked, i, 1, neighbours)];
    if (around.length === 0) continue;
    out[i] = around.reduce((sum, value) => sum + value, 0) / around.length;
    replaced.push(i);
  }
  return { spectrum: withY(spectrum, out), replaced };
}

/** The nearest values on a side that belong to no spike. */
function goodPoints(
  y: Float64Array,
  marked: Uint8Array,
  from: number,
  side: 1 | -1,
  count: number,
): number[] {
  const found: number[] = [];
  for (let k = from + side; k >= 0 && k < y.length && found.length < count; k += side)
    if (!marked[k]) found.push(y[k]);
  return found;
}

/** Points between a jump up and the jump down that ends it. */
function markedPoints(y: Float64Array, threshold: number, width: number): Uint8Array {
  const marked = new Uint8Array(y.length);
  const scores = differenceScores(y);
  for (let i = 0; i < scores.length; i++) {
    if (!(scores[i] > threshold)) continue;
    const end = spikeEnd(scores, i, threshold, width);
    if (end < 0) continue;
    const rise = highest(scores, i, end);
    if (!towers(scores, rise, end)) continue;
    marked.fill(1, rise + 1, end + 1);
    i = end;
  }
  return marked;
}

/** The last point of a spike that rises behind point `from`; −1 where it does not come down in time. */
function spikeEnd(scores: Float64Array, from: number, threshold: number, width: number): number {
  let end = -1;
  for (let k = from + 1; k <= Math.min(from + width, scores.length - 1); k++)
    if (scores[k] < -threshold) end = k;
  return end;
}

/** Where the steepest rise of a spike is: a band's flank may come before it. */
function highest(scores: Float64Array, from: number, end: number): number {
  let best = from;
  for (let k = from + 1; k < end; k++) if (scores[k] > scores[best]) best = k;
  return best;
}

/** Whether both jumps are several times as high as every difference beside them. */
function towers(scores: Float64Array, from: number, end: number): boolean {
  let beside = 0;
  for (let k = 1; k <= BESIDE; k++)
    beside = Math.max(beside, Math.abs(scores[from - k] ?? 0), Math.abs(scores[end + k] ?? 0));
  return Math.min(scores[from], -scores[end]) > TOWERING * beside;
}

/** 0.6745 (Δy − median) / MAD for each difference Δyᵢ = yᵢ₊₁ − yᵢ. */
function differenceScores(y: Float64Array): Float64Array {
  const differences = Float64Array.from({ length: Math.max(0, y.length - 1) }, (_, i) => y[i + 1] - y[i]);
  const middle = median(differences);
  const spread = median(differences.map((d) => Math.abs(d - middle)));
  return differences.map((d) => (0.6745 * (d - middle)) / Math.max(spread, Number.MIN_VALUE));
}
