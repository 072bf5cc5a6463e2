import type { Micrograph } from '../images/micrograph.js';
import { findParticles, type Particles, type SegmentOptions } from '../images/particles/segment.js';
import type { Features } from './features.js';

/**
 * The shapes in many micrographs, one row each: of the largest particle, means over all weighted by area, how many there
 * are and how much of the field they cover. None depends on the pixel size, which is often not stated.
 * @param images - n micrographs.
 * @param options - how particles are told from their ground.
 * @throws RangeError without a micrograph.
 */
export function shapeFeatures(images: readonly Micrograph[], options: SegmentOptions = {}): Features {
  if (images.length === 0) throw new RangeError('images must hold at least one micrograph, but is empty');
  const rows = images.map((image) => describe(findParticles(image, options)));
  const names = Object.keys(rows[0]);
  return {
    ids: images.map(({ particle }, i) => particle || `micrograph ${i + 1}`),
    names,
    groups: names,
    values: { rows: rows.length, cols: names.length, data: Float64Array.from(rows.flatMap(Object.values)) },
  };
}

const MEASURES = ['roundness', 'circularity', 'solidity', 'extent', 'eccentricity'] as const;

/** A micrograph without a particle has zeros. */
function describe({ shapes, regions }: Particles): Record<string, number> {
  const pixels = regions.labels.length;
  const inside = regions.labels.reduce((sum, label) => sum + (label > 0 ? 1 : 0), 0);
  const total = shapes.reduce((sum, { area }) => sum + area, 0);
  const largest = [...shapes].sort((a, b) => b.area - a.area)[0];
  const out: Record<string, number> = {
    particles: shapes.length,
    cover: inside / pixels,
    'share of the largest': largest ? largest.area / total : 0,
    'length over width of the largest': largest ? largest.length / largest.meanWidth : 0,
    'width of the largest over its Feret diameter': largest ? largest.meanWidth / largest.feretDiameter : 0,
    'Feret ratio of the largest': largest ? largest.feretMinimum / largest.feretDiameter : 0,
  };
  for (const measure of MEASURES) {
    out[`${measure} of the largest`] = largest?.[measure] ?? 0;
    out[`mean ${measure}`] = total > 0 ? shapes.reduce((sum, s) => sum + s[measure] * s.area, 0) / total : 0;
  }
  return out;
}
