import { median } from './noise.js';
import { type Spectrum, withY } from './spectrum.js';

export interface CosmicRayOptions {
  /** Modified z-score of a difference above which it belongs to a spike. Default 8. */
  readonly threshold?: number;
  /** Most points that a spike is wide; what is wider is a band. Default 4. */
  readonly width?: number;
  /** Points on each side whose mean replaces a spike. Default 5. */
  readonly neighbours?: number;
}

/**
 * Takes cosmic rays out of a Raman spectrum: differences between neighbours with a modified z-score beyond the threshold
 * mark spikes, whose points become the mean of the good points around them.
 *
 * Whitaker & Hayes (2018), doi:10.1016/j.chemolab.2018.06.009
 * @returns the spectrum, and the indices of the points that were replaced.
 */
export function removeCosmicRays(
  spectrum: Spectrum,
  { threshold = 8, width = 4, neighbours = 5 }: CosmicRayOptions = {},
): { spectrum: Spectrum; replaced: number[] } {
  const { y } = spectrum;
  const marked = markedPoints(y, threshold, width);
  const out = y.slice();
  const replaced: number[] = [];
  for (let i = 0; i < y.length; i++) {
    if (!marked[i]) continue;
    const around: number[] = [];
    for (
      let k = Math.max(0, i - neighbours - width);
      k <= Math.min(y.length - 1, i + neighbours + width);
      k++
    )
      if (!marked[k]) around.push(y[k]);
    if (around.length === 0) continue;
    out[i] = around.reduce((sum, value) => sum + value, 0) / around.length;
    replaced.push(i);
  }
  return { spectrum: withY(spectrum, out), replaced };
}

/** Points between a jump up and the jump down that ends it. */
function markedPoints(y: Float64Array, threshold: number, width: number): Uint8Array {
  const marked = new Uint8Array(y.length);
  const scores = differenceScores(y);
  for (let i = 0; i < scores.length; i++) {
    if (!(scores[i] > threshold)) continue;
    const end = spikeEnd(scores, i, threshold, width);
    if (end < 0) continue;
    marked.fill(1, i + 1, end + 1);
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

/** 0.6745 (Δy − median) / MAD for each difference Δyᵢ = yᵢ₊₁ − yᵢ. */
function differenceScores(y: Float64Array): Float64Array {
  const differences = Float64Array.from({ length: Math.max(0, y.length - 1) }, (_, i) => y[i + 1] - y[i]);
  const middle = median(differences);
  const spread = median(differences.map((d) => Math.abs(d - middle)));
  return differences.map((d) => (0.6745 * (d - middle)) / Math.max(spread, Number.MIN_VALUE));
}
