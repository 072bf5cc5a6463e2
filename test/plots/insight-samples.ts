import { micrograph } from '../../src/images/micrograph.js';
import { matrix } from '../../src/numeric/matrix.js';
import { attentionFigure } from '../../src/plots/attention.js';
import { deletionFigure } from '../../src/plots/deletion.js';
import type { Figure } from '../../src/plots/figure.js';
import { mapFigure } from '../../src/plots/map.js';
import { matrixFigure } from '../../src/plots/matrix.js';
import { micrographFigure } from '../../src/plots/micrograph.js';
import { sharesFigure } from '../../src/plots/shares.js';

const x = Float64Array.from({ length: 181 }, (_, j) => 400 + 20 * j);
const bump = (at: number, width: number) => x.map((v) => Math.exp(-(((v - at) / width) ** 2)));
const interval = (value: number) => ({ value, low: value - 0.1, high: value + 0.05 });

/** One figure of each kind in attention, mixtures and maps. */
export const insightFigures = (title: string, name: string): Figure[] => {
  const options = { title, synthetic: true };
  const image = micrograph(32, 40, new Uint8Array(1280).fill(120), { micronsPerPixel: 0.25, infoBarRows: 8 });
  const heat = Float64Array.from({ length: 1024 }, (_, k) => (k % 32) / 31);
  return [
    attentionFigure(
      x,
      bump(2900, 60),
      [name, 'thermal'].map((one, k) => ({ name: one, attention: bump(1700 + 900 * k, 90) })),
      {
        ...options,
        bands: [
          { name: 'C=O 1700–1750', range: [1700, 1750] },
          { name: 'C=C 1650–1680', range: [1650, 1680] },
          { name: 'O–H 3200–3550', range: [3200, 3550] },
        ],
      },
    ),
    micrographFigure(
      [
        { image, heat, label: name, outlines: [{ left: 4, top: 8, width: 8, height: 8 }] },
        { image, label: 'b' },
      ],
      options,
    ),
    matrixFigure(
      matrix([
        [0.2, -0.5, Number.NaN],
        [0, 1, 0.4],
      ]),
      {
        ...options,
        ...{ rows: [name, 'C=O 1700–1750'], columns: ['UV', name, 'freeze–thaw'], axes: ['band', 'mark'] },
        ...{ measure: 'link', range: [-1, 1], diverging: true, framed: [[1, 1]] },
      },
    ),
    sharesFigure(
      [
        { label: name, shares: [interval(0.6), interval(0.4), undefined], truth: [0.5, 0.5, 0] },
        { label: 'particle 2', shares: [interval(0.2), undefined, interval(0.8)], truth: [0.3, 0, 0.7] },
      ],
      [name, 'thermal', 'physical'],
      { ...options, least: 0.01 },
    ),
    deletionFigure(
      [name, 'random order'].map((one, k) => ({
        ...{ name: one, shares: [0, 0.5, 1], mean: [0.9, 0.3 + 0.3 * k, 0.1] },
        ...{ low: [0.8, 0.2, 0.1], high: [1, 0.7, 0.1] },
      })),
      { ...options, regions: 'patches' },
    ),
    mapFigure(
      matrix([
        [0, 0],
        [1, 0.2],
        [0, 1],
        [4, 4],
        [5, 4.4],
        [4, 5],
      ]),
      [name, name, name, 'b', 'b', 'b'],
      { ...options, axes: ['PC 1 (60 %)', 'PC 2 (20 %)'], ellipse: 0.9, order: ['b', name] },
    ),
  ];
};
