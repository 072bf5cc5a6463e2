import type { Random } from '../../src/numeric/random.js';
import { damage, sprinkleGrains } from './damage.js';
import type { Batch, Particle } from './design.js';
import { drawInfoBar, INFO_BAR_ROWS } from './info-bar.js';
import { flatTerrain, roughen, type Terrain } from './terrain.js';

/** What a field shows, and what is true of it. */
export interface Field {
  /** (size + INFO_BAR_ROWS) × size grey values: the field, and the info bar under it. */
  readonly frame: Uint8Array;
  /** size × size: bit k is set where type k left its mark, bit 7 where minerals lie. */
  readonly marks: Uint8Array;
  /** Length of cracks per area, µm⁻¹. */
  readonly crackDensity: number;
}

/** One field of a particle as a scanning electron microscope shows it. */
export function takeField(particle: Particle, size: number, draw: Random): Field {
  const { batch, causes, mineral } = particle;
  const terrain = flatTerrain(size, batch.fieldMicrons / size);
  roughen(terrain, { grain: 8, height: 0.5, octaves: 2, gain: 0.4 }, draw);
  roughen(terrain, { grain: 0.9, height: 0.02, octaves: 3, gain: 0.6 }, draw);
  const cracks = causes.reduce((sum, cause) => sum + damage(terrain, cause, draw), 0);
  if (mineral > 0) sprinkleGrains(terrain, mineral, draw);
  const frame = new Uint8Array((size + INFO_BAR_ROWS) * size);
  expose(terrain, batch, frame, draw);
  drawInfoBar(frame, size, batch);
  return { frame, marks: terrain.marks, crackDensity: cracks / (batch.fieldMicrons * batch.fieldMicrons) };
}

/**
 * Secondary electrons: the steeper a facet, the more (1 / cos θ, saturating); more from the side of the detector; few
 * from inside a pit. Then the beam's width, shot noise, eight bits.
 */
function expose(terrain: Terrain, batch: Batch, frame: Uint8Array, draw: Random): void {
  const { size, height } = terrain;
  const around = blurred(blurred(height, size, 4), size, 4);
  const emission = new Float64Array(size * size);
  const [ux, uy] = batch.detector;
  const scale = 1 / (2 * terrain.micronsPerPixel);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const k = y * size + x;
      const gx = (height[x < size - 1 ? k + 1 : k] - height[x > 0 ? k - 1 : k]) * scale;
      const gy = (height[y < size - 1 ? k + size : k] - height[y > 0 ? k - size : k]) * scale;
      const cosine = 1 / Math.sqrt(1 + gx * gx + gy * gy);
      const towards = -(gx * ux + gy * uy) * cosine;
      const depth = height[k] - around[k];
      const sunk = Math.min(Math.max(depth < 0 ? 2.2 * depth : depth, -0.8), 0.25);
      emission[k] = 0.36 + 0.28 * (1 - cosine) + 0.16 * towards + 0.45 * sunk;
    }
  const sharp = blurred(emission, size, 1);
  const gain = 1 / Math.sqrt(batch.electrons);
  for (let k = 0; k < sharp.length; k++) {
    const light = 0.42 + batch.brightness + batch.contrast * (sharp[k] - 0.4);
    const counted = light + gain * Math.sqrt(Math.max(light, 0.02)) * draw.normal();
    frame[k] = Math.min(255, Math.max(0, Math.round(255 * counted)));
  }
}

/** Running means over 2r + 1 pixels, along rows and then columns; edges are repeated. */
function blurred(values: Float64Array, size: number, r: number): Float64Array {
  const rows = new Float64Array(values.length);
  const out = new Float64Array(values.length);
  for (let y = 0; y < size; y++) runningMean(values, rows, y * size, 1, size, r);
  for (let x = 0; x < size; x++) runningMean(rows, out, x, size, size, r);
  return out;
}

function runningMean(
  from: Float64Array,
  to: Float64Array,
  start: number,
  step: number,
  n: number,
  r: number,
): void {
  const at = (i: number): number => from[start + step * Math.min(Math.max(i, 0), n - 1)];
  let sum = 0;
  for (let i = -r; i <= r; i++) sum += at(i);
  for (let i = 0; i < n; i++) {
    to[start + step * i] = sum / (2 * r + 1);
    sum += at(i + r + 1) - at(i - r);
  }
}
