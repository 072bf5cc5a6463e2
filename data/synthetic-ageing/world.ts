/** The seven types of ageing: our assumption, for the paper's own were not published. The order is that of bits in masks. */
export const TYPES = [
  'pristine',
  'UV',
  'thermal',
  'chemical',
  'physical',
  'biological',
  'freeze-thaw',
] as const;
export type AgeingType = (typeof TYPES)[number];

/** Position in cm⁻¹, full width at half maximum in cm⁻¹, height relative to the polymer's highest band. */
export type Band = readonly [position: number, width: number, height: number];

export interface Polymer {
  readonly name: string;
  readonly bands: readonly Band[];
  /** Height of the carbonyl band at saturation: PP > PE > PS > PA > PVC > PET. */
  readonly oxidises: number;
}

/** Bands measured on library spectra; a width that was not measured is taken as 14 cm⁻¹. */
export const POLYMERS: readonly Polymer[] = [
  {
    name: 'PE',
    oxidises: 0.3,
    bands: [
      ...([
        [2916, 24, 1],
        [2849, 13, 0.84],
        [1472, 12, 0.24],
        [1462, 14, 0.2],
        [1375, 14, 0.02],
      ] as const),
      ...([
        [729, 8, 0.16],
        [719, 10, 0.24],
      ] as const),
    ],
  },
  {
    name: 'PP',
    oxidises: 0.36,
    bands: [
      ...([
        [2951, 16, 0.8],
        [2918, 37, 1],
        [2870, 15, 0.52],
        [2837, 12, 0.48],
        [1456, 24, 0.5],
      ] as const),
      ...([
        [1375, 12, 0.69],
        [1167, 22, 0.11],
        [997, 11, 0.1],
        [974, 12, 0.14],
        [841, 12, 0.1],
      ] as const),
      ...([[808, 14, 0.07]] as const),
    ],
  },
  {
    name: 'PS',
    oxidises: 0.26,
    bands: [
      ...([
        [3059, 13, 0.06],
        [3026, 17, 0.13],
        [2920, 40, 0.15],
        [2849, 14, 0.06],
        [1601, 13, 0.12],
      ] as const),
      ...([
        [1493, 11, 0.26],
        [1450, 15, 0.28],
        [1028, 16, 0.12],
        [906, 14, 0.08],
        [752, 30, 0.43],
      ] as const),
      ...([
        [694, 17, 1],
        [538, 30, 0.37],
      ] as const),
    ],
  },
  {
    name: 'PET',
    oxidises: 0.18,
    bands: [
      ...([
        [1715, 24, 1],
        [1504, 14, 0.06],
        [1410, 14, 0.18],
        [1340, 12, 0.23],
        [1246, 47, 0.97],
      ] as const),
      ...([
        [1098, 54, 0.81],
        [1018, 12, 0.42],
        [970, 14, 0.14],
        [872, 14, 0.27],
        [847, 14, 0.14],
      ] as const),
      ...([[723, 20, 0.97]] as const),
    ],
  },
  {
    name: 'PA',
    oxidises: 0.23,
    bands: [
      ...([
        [3296, 77, 0.26],
        [3080, 45, 0.05],
        [2920, 39, 0.58],
        [2853, 17, 0.4],
        [1636, 36, 1],
      ] as const),
      ...([
        [1539, 39, 0.84],
        [1464, 44, 0.37],
        [1368, 14, 0.2],
        [1236, 60, 0.24],
        [1175, 14, 0.14],
      ] as const),
      ...([
        [721, 14, 0.33],
        [581, 14, 0.23],
      ] as const),
    ],
  },
  {
    name: 'PVC',
    oxidises: 0.2,
    bands: [
      ...([
        [2970, 14, 0.06],
        [2914, 33, 0.3],
        [2851, 14, 0.13],
        [1732, 25, 0.44],
        [1429, 23, 0.63],
      ] as const),
      ...([
        [1331, 25, 0.31],
        [1252, 38, 0.63],
        [1098, 35, 0.21],
        [964, 28, 0.49],
        [698, 28, 0.58],
      ] as const),
      ...([[610, 47, 1]] as const),
    ],
  },
];

