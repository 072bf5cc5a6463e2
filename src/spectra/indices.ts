import { type DegradationIndex, degradationIndex, type IndexDefinition } from './degradation-index.js';
import type { Range } from './integrate.js';
import type { Spectrum } from './spectrum.js';

/** Half width of the window in which a band named by one wavenumber has its maximum. */
const AROUND = 5;

const around = (wavenumber: number): Range => [wavenumber - AROUND, wavenumber + AROUND];

const area = (
  name: string,
  measures: string,
  polymers: readonly string[],
  numerator: Range,
  denominator: Range,
  source: string,
): IndexDefinition => ({
  ...{ name, measures, polymers, numerator, denominator, source },
  ...{ method: 'area', baseline: 'none' },
});

const ALMOND = 'Almond, Sugumaar, Wenzel, Hill & Wallis (2020), doi:10.1515/epoly-2020-0041';

/** A band that the table gives by one wavenumber is taken by its height, and the other one with it. */
const height = (
  name: string,
  measures: string,
  polymers: readonly string[],
  numerator: Range,
  wavenumber: number,
  source: string,
): IndexDefinition => ({
  ...{ name, measures, polymers, numerator, source, denominator: around(wavenumber) },
  ...{ method: 'height', baseline: 'none' },
});

const TABLE = 'table of degradation indices in use for weathered plastics';

/**
 * Degradation indices in use, bands in cm⁻¹, no baseline taken away: take it away before, or ask for `baseline: 'local'`
 * (`withBaseline`), and never compare values of one kind with those of the other.
 */
export const DEGRADATION_INDICES = {
  SAUB: area(
    'SAUB',
    'carbonyl',
    ['PE', 'PP'],
    [1650, 1850],
    [1420, 1500],
    `specified area under band, ${ALMOND}`,
  ),
  CI_PE: area('CI_PE', 'carbonyl', ['PE'], [1700, 1770], [1423, 1495], TABLE),
  HI_PE: area('HI_PE', 'hydroxyl', ['PE'], [3021, 3353], [1467, 1504], TABLE),
  HI_PP: area('HI_PP', 'hydroxyl', ['PP'], [3300, 3400], [952, 986], TABLE),
  CO_PE: area('CO_PE', 'carbon–oxygen', ['PE'], [924, 1197], [2866, 2987], TABLE),
  CO_PP: area('CO_PP', 'carbon–oxygen', ['PP'], [1000, 1200], [2885, 2940], TABLE),
  CI_PP: height('CI_PP', 'carbonyl', ['PP'], [1715, 1735], 1460, TABLE),
  CI_PS: height('CI_PS', 'carbonyl', ['PS'], [1635, 1650], 1452, TABLE),
} as const satisfies Record<string, IndexDefinition>;

export type IndexName = keyof typeof DEGRADATION_INDICES;

/** The same index with each band above the line between its ends. */
export const withBaseline = (definition: IndexDefinition, baseline: 'none' | 'local'): IndexDefinition => ({
  ...definition,
  baseline,
});

/** An index by its name, or by a definition of your own. */
export function indexOf(
  spectrum: Spectrum,
  index: IndexName | IndexDefinition,
  options: { noise?: number } = {},
): DegradationIndex {
  const definition = typeof index === 'string' ? DEGRADATION_INDICES[index] : index;
  if (!definition)
    throw new RangeError(
      `index must be one of ${Object.keys(DEGRADATION_INDICES).join(', ')} or a definition, but is "${index}"`,
    );
  return degradationIndex(spectrum, definition, options);
}

/**
 * Every index of the table that was made for a polymer and whose bands the spectrum covers.
 * @param options.noise - of the spectrum before it was smoothed: afterwards it looks quieter than it is.
 */
export function indicesFor(
  spectrum: Spectrum,
  polymer: string,
  options: { noise?: number } = {},
): DegradationIndex[] {
  const [low, high] = [
    Math.min(spectrum.x[0], spectrum.x.at(-1)!),
    Math.max(spectrum.x[0], spectrum.x.at(-1)!),
  ];
  return Object.values<IndexDefinition>(DEGRADATION_INDICES)
    .filter(({ polymers }) => polymers.includes(polymer))
    .filter(({ numerator, denominator }) =>
      [...numerator, ...denominator].every((edge) => edge >= low && edge <= high),
    )
    .map((definition) => degradationIndex(spectrum, definition, options));
}
