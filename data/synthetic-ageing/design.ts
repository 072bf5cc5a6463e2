import { exp, log } from '../../src/numeric/elementary.js';
import { type Random, random } from '../../src/numeric/random.js';
import { type AgeingType, DOSES, ENVIRONMENTS, type Environment, POLYMERS, TYPES } from './world.js';

/** `single`: one type each, named; `mixed`: two causes each; `natural`: many causes at once, by environment. */
export const PARTS = ['single', 'mixed', 'natural'] as const;
export type Part = (typeof PARTS)[number];

/** What one measurement session did to all its particles. */
export interface Batch {
  readonly id: number;
  readonly crystal: 'diamond' | 'germanium';
  /** cm⁻¹, SD 1. */
  readonly shift: number;
  /** cm⁻¹, 4 to 8. */
  readonly resolution: number;
  /** Slope of the response from one end of the axis to the other; SD 0.1. */
  readonly tilt: number;
  /** Noise relative to the highest band. */
  readonly noise: number;
  /** Height of the CO2 band, either sign. */
  readonly carbonDioxide: number;
  readonly water: number;
  readonly voltageKV: number;
  /** Width of a field in µm. */
  readonly fieldMicrons: number;
  /** Unit vector from the surface to the detector, in the plane of the image. */
  readonly detector: readonly [number, number];
  readonly brightness: number;
  readonly contrast: number;
  /** Electrons a pixel: the fewer, the noisier. */
  readonly electrons: number;
}

/** How strongly one cause acted on a particle. */
export interface Cause {
  readonly type: AgeingType;
  /** Its share; the shares of a particle add up to one. */
  readonly weight: number;
  /** Height of its carbonyl band, or of its amide, relative to the polymer's highest band. */
  readonly chemistry: number;
  /** How far the surface is damaged, 0 to about 1.3. */
  readonly wear: number;
  /** Whether the spectrum shows what is proper to the type, or only what it shares with its neighbours. */
  readonly legibleSpectrum: boolean;
  /** Whether the surface shows what is proper to the type. */
  readonly legibleSurface: boolean;
}

export interface Particle {
  readonly id: number;
  readonly batch: Batch;
  /** Index into POLYMERS. */
  readonly polymer: number;
  /** In the unit of the first cause; NaN where several acted. */
  readonly dose: number;
  readonly celsius: number;
  readonly causes: readonly Cause[];
  readonly environment: Environment | null;
  /** Cover by minerals, 0 to 1. */
  readonly mineral: number;
  /** Number of its first sample. */
  readonly first: number;
  readonly fields: number;
}

/**
 * How often a particle shows what is proper to its type. These set the difficulty: see README.md. Particles that do
 * not show it look like the other types of their group, so no classifier can tell them apart by that side alone.
 */
export const LEGIBLE = { surface: 0.8, spectrum: 0.26 } as const;

const PARTICLES_A_BATCH = 5;
const GAS_CONSTANT = 8.314;

/** All particles of a part, so many that they have `samples` fields together: three to six each. */
export function design(part: Part, samples: number, seed: number): Particle[] {
  const world = random(`synthetic-ageing 1 ${part} ${seed}`);
  const fields = fieldsOfParticles(samples, world.fork('fields'));
  let deck: number[] = [];
  let first = 0;
  let batch = makeBatch(0, world);
  return fields.map((count, id) => {
    const draw = world.fork(`particle ${id}`);
    if (id % TYPES.length === 0) deck = [...world.fork(`deck ${id}`).permutation(TYPES.length)];
    if (id % PARTICLES_A_BATCH === 0) batch = makeBatch(id / PARTICLES_A_BATCH, world);
    const type = TYPES[deck[id % TYPES.length]];
    // At random, not dealt out evenly: else what is missing in a training set would betray what is held out.
    const polymer = draw.integer(POLYMERS.length);
    const exposure = expose(part, type, polymer, draw);
    const particle: Particle = { id, batch, polymer, ...exposure, first, fields: count };
    first += count;
    return particle;
  });
}

/** Three to six fields a particle; the last particles take what is left over. */
function fieldsOfParticles(samples: number, draw: Random): number[] {
  const fields: number[] = [];
  for (let left = samples; left > 0; left -= fields[fields.length - 1]) {
    const wanted = 3 + draw.integer(4);
    const rest = left - wanted;
    fields.push(left <= 6 ? left : rest < 3 ? 3 : wanted);
  }
  return fields;
}

function makeBatch(id: number, world: Random): Batch {
  const draw = world.fork(`batch ${id}`);
  const detector = direction(draw);
  return {
    id,
    crystal: draw.uniform() < 0.8 ? 'diamond' : 'germanium',
    shift: draw.normal(),
    resolution: 4 + 4 * draw.uniform(),
    tilt: 0.1 * draw.normal(),
    noise: exp(-7 + 1.8 * draw.uniform()),
    carbonDioxide: 0.02 * draw.normal(),
    water: 0.004 * draw.normal(),
    voltageKV: [2, 3, 5, 10][draw.integer(4)],
    fieldMicrons: exp(2.4 + 0.5 * draw.uniform()),
    detector,
    brightness: 0.08 * draw.normal(),
    contrast: exp(0.15 * draw.normal()),
    electrons: exp(4.6 + 1.2 * draw.uniform()),
  };
}

