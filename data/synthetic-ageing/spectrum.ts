import { exp } from '../../src/numeric/elementary.js';
import type { Random } from '../../src/numeric/random.js';
import type { Batch, Cause, Particle } from './design.js';
import { type Band, GROUPS, type Group, OXIDATION, POLYMERS, type Recipe } from './world.js';

/** Wavenumbers in cm⁻¹, ascending from 400, evenly spaced below 4000. */
export const wavenumbers = (points: number): Float64Array =>
  Float64Array.from({ length: points }, (_, i) => 400 + (3600 * i) / points);

/** A particle's own chemistry: what all its fields share. */
export interface Chemistry {
  readonly bands: readonly Band[];
  /** Share of the polymer's bands that is left under films and after abrasion. */
  readonly left: number;
  readonly scatter: number;
}

/** The bands of a particle: the polymer's, each a little off in place and height, and those its ageing added. */
export function chemistryOf(particle: Particle, draw: Random): Chemistry {
  const { batch, causes, mineral } = particle;
  const polymer = POLYMERS[particle.polymer].bands.map(([position, width, height]): Band => {
    const spread = height > 0.5 ? 0.06 : 0.12;
    return [position + 1.2 * draw.normal(), width, height * exp(spread * draw.normal())];
  });
  const added = causes.flatMap((cause) => bandsOf(cause, batch, draw));
  const soil = addGroups({ silicate: 0.5 * mineral, hydroxyl: 0.1 * mineral }, 1, () => 1);
  const base: Recipe = { hydroxyl: 0.02 * draw.uniform(), ketone: 0.01 * draw.uniform() };
  const film = causes.reduce((sum, { type, chemistry }) => sum + (type === 'biological' ? chemistry : 0), 0);
  const worn = causes.find(({ type, legibleSpectrum }) => type === 'physical' && legibleSpectrum);
  return {
    bands: [...moved(polymer, causes), ...added, ...soil, ...addGroups(base, 1, () => 1)],
    left:
      (1 - Math.min(0.5, 0.6 * film)) *
      (worn ? 1 - 0.25 * worn.weight : 1) *
      (1 - 0.4 * Math.min(1, mineral)),
    scatter: worn ? 0.06 * worn.weight : 0,
  };
}

/** Freezing that shows loosens the crystal: 719 gains on 729, and both move. */
function moved(bands: readonly Band[], causes: readonly Cause[]): Band[] {
  const frozen = causes.find(({ type, legibleSpectrum }) => type === 'freeze-thaw' && legibleSpectrum);
  return bands.map(([position, width, height]) => {
    const near = frozen && position > 700 && position < 760;
    return near ? [position - 3, width + 3, height * 0.85] : [position, width, height];
  });
}

function bandsOf(cause: Cause, batch: Batch, draw: Random): Band[] {
  const { type, chemistry, weight, legibleSpectrum } = cause;
  if (type === 'UV' || type === 'thermal' || type === 'chemical') {
    const depth = type === 'thermal' ? Number.POSITIVE_INFINITY : exp(0.6 + 0.4 * draw.normal());
    const recipe = oxidation(legibleSpectrum ? type : null, draw);
    return addGroups(recipe, chemistry, (position) => seen(depth, position, batch));
  }
  if (type === 'biological') {
    const film: Recipe = { amide: 0.6 + 0.5 * draw.uniform(), saccharide: 0.9 + 0.5 * draw.uniform() };
    return addGroups(film, chemistry, () => 1);
  }
  if (!legibleSpectrum) return [];
  if (type === 'physical') return addGroups({ alkene: weight * (0.08 + 0.06 * draw.uniform()) }, 1, () => 1);
  if (type === 'freeze-thaw')
    return addGroups({ hydroxyl: weight * (0.1 + 0.06 * draw.uniform()) }, 1, () => 1);
  return [];
}

/**
 * What the oxidation is made of: near the type's own recipe where it shows, else anything between the three recipes, so
 * that the type cannot be read from it.
 */
function oxidation(type: keyof typeof OXIDATION | null, draw: Random): Recipe {
  const names = Object.keys(OXIDATION) as (keyof typeof OXIDATION)[];
  const weights = names.map((name) =>
    type === null ? 1 + draw.uniform() : name === type ? 8 : 0.5 * draw.uniform(),
  );
  const total = weights.reduce((a, b) => a + b, 0);
  const recipe: Partial<Record<Group, number>> = {};
  names.forEach((name, k) => {
    for (const [group, height] of Object.entries(OXIDATION[name]) as [Group, number][])
      recipe[group] = (recipe[group] ?? 0) + (weights[k] / total) * height * exp(0.25 * draw.normal());
  });
  return recipe;
}

