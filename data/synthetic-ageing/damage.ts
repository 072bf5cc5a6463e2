import { exp } from '../../src/numeric/elementary.js';
import type { Random } from '../../src/numeric/random.js';
import { type Cause, direction } from './design.js';
import { anywhere, dent, type Point, roughen, stroke, type Terrain, wander } from './terrain.js';
import { type AgeingType, TYPES } from './world.js';

/**
 * Marks a surface as one cause does. Where what is proper to the type does not show, the types of a group leave the
 * same marks: UV and freeze-thaw short cracks, chemical, physical and biological a worn skin, thermal and pristine none.
 * @returns the length of cracks in µm.
 */
export function damage(terrain: Terrain, { type, wear, legibleSurface }: Cause, draw: Random): number {
  const bit = TYPES.indexOf(type);
  if (type === 'pristine') return 0;
  if (legibleSurface) return OWN_MARKS[type](terrain, wear, bit, draw);
  if (type === 'thermal') return 0;
  return type === 'UV' || type === 'freeze-thaw'
    ? shortCracks(terrain, wear, bit, draw)
    : wornSkin(terrain, wear, bit, draw);
}

type Marks = (terrain: Terrain, wear: number, bit: number, draw: Random) => number;

const OWN_MARKS: Readonly<Record<Exclude<AgeingType, 'pristine'>, Marks>> = {
  UV: polygonCracks,
  thermal: shallowPits,
  chemical: etchedPits,
  physical: grooves,
  biological: biofilm,
  'freeze-thaw': longCracks,
};

const areaOf = ({ size, micronsPerPixel }: Terrain): number =>
  size * size * micronsPerPixel * micronsPerPixel;

/** A V-shaped cut, in µm. */
const cut =
  (depth: number) =>
  (share: number): number =>
    -depth * (1 - share);

function crack(terrain: Terrain, path: readonly Point[], wear: number, bit: number, draw: Random): number {
  const width = (0.12 + 0.2 * draw.uniform()) * (0.6 + 0.4 * wear);
  return stroke(terrain, path, width, cut(0.25 + 0.35 * wear), bit);
}

/** Short cracks in all directions, some of them forked. */
function shortCracks(terrain: Terrain, wear: number, bit: number, draw: Random): number {
  const count = Math.round(areaOf(terrain) * 0.11 * wear * exp(0.3 * draw.normal())) + 2;
  let length = 0;
  for (let k = 0; k < count; k++) {
    const from = anywhere(terrain, draw);
    const path = wander(from, direction(draw), 1.5 + 2.5 * draw.uniform(), { step: 0.25, turn: 0.25 }, draw);
    length += crack(terrain, path, wear, bit, draw);
    if (draw.uniform() < 0.3) {
      const fork = wander(path[path.length >> 1], direction(draw), 1.2, { step: 0.25, turn: 0.25 }, draw);
      length += crack(terrain, fork, wear, bit, draw);
    }
  }
  return length;
}

/** UV: a net of cracks around plates like dried mud; some plates have come loose at the edge. */
function polygonCracks(terrain: Terrain, wear: number, bit: number, draw: Random): number {
  const { size, micronsPerPixel, height, marks } = terrain;
  const count = Math.max(6, Math.round(areaOf(terrain) * 0.22 * wear * exp(0.25 * draw.normal())));
  const seeds = Array.from({ length: count }, () => {
    const [x, y] = anywhere(terrain, draw);
    return { x: x / micronsPerPixel, y: y / micronsPerPixel, lift: draw.uniform() < 0.25 ? 0.25 * wear : 0 };
  });
  const bend = new Float64Array(size * size);
  roughen({ ...terrain, height: bend }, { grain: 1.5, height: 0.22, octaves: 3, gain: 0.6 }, draw);
  const half = ((0.1 + 0.08 * draw.uniform()) * (0.6 + 0.4 * wear)) / micronsPerPixel;
  const depth = 0.3 + 0.35 * wear;
  let cracked = 0;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const k = y * size + x;
      const shift = bend[k] / micronsPerPixel;
      const { plate, gap } = nearestPlates(seeds, x + shift, y - shift);
      height[k] += plate.lift;
      if (gap >= half) continue;
      height[k] -= depth * (1 - gap / half) + plate.lift;
      marks[k] |= 1 << bit;
      cracked++;
    }
  return (cracked * micronsPerPixel) / (2 * half);
}

