const LEVELS = 256;

/**
 * The grey value that parts dark from light best: the variance between the two sides is largest.
 *
 * Otsu (1979), doi:10.1109/TSMC.1979.4310076
 * @param grey - values from 0 to 1; they are counted in 256 steps.
 * @returns the threshold: light is what lies above it.
 */
export function otsuThreshold(grey: Float32Array): number {
  const counts = new Float64Array(LEVELS);
  for (const value of grey) counts[Math.min(LEVELS - 1, Math.max(0, Math.round(value * (LEVELS - 1))))]++;
  const total = counts.reduce((sum, count, level) => sum + count * level, 0);
  let [below, sumBelow, best, threshold] = [0, 0, -1, 0];
  for (let level = 0; level < LEVELS - 1; level++) {
    below += counts[level];
    sumBelow += counts[level] * level;
    const above = grey.length - below;
    if (below === 0 || above === 0) continue;
    const apart = sumBelow / below - (total - sumBelow) / above;
    const between = below * above * apart * apart;
    if (between > best) [best, threshold] = [between, level];
  }
  return (threshold + 0.5) / (LEVELS - 1);
}
