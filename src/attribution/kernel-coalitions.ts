import type { Random } from '../numeric/random.js';
import type { CoalitionSet } from './coalitions.js';

/** Coalitions with their weights in the regression; sampled ones stand in pairs, a coalition beside its complement. */
export interface KernelSample {
  readonly weights: number[];
  /** From this index on coalitions were drawn; those before were taken whole. */
  readonly firstDrawn: number;
  readonly draws: number;
}

/** Takes whole sizes from the outside in, then draws pairs from the sizes that are left. */
export function drawCoalitions(set: CoalitionSet, budget: number, random: Random): KernelSample {
  const weights = [0, 0];
  const g = set.groups;
  const half = Math.floor(g / 2);
  const mass = sizeMass(g);
  let left = budget - 2;
  let size = 1;
  for (; size <= half; size++) {
    const whole = binomial(g, size) * (2 * size === g ? 1 : 2);
    const share = mass[size] / mass.slice(size).reduce((a, b) => a + b, 0);
    if (left * share < whole * (1 - 1e-8)) break;
    takeWhole(set, weights, size, mass[size] / whole);
    left -= whole;
  }
  const firstDrawn = set.count;
  const draws = size > half ? 0 : drawPairs(set, weights, mass, size, left, random);
  const rest = mass.slice(size).reduce((a, b) => a + b, 0);
  for (let c = firstDrawn; c < weights.length; c++) weights[c] *= rest / (2 * draws);
  return { weights, firstDrawn, draws };
}

/** Share of the kernel's weight that falls on coalitions of size s or g − s, for s = 0 … ⌊g / 2⌋. */
function sizeMass(g: number): number[] {
  const mass = Array.from({ length: Math.floor(g / 2) + 1 }, (_, s) => (s === 0 ? 0 : 1 / (s * (g - s))));
  for (let s = 1; s < mass.length; s++) if (2 * s !== g) mass[s] *= 2;
  const total = mass.reduce((a, b) => a + b, 0);
  return mass.map((m) => m / total);
}

function binomial(n: number, k: number): number {
  let c = 1;
  for (let i = 0; i < k; i++) c = (c * (n - i)) / (i + 1);
  return Math.round(c);
}

function takeWhole(set: CoalitionSet, weights: number[], size: number, weight: number): void {
  const g = set.groups;
  const chosen = Int32Array.from({ length: size }, (_, i) => i);
  for (;;) {
    const members = new Uint8Array(g);
    for (const i of chosen) members[i] = 1;
    weights[set.add(members)] = weight;
    if (2 * size !== g) weights[set.add(members.map((m) => 1 - m))] = weight;
    let k = size - 1;
    while (k >= 0 && chosen[k] === g - size + k) k--;
    if (k < 0) return;
    chosen[k]++;
    for (let q = k + 1; q < size; q++) chosen[q] = chosen[q - 1] + 1;
  }
}

/** Draws until the budget is filled with new coalitions; one drawn again weighs more instead. */
function drawPairs(
  set: CoalitionSet,
  weights: number[],
  mass: number[],
  from: number,
  budget: number,
  random: Random,
): number {
  const rest = mass.slice(from).reduce((a, b) => a + b, 0);
  const last = set.count + budget;
  let draws = 0;
  for (; set.count + 1 < last && draws < 4 * budget; draws++) {
    const members = new Uint8Array(set.groups);
    const order = random.permutation(set.groups);
    const size = drawSize(mass, from, rest * random.uniform());
    for (let k = 0; k < size; k++) members[order[k]] = 1;
    for (const side of [members, members.map((m) => 1 - m)]) {
      const c = set.add(side);
      weights[c] = (weights[c] ?? 0) + 1;
    }
  }
  return draws;
}

function drawSize(mass: number[], from: number, u: number): number {
  let size = from;
  while (size < mass.length - 1 && u >= mass[size]) u -= mass[size++];
  return size;
}
