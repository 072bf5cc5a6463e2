import type { NamedBand } from '../attribution/regions.js';

/** Bands that ageing writes, by what absorbs there: the names that figures and tables of Method B use. */
export const AGEING_BANDS: readonly NamedBand[] = [
  { name: 'O–H 3200–3550', range: [3200, 3550] },
  { name: 'C=O 1695–1760', range: [1695, 1760] },
  { name: 'C=C 1650–1680', range: [1650, 1680] },
  { name: 'vinyl 1630–1650', range: [1630, 1650] },
  { name: 'amide II 1515–1565', range: [1515, 1565] },
  { name: 'C–O 1030–1220', range: [1030, 1220] },
  { name: 'vinyl 900–916', range: [900, 916] },
  { name: 'CH₂ rock 715–735', range: [715, 735] },
];

/** One of the paper's links: a type of ageing, the band it is said to write, the mark it is said to leave. */
export interface PublishedLink {
  readonly type: string;
  readonly band: NamedBand;
  readonly mark: string;
}

/** The three links that Zhang, Li et al. (2025), doi:10.1016/j.jhazmat.2025.139301, read from attention. */
export const PUBLISHED_LINKS: readonly PublishedLink[] = [
  { type: 'chemical', band: { name: 'C=O 1700–1750', range: [1700, 1750] }, mark: 'etching' },
  { type: 'UV', band: { name: 'O–H 3300–3500', range: [3300, 3500] }, mark: 'dense cracks' },
  { type: 'physical', band: { name: 'C=C 1650–1680', range: [1650, 1680] }, mark: 'wear marks' },
];

/** How much of a range lies within another, 0 to 1 of the first. */
export function overlapOf(range: readonly [number, number], other: readonly [number, number]): number {
  const [a, b] = [Math.min(...range), Math.max(...range)];
  const [c, d] = [Math.min(...other), Math.max(...other)];
  return b > a ? Math.max(0, Math.min(b, d) - Math.max(a, c)) / (b - a) : 0;
}