/** Share of a layer `depth` µm thick that the evanescent wave sees; the depth of penetration grows with wavelength. */
export function seen(depth: number, position: number, { crystal }: Pick<Batch, 'crystal'>): number {
  const penetration = (crystal === 'diamond' ? 2005 : 664) / position;
  return 1 - exp((-2 * depth) / penetration);
}

function addGroups(recipe: Recipe, height: number, share: (position: number) => number): Band[] {
  return (Object.entries(recipe) as [Group, number][]).flatMap(([group, amount]) =>
    GROUPS[group].map(([position, width, relative]): Band => {
      return [position, width, height * amount * relative * share(position)];
    }),
  );
}

/** One measurement of a particle: absorbance at each wavenumber, as the batch's instrument gives it. */
export function measureSpectrum(
  chemistry: Chemistry,
  batch: Batch,
  axis: Float64Array,
  draw: Random,
): Float64Array {
  const y = new Float64Array(axis.length);
  const spot = exp(0.05 * draw.normal());
  for (const [position, width, height] of chemistry.bands) {
    const place = position + batch.shift + 0.3 * draw.normal();
    addBand(y, axis, [place, broadened(width, batch), height * spot * exp(0.03 * draw.normal())]);
  }
  for (let i = 0; i < y.length; i++) y[i] *= chemistry.left;
  addAtmosphere(y, axis, batch, draw);
  addBackground(y, axis, chemistry, batch, draw);
  return y;
}

const broadened = (width: number, { resolution }: Batch): number =>
  Math.sqrt(width * width + resolution * resolution);

/** Adds a pseudo-Voigt band, half Gaussian, half Lorentzian, as far as it reaches. */
function addBand(y: Float64Array, axis: Float64Array, [position, width, height]: Band): void {
  const reach = width < 100 ? 12 * width : 4 * width;
  const step = axis[1] - axis[0];
  const from = Math.max(0, Math.ceil((position - reach - axis[0]) / step));
  const to = Math.min(y.length - 1, Math.floor((position + reach - axis[0]) / step));
  for (let i = from; i <= to; i++) {
    const t = (2 * (axis[i] - position)) / width;
    const square = t * t;
    const gauss = square < 40 ? exp(-0.6931471805599453 * square) : 0;
    y[i] += height * (width < 100 ? 0.5 * gauss + 0.5 / (1 + square) : gauss);
  }
}

/** CO2 and water vapour, more or less than in the background, and what diamond leaves near 2166. */
function addAtmosphere(y: Float64Array, axis: Float64Array, batch: Batch, draw: Random): void {
  const carbonDioxide = batch.carbonDioxide * (0.5 + draw.uniform());
  addBand(y, axis, [2361, 22, carbonDioxide]);
  addBand(y, axis, [2337, 24, 0.8 * carbonDioxide]);
  const water = batch.water * (0.5 + draw.uniform());
  for (const position of VAPOUR_LINES) addBand(y, axis, [position, broadened(2, batch), water]);
  if (batch.crystal === 'diamond') addBand(y, axis, [2166, 120, 0.01 + 0.01 * draw.uniform()]);
}

const VAPOUR_LINES = [
  ...[1507, 1522, 1540, 1558, 1576, 1617, 1636, 1653, 1670, 1684, 1700, 1717, 1734, 1750, 1772, 1792],
  ...[3566, 3587, 3629, 3650, 3689, 3711, 3735, 3752, 3801, 3821, 3854],
];

/** Contact and response, a curved scattering baseline, noise. */
function addBackground(
  y: Float64Array,
  axis: Float64Array,
  { scatter }: Chemistry,
  batch: Batch,
  draw: Random,
): void {
  const contact = 0.6 * exp(0.25 * draw.normal());
  const offset = 0.01 + 0.015 * draw.uniform();
  const slope = 0.02 * draw.normal();
  const rise = scatter + 0.03 * draw.uniform();
  const noise = batch.noise * exp(0.2 * draw.normal());
  for (let i = 0; i < y.length; i++) {
    const t = (axis[i] - 400) / 3600;
    const response = 1 + batch.tilt * (t - 0.5);
    y[i] = contact * (y[i] * response + offset + slope * t + rise * t * t + noise * draw.normal());
  }
}
