/** One part of the synthetic table. */
export interface Part {
  readonly rows: number;
  readonly studies: number;
  /** Rows of the largest study. */
  readonly largest: number;
  readonly materials: readonly string[];
  readonly sizes: readonly number[];
}

export type PartName = 'source' | 'T1' | 'T2' | 'T3';

const NANO_SIZES = [10, 20, 30, 50, 80, 100];
const MICRO_SIZES = [200, 500, 1000, 5000, 10_000];

/** The source and the three targets, which mirror T1 to T3 of `yan-mnp`. */
export const PARTS: Readonly<Record<PartName, Part>> = {
  source: {
    rows: 5000,
    studies: 150,
    largest: 60,
    materials: ['Ag', 'Au', 'TiO2', 'ZnO', 'SiO2', 'Iron oxide', 'CuO', 'CeO2', 'PLGA', 'Carbon NP', 'PS'],
    sizes: NANO_SIZES,
  },
  T1: { rows: 60, studies: 6, largest: 30, materials: ['PS'], sizes: NANO_SIZES.slice(1) },
  T2: { rows: 120, studies: 10, largest: 30, materials: ['PS'], sizes: MICRO_SIZES },
  T3: {
    rows: 200,
    studies: 14,
    largest: 30,
    materials: ['PE', 'PP', 'PET', 'PVC', 'PMMA'],
    sizes: [...NANO_SIZES.slice(3), ...MICRO_SIZES],
  },
};

/** Surfaces with the middle of their zeta potential in mV. */
export const SURFACES = [
  { name: 'none', zeta: -25 },
  { name: 'COOH', zeta: -40 },
  { name: 'NH2', zeta: 35 },
];

/** Cells; `effect` on log10 EC50 where it is given, else by chance (SD 0.3). */
export const CELLS: readonly { name: string; effect?: number; onlyAboveNm?: number }[] = [
  { name: 'A549' },
  { name: 'THP-1' },
  { name: 'HepG2' },
  { name: 'RAW 264.7' },
  { name: 'HeLa' },
  { name: 'HUVEC' },
  { name: 'AT2' },
  { name: 'TT1', effect: 0.8 },
  { name: 'Caco-2', effect: -0.9, onlyAboveNm: 5000 },
];

export const ASSAYS = ['MTT', 'MTS', 'CCK-8', 'LDH', 'Alamar Blue'];