/** What ageing and soil add: chemical groups with their bands, heights relative to the first. */
export const GROUPS = {
  lactone: [[1780, 20, 1]],
  ester: [[1740, 20, 1]],
  ketone: [[1718, 20, 1]],
  acid: [[1708, 22, 1]],
  hydroxyl: [[3400, 280, 1]],
  vinyl: [
    [1640, 16, 1],
    [908, 12, 0.9],
  ],
  ether: [
    [1180, 60, 1],
    [1070, 70, 0.8],
  ],
  alkene: [[1665, 22, 1]],
  amide: [
    [1650, 55, 1],
    [1540, 45, 0.65],
    [3290, 220, 0.7],
  ],
  saccharide: [
    [1045, 110, 1],
    [3330, 320, 0.5],
  ],
  silicate: [
    [1035, 110, 1],
    [790, 35, 0.25],
    [465, 60, 0.6],
  ],
} as const satisfies Record<string, readonly Band[]>;
export type Group = keyof typeof GROUPS;

/** Heights of groups, relative to the height of the carbonyl band. */
export type Recipe = Readonly<Partial<Record<Group, number>>>;

/** How an oxidised surface differs by what oxidised it. */
export const OXIDATION: Readonly<Record<'UV' | 'thermal' | 'chemical', Recipe>> = {
  UV: { acid: 0.65, ester: 0.2, ketone: 0.1, lactone: 0.05, hydroxyl: 0.9, vinyl: 0.7, ether: 0.2 },
  thermal: { ketone: 0.75, ester: 0.15, acid: 0.1, hydroxyl: 0.25, ether: 0.15 },
  chemical: { ester: 0.4, acid: 0.3, ketone: 0.3, hydroxyl: 0.5, ether: 1.1, vinyl: 0.15 },
};

/** Where each type writes its mark in the spectrum, cm⁻¹, and what its mark in the micrograph is: the links to be found. */
export const MARKS: Readonly<
  Record<AgeingType, { bands: readonly (readonly [number, number])[]; surface: string }>
> = {
  pristine: { bands: [], surface: 'smooth' },
  UV: {
    bands: [
      [3200, 3550],
      [1695, 1750],
      [1630, 1650],
      [900, 916],
    ],
    surface: 'dense cracks, flakes',
  },
  thermal: { bands: [[1700, 1750]], surface: 'softened, shallow pits' },
  chemical: {
    bands: [
      [1690, 1760],
      [1030, 1220],
    ],
    surface: 'etched pits and holes',
  },
  physical: { bands: [[1650, 1680]], surface: 'parallel wear marks' },
  biological: {
    bands: [
      [1620, 1680],
      [1515, 1565],
      [990, 1100],
      [3100, 3500],
    ],
    surface: 'film, cells, strands',
  },
  'freeze-thaw': {
    bands: [
      [715, 735],
      [3250, 3550],
    ],
    surface: 'long micro-cracks, delamination',
  },
};

/** How each type is dosed: unit, the dose at which change sets in, the temperature range in °C. */
export const DOSES: Readonly<
  Record<AgeingType, { unit: string; onset: number; celsius: readonly [number, number] }>
> = {
  pristine: { unit: 'h', onset: 0, celsius: [20, 20] },
  UV: { unit: 'h of UV', onset: 200, celsius: [30, 60] },
  thermal: { unit: 'h of heat', onset: 300, celsius: [70, 110] },
  chemical: { unit: 'h of oxidant', onset: 24, celsius: [20, 40] },
  physical: { unit: 'h of abrasion', onset: 12, celsius: [20, 25] },
  biological: { unit: 'd in water', onset: 20, celsius: [10, 28] },
  'freeze-thaw': { unit: 'cycles', onset: 30, celsius: [-20, 20] },
};

export type Environment = 'beach' | 'sea surface' | 'paddy field' | 'soil' | 'river';

/** Mean share of each cause, and of mineral cover, where a particle has aged in nature. Our proposal. */
export const ENVIRONMENTS: Readonly<
  Record<
    Environment,
    { readonly causes: Readonly<Partial<Record<AgeingType, number>>>; readonly mineral: number }
  >
> = {
  beach: {
    causes: { UV: 0.5, physical: 0.3, thermal: 0.12, chemical: 0.03, biological: 0.05 },
    mineral: 0.2,
  },
  'sea surface': { causes: { UV: 0.55, biological: 0.3, physical: 0.1, chemical: 0.05 }, mineral: 0.05 },
  'paddy field': { causes: { chemical: 0.4, UV: 0.3, biological: 0.2, physical: 0.1 }, mineral: 0.35 },
  soil: {
    causes: { UV: 0.35, biological: 0.25, chemical: 0.15, physical: 0.1, 'freeze-thaw': 0.15 },
    mineral: 0.4,
  },
  river: { causes: { UV: 0.4, physical: 0.35, biological: 0.2, 'freeze-thaw': 0.05 }, mineral: 0.15 },
};
