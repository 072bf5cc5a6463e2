import type { Random } from '../../src/numeric/random.js';

/** A square piece of surface: heights in µm, and which types of ageing marked each pixel. */
export interface Terrain {
  /** Pixels a side. */
  readonly size: number;
  readonly micronsPerPixel: number;
  readonly height: Float64Array;
  /** Bit k is set where type k of TYPES left its mark. */
  readonly marks: Uint8Array;
}

export const flatTerrain = (size: number, micronsPerPixel: number): Terrain => ({
  size,
  micronsPerPixel,
  height: new Float64Array(size * size),
  marks: new Uint8Array(size * size),
});

/** A point in µm from the upper left corner. */
export type Point = readonly [x: number, y: number];

/**
 * Adds fractal noise: value noise in octaves, each half as coarse and `gain` times as high.
 * @param options.grain - size of the coarsest features, µm.
 * @param options.height - standard deviation of the coarsest octave, about, µm.
 */
export function roughen(
  { size, micronsPerPixel, height }: Terrain,
  options: { grain: number; height: number; octaves: number; gain: number },
  draw: Random,
): void {
  let [grain, amplitude] = [options.grain, options.height];
  for (let octave = 0; octave < options.octaves; octave++) {
    addValueNoise(height, size, Math.max(grain / micronsPerPixel, 1.01), amplitude, draw);
    grain /= 2;
    amplitude *= options.gain;
  }
}

/** Random heights on a lattice of `cell` pixels, smoothly joined. */
function addValueNoise(
  height: Float64Array,
  size: number,
  cell: number,
  amplitude: number,
  draw: Random,
): void {
  const nodes = Math.ceil(size / cell) + 2;
  const lattice = Float64Array.from(
    { length: nodes * nodes },
    () => 3.4 * amplitude * (draw.uniform() - 0.5),
  );
  const [dx, dy] = [draw.uniform(), draw.uniform()];
  const at = new Int32Array(size);
  const blend = new Float64Array(size);
  for (let x = 0; x < size; x++) {
    const u = x / cell + dx;
    at[x] = Math.floor(u);
    blend[x] = smooth(u - at[x]);
  }
  for (let y = 0; y < size; y++) {
    const v = y / cell + dy;
    const row = Math.floor(v) * nodes;
    const t = smooth(v - Math.floor(v));
    for (let x = 0; x < size; x++) {
      const k = row + at[x];
      const upper = lattice[k] + blend[x] * (lattice[k + 1] - lattice[k]);
      const lower = lattice[k + nodes] + blend[x] * (lattice[k + nodes + 1] - lattice[k + nodes]);
      height[y * size + x] += upper + t * (lower - upper);
    }
  }
}

/** 0 at 0, 1 at 1, level at both ends. */
export const smooth = (t: number): number => t * t * (3 - 2 * t);

/** What a stroke does at a distance from its middle line, given as a share of its half width: µm of height. */
export type Profile = (share: number) => number;

/**
 * Changes the height along a line of points: every pixel by the profile of its nearest part, cut deepest where two
 * meet. Marks its pixels.
 * @param width - full width, µm.
 * @returns the length within the terrain, µm.
 */
export function stroke(
  terrain: Terrain,
  path: readonly Point[],
  width: number,
  profile: Profile,
  bit: number,
): number {
  const { size, micronsPerPixel } = terrain;
  const half = Math.max(width / 2 / micronsPerPixel, 0.6);
  const change = new Map<number, number>();
  let length = 0;
  for (let s = 1; s < path.length; s++) {
    const from = pixel(path[s - 1], micronsPerPixel);
    const to = pixel(path[s], micronsPerPixel);
    const inside = [from, to].filter(([x, y]) => x >= 0 && y >= 0 && x < size && y < size).length / 2;
    length += inside * distance(path[s - 1], path[s]);
    nearSegment(size, from, to, half, (k, share) => {
      const h = profile(share);
      const before = change.get(k);
      if (before === undefined || Math.abs(h) > Math.abs(before)) change.set(k, h);
    });
  }
  for (const [k, h] of change) {
    terrain.height[k] += h;
    terrain.marks[k] |= 1 << bit;
  }
  return length;
}

const pixel = ([x, y]: Point, micronsPerPixel: number): Point => [x / micronsPerPixel, y / micronsPerPixel];

export const distance = ([ax, ay]: Point, [bx, by]: Point): number =>
  Math.sqrt((ax - bx) * (ax - bx) + (ay - by) * (ay - by));

/** Calls back for every pixel nearer to a segment than `half`, with the distance as a share of it. */
function nearSegment(
  size: number,
  [ax, ay]: Point,
  [bx, by]: Point,
  half: number,
  visit: (k: number, share: number) => void,
): void {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy || 1;
  const clip = (value: number) => Math.min(Math.max(value, 0), size - 1);
  const [left, right] = [clip(Math.floor(Math.min(ax, bx) - half)), clip(Math.ceil(Math.max(ax, bx) + half))];
  const [top, bottom] = [clip(Math.floor(Math.min(ay, by) - half)), clip(Math.ceil(Math.max(ay, by) + half))];
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const t = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / square, 0), 1);
      const [ex, ey] = [x - ax - t * dx, y - ay - t * dy];
      const away = Math.sqrt(ex * ex + ey * ey);
      if (away < half) visit(y * size + x, away / half);
    }
}

/** Adds a round or oval dent (negative height) or bump; marks its pixels. Axes are full widths in µm. */
export function dent(
  terrain: Terrain,
  [cx, cy]: Point,
  [a, b]: readonly [number, number],
  [ux, uy]: readonly [number, number],
  profile: Profile,
  bit: number,
): void {
  const { size, micronsPerPixel, height, marks } = terrain;
  const reach = Math.max(a, b) / 2 / micronsPerPixel;
  const [px, py] = pixel([cx, cy], micronsPerPixel);
  const [top, bottom] = [Math.max(0, Math.ceil(py - reach)), Math.min(size - 1, Math.floor(py + reach))];
  const [left, right] = [Math.max(0, Math.ceil(px - reach)), Math.min(size - 1, Math.floor(px + reach))];
  const [halfA, halfB] = [a / 2 / micronsPerPixel, b / 2 / micronsPerPixel];
  for (let y = top; y <= bottom; y++)
    for (let x = left; x <= right; x++) {
      const along = ((x - px) * ux + (y - py) * uy) / halfA;
      const across = ((y - py) * ux - (x - px) * uy) / halfB;
      const share = Math.sqrt(along * along + across * across);
      if (share >= 1) continue;
      height[y * size + x] += profile(share);
      marks[y * size + x] |= 1 << bit;
    }
}

/** A winding path: steps of `step` µm, each turned a little from the one before. */
export function wander(
  from: Point,
  [ux, uy]: readonly [number, number],
  length: number,
  { step, turn }: { step: number; turn: number },
  draw: Random,
): Point[] {
  const path: Point[] = [from];
  let [x, y] = from;
  for (let walked = 0; walked < length; walked += step) {
    const bend = turn * draw.normal();
    const [vx, vy] = [ux - bend * uy, uy + bend * ux];
    const norm = Math.sqrt(vx * vx + vy * vy);
    [ux, uy] = [vx / norm, vy / norm];
    [x, y] = [x + step * ux, y + step * uy];
    path.push([x, y]);
  }
  return path;
}

/** A point anywhere on the terrain. */
export const anywhere = ({ size, micronsPerPixel }: Terrain, draw: Random): Point => [
  draw.uniform() * size * micronsPerPixel,
  draw.uniform() * size * micronsPerPixel,
];