/** A unit vector in any direction of the plane. */
export function direction(draw: Random): [number, number] {
  const [x, y] = [draw.normal(), draw.normal()];
  const length = Math.sqrt(x * x + y * y);
  return [x / length, y / length];
}

type Exposure = Pick<Particle, 'dose' | 'celsius' | 'causes' | 'environment' | 'mineral'>;

function expose(part: Part, type: AgeingType, polymer: number, draw: Random): Exposure {
  if (part === 'natural') return natural(polymer, draw);
  if (part === 'mixed') return mixed(type, polymer, draw);
  const { onset, celsius } = DOSES[type];
  const dose = onset * (1.2 + 2.8 * draw.uniform());
  const temperature = celsius[0] + (celsius[1] - celsius[0]) * draw.uniform();
  const ripeness = ripen(type, onset === 0 ? 0 : dose / onset, temperature);
  const causes = [cause(type, 1, ripeness, polymer, draw)];
  return {
    dose: Number(dose.toPrecision(3)),
    celsius: Math.round(temperature),
    causes,
    environment: null,
    mineral: 0,
  };
}

/**
 * How far ageing has gone, 0 to 1: logistic in the dose counted from its onset, faster when warmer than the middle of
 * its range (Arrhenius, 60 kJ/mol).
 */
export function ripen(type: AgeingType, doses: number, celsius: number): number {
  if (type === 'pristine') return 0;
  const [low, high] = DOSES[type].celsius;
  const middle = 273.15 + (low + high) / 2;
  const speed = exp((60_000 / GAS_CONSTANT) * (1 / middle - 1 / (273.15 + celsius)));
  return 1 / (1 + exp(-3 * (doses - 1) * Math.min(Math.max(speed, 0.5), 2)));
}

function cause(type: AgeingType, weight: number, ripeness: number, polymer: number, draw: Random): Cause {
  const height = type === 'biological' ? 0.28 : POLYMERS[polymer].oxidises;
  return {
    type,
    weight,
    chemistry: type === 'pristine' ? 0 : height * ripeness * exp(0.2 * draw.normal()),
    wear: type === 'pristine' ? 0 : (0.55 + 0.45 * ripeness) * exp(0.3 * draw.normal()),
    legibleSurface: draw.uniform() < LEGIBLE.surface,
    legibleSpectrum: draw.uniform() < LEGIBLE.spectrum,
  };
}

/** Two causes; the share of the first is 0.3 to 0.7. */
function mixed(type: AgeingType, polymer: number, draw: Random): Exposure {
  const first = type === 'pristine' ? 'UV' : type;
  const others = TYPES.filter((other) => other !== 'pristine' && other !== first);
  const share = 0.3 + 0.4 * draw.uniform();
  return together({ [first]: share, [others[draw.integer(others.length)]]: 1 - share }, polymer, draw);
}

/** Shares vary around the environment's means; what falls under 5 % is left out. */
function natural(polymer: number, draw: Random): Exposure {
  const names = Object.keys(ENVIRONMENTS) as Environment[];
  const environment = names[draw.integer(names.length)];
  const { causes, mineral } = ENVIRONMENTS[environment];
  const drawn = Object.entries(causes).map(([type, mean]) => [type, gamma(6 * mean, draw)] as const);
  const total = drawn.reduce((sum, [, share]) => sum + share, 0);
  const kept = drawn.filter(([, share]) => share >= 0.05 * total);
  const sum = kept.reduce((all, [, share]) => all + share, 0);
  const shares = Object.fromEntries(kept.map(([type, share]) => [type, share / sum]));
  return { ...together(shares, polymer, draw), environment, mineral: mineral * 2 * draw.uniform() };
}

function together(shares: Readonly<Record<string, number>>, polymer: number, draw: Random): Exposure {
  const causes = Object.entries(shares).map(([type, weight]) => {
    const ripeness = 0.7 + 0.3 * draw.uniform();
    const alone = cause(type as AgeingType, weight, ripeness, polymer, draw);
    const strength = Math.sqrt(weight);
    return { ...alone, chemistry: alone.chemistry * 1.2 * weight, wear: alone.wear * strength };
  });
  return { dose: Number.NaN, celsius: Number.NaN, causes, environment: null, mineral: 0 };
}

/** A gamma variate of the given shape, by Marsaglia & Tsang (2000, doi:10.1145/358407.358414). */
function gamma(shape: number, draw: Random): number {
  if (shape < 1) {
    const lift = draw.uniform();
    return gamma(shape + 1, draw) * exp(log(lift) / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draw.normal();
    const v = (1 + c * x) * (1 + c * x) * (1 + c * x);
    if (v > 0 && log(draw.uniform()) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
  }
}