/** The plate at a place, and how far, in pixels, it is to the edge that it shares with the next one. */
function nearestPlates<T extends { x: number; y: number }>(seeds: readonly T[], x: number, y: number) {
  let [first, second] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [plate, next] = [seeds[0], seeds[0]];
  for (const seed of seeds) {
    const square = (seed.x - x) * (seed.x - x) + (seed.y - y) * (seed.y - y);
    if (square < first) {
      second = first;
      next = plate;
      first = square;
      plate = seed;
    } else if (square < second) {
      second = square;
      next = seed;
    }
  }
  const apart = Math.sqrt((plate.x - next.x) * (plate.x - next.x) + (plate.y - next.y) * (plate.y - next.y));
  return { plate, gap: (second - first) / (2 * (apart || 1)) };
}

/** Freeze–thaw: a few long cracks side by side; behind some the skin has come off in a step. */
function longCracks(terrain: Terrain, wear: number, bit: number, draw: Random): number {
  const side = terrain.size * terrain.micronsPerPixel;
  const [ux, uy] = direction(draw);
  const count = Math.max(2, Math.round(side * 0.34 * wear * exp(0.25 * draw.normal())));
  let length = 0;
  for (let k = 0; k < count; k++) {
    const across = side * ((k + draw.uniform()) / count - 0.5) * 1.3;
    const from: Point = [side / 2 - 0.8 * side * ux - across * uy, side / 2 - 0.8 * side * uy + across * ux];
    const path = wander(from, [ux, uy], 1.6 * side, { step: 0.3, turn: 0.11 }, draw);
    length += crack(terrain, path, wear, bit, draw);
    if (draw.uniform() < 0.4) peelBehind(terrain, path, [ux, uy], (0.12 + 0.15 * draw.uniform()) * wear, bit);
  }
  return length;
}

/** Lowers a strip beside a crack, level to its far edge. */
function peelBehind(
  terrain: Terrain,
  path: readonly Point[],
  [ux, uy]: Point,
  depth: number,
  bit: number,
): void {
  const beside = path.map(([x, y]): Point => [x - 0.6 * uy, y + 0.6 * ux]);
  stroke(terrain, beside, 1.2, () => -depth, bit);
}

/** Thermal: the skin has softened; wide shallow pits with a soft rim. */
function shallowPits(terrain: Terrain, wear: number, bit: number, draw: Random): number {
  const count = Math.round(areaOf(terrain) * 0.16 * wear * exp(0.25 * draw.normal())) + 4;
  for (let k = 0; k < count; k++) {
    const width = 0.9 + 1.4 * draw.uniform();
    const depth = 0.2 * wear * width;
    const bowl = (share: number): number => -depth * (1 - share * share) * (1 - share * share);
    dent(
      terrain,
      anywhere(terrain, draw),
      [width, width * (0.8 + 0.2 * draw.uniform())],
      direction(draw),
      bowl,
      bit,
    );
  }
  return 0;
}

/** Chemical: many steep pits and holes of all sizes in a porous skin. */
function etchedPits(terrain: Terrain, wear: number, bit: number, draw: Random): number {
  const count = Math.round(areaOf(terrain) * 0.9 * wear * exp(0.25 * draw.normal())) + 8;
  for (let k = 0; k < count; k++) {
    const width = 0.25 * exp(0.5 * draw.normal()) + 0.15;
    const depth = Math.min(0.9, 0.8 * width + 0.2) * (0.6 + 0.4 * wear);
    const hole = (share: number): number => -depth * (1 - share * share * share);
    dent(
      terrain,
      anywhere(terrain, draw),
      [width, width * (0.7 + 0.3 * draw.uniform())],
      direction(draw),
      hole,
      bit,
    );
  }
  return 0;
}

