/** The physical quantity of a schema column that has a unit. */
export type Dimension = 'length' | 'potential' | 'dose' | 'time' | 'percent';

/** What one particle is, for doses that count particles instead of weighing them. */
export interface Particle {
  readonly sizeNm: number;
  /** g/cm³ */
  readonly density: number;
}

/** A conversion into the schema's unit; NaN where a particle is needed and not known. */
export type Conversion = (value: number, particle: Particle) => number;

const AVOGADRO = 6.02214076e23;

/** What one of the unit is in the schema's unit: nm, mV, µg/mL, h, %. */
const FACTORS: Readonly<Record<Dimension, Readonly<Record<string, number>>>> = {
  length: { nm: 1, um: 1e3, mm: 1e6, cm: 1e7, m: 1e9, å: 0.1, angstrom: 0.1 },
  potential: { mv: 1, v: 1e3 },
  dose: {
    'ug/ml': 1,
    'mg/l': 1,
    'g/m3': 1,
    ppm: 1,
    'ng/ml': 1e-3,
    'ug/l': 1e-3,
    'ng/l': 1e-6,
    'mg/ml': 1e3,
    'g/l': 1e3,
    'g/ml': 1e6,
  },
  time: { h: 1, hr: 1, hours: 1, min: 1 / 60, s: 1 / 3600, d: 24, days: 24, weeks: 168 },
  percent: { '%': 1, percent: 1, fraction: 100 },
};

/** Particles per millilitre in one of the unit. */
const COUNTS: Readonly<Record<string, number>> = {
  'particles/ml': 1,
  'particles/l': 1e-3,
  'umolparticles/l': (1e-6 * AVOGADRO) / 1e3,
  'nmolparticles/l': (1e-9 * AVOGADRO) / 1e3,
  'pmolparticles/l': (1e-12 * AVOGADRO) / 1e3,
};

/**
 * How values in `unit` become values in the schema's unit, or `null` when the unit is not one of the dimension's.
 * A dose in particles is weighed as spheres: count × density × (π/6) diameter³.
 */
export function conversion(unit: string, dimension: Dimension): Conversion | null {
  const key = normaliseUnit(unit);
  const factor = Object.hasOwn(FACTORS[dimension], key) ? FACTORS[dimension][key] : undefined;
  if (factor !== undefined) return (value) => value * factor;
  if (dimension !== 'dose' || !Object.hasOwn(COUNTS, key)) return null;
  const perMl = COUNTS[key];
  return (value, particle) => value * perMl * particleMassMicrograms(particle);
}

/** Mass of one sphere in µg: ρ [g/cm³] · (π/6) · (d [nm] · 1e-7 cm/nm)³ · 1e6 µg/g. */
export function particleMassMicrograms({ sizeNm, density }: Particle): number {
  return density * (Math.PI / 6) * (sizeNm * 1e-7) ** 3 * 1e6;
}

/** One spelling for µg·mL⁻¹ and its kind: no blanks, micro sign as u, superscripts as digits, lower case. */
export function normaliseUnit(unit: string): string {
  return unit
    .replace(/[\s^·]/g, '')
    .replace(/[µμ]/g, 'u')
    .replace(/²/g, '2')
    .replace(/³/g, '3')
    .toLowerCase();
}

/** The units a dimension knows, for messages. */
export function knownUnits(dimension: Dimension): string[] {
  const names = Object.keys(FACTORS[dimension]);
  return (dimension === 'dose' ? [...names, 'particles/mL', 'particles/L', 'µmol particles/L'] : names).map(
    (name) => name.replace(/^u/, 'µ'),
  );
}
