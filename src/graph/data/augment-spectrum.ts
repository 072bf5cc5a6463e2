import type { Random } from '../../numeric/random.js';
import type { SpectrumAugmentation } from './augmentation.js';

/** Writes a varied copy of a spectrum; both are points × channels, row-major. */
export function augmentSpectrum(
  source: Float32Array,
  target: Float32Array,
  [points, channels]: readonly number[],
  { shift = 0, noise = 0, baseline = 0 }: SpectrumAugmentation,
  draw: Random,
): void {
  const moved = (2 * draw.uniform() - 1) * shift;
  // Three thirds of the amplitude: level, slope and curvature together stay within it.
  const [level, slope, bend] = [0, 1, 2].map(() => ((2 * draw.uniform() - 1) * baseline) / 3);
  for (let i = 0; i < points; i++) {
    const from = Math.min(points - 1, Math.max(0, i - moved));
    const low = Math.floor(from);
    const high = Math.min(points - 1, low + 1);
    const t = points > 1 ? (2 * i) / (points - 1) - 1 : 0;
    const base = level + slope * t + bend * t * t;
    for (let c = 0; c < channels; c++) {
      const [a, b] = [source[low * channels + c], source[high * channels + c]];
      target[i * channels + c] = a + (b - a) * (from - low) + base;
    }
  }
  if (noise > 0) for (let k = 0; k < target.length; k++) target[k] += noise * draw.normal();
}