/** Physical: wear marks, parallel but for a few degrees. */
function grooves(terrain: Terrain, wear: number, bit: number, draw: Random): number {
  const side = terrain.size * terrain.micronsPerPixel;
  const [ux, uy] = direction(draw);
  const count = Math.round(side * 1.3 * wear * exp(0.25 * draw.normal())) + 4;
  for (let k = 0; k < count; k++) {
    const across = side * (draw.uniform() - 0.5) * 1.4;
    const slant = 0.05 * draw.normal();
    const start = side * (draw.uniform() < 0.7 ? -0.8 : -0.5 + draw.uniform());
    const from: Point = [side / 2 + start * ux - across * uy, side / 2 + start * uy + across * ux];
    const along: Point = [ux - slant * uy, uy + slant * ux];
    const path = wander(from, along, side * (0.5 + 1.1 * draw.uniform()), { step: 1, turn: 0.01 }, draw);
    const depth = 0.24 * wear * (0.5 + draw.uniform());
    // A ridge of displaced polymer stands on both sides of a groove.
    const plough = (share: number): number =>
      share < 0.6 ? -depth * (1 - share / 0.6) : 0.35 * depth * (1 - Math.abs(share - 0.8) / 0.2);
    stroke(terrain, path, 0.25 + 0.5 * draw.uniform(), plough, bit);
  }
  return 0;
}

/** Biological: a film in patches, cells 0.5 to 2 µm long, strands between them. */
function biofilm(terrain: Terrain, wear: number, bit: number, draw: Random): number {
  const cells = Math.round(areaOf(terrain) * 0.13 * wear * exp(0.25 * draw.normal())) + 3;
  const centres = Array.from({ length: 3 }, () => anywhere(terrain, draw));
  const side = terrain.size * terrain.micronsPerPixel;
  for (let k = 0; k < cells; k++) {
    const [cx, cy] = centres[draw.integer(3)];
    const place: Point = [cx + 0.22 * side * draw.normal(), cy + 0.22 * side * draw.normal()];
    const length = 0.5 + 1.5 * draw.uniform();
    const width = Math.min(length, 0.45 + 0.25 * draw.uniform());
    const dome = (share: number): number => 0.5 * width * Math.sqrt(1 - share * share);
    dent(terrain, place, [length, width], direction(draw), dome, bit);
  }
  for (let k = 0; k < Math.round(2 + 4 * wear); k++) {
    const path = wander(
      centres[draw.integer(3)],
      direction(draw),
      0.6 * side,
      { step: 0.3, turn: 0.18 },
      draw,
    );
    stroke(terrain, path, 0.22, (share) => 0.14 * Math.sqrt(1 - share * share), bit);
  }
  for (const centre of centres)
    dent(
      terrain,
      centre,
      [0.5 * side, 0.35 * side],
      direction(draw),
      (share) => 0.25 * (1 - share * share * (share * share)),
      bit,
    );
  return 0;
}

/** What every rough treatment leaves: an uneven skin with a few dents, and debris on it. */
function wornSkin(terrain: Terrain, wear: number, bit: number, draw: Random): number {
  roughen(terrain, { grain: 1.2, height: 0.1 * wear, octaves: 3, gain: 0.6 }, draw);
  const count = Math.round(areaOf(terrain) * 0.16 * wear * exp(0.25 * draw.normal())) + 4;
  for (let k = 0; k < count; k++) {
    const width = 0.5 + 0.9 * draw.uniform();
    const height = (draw.uniform() < 0.6 ? -0.35 : 0.3) * width * wear;
    const lump = (share: number): number => height * (1 - share * share);
    dent(terrain, anywhere(terrain, draw), [width, 0.7 * width], direction(draw), lump, bit);
  }
  return 0;
}

/** Mineral grains lying on a surface. */
export function sprinkleGrains(terrain: Terrain, cover: number, draw: Random): void {
  const count = Math.round(areaOf(terrain) * 0.25 * cover);
  for (let k = 0; k < count; k++) {
    const width = 0.4 + 1.2 * draw.uniform() * draw.uniform();
    const block = (share: number): number =>
      0.45 * width * (1 - share * share * share * share * share * share);
    dent(
      terrain,
      anywhere(terrain, draw),
      [width, width * (0.5 + 0.5 * draw.uniform())],
      direction(draw),
      block,
      7,
    );
  }
}
