import { type Card, cardNamed, type SpectraRule } from '../frames/cards.js';
import { locate, type Places } from '../frames/locate.js';
import { readSpectra } from './readers/read.js';
import type { Spectrum, Technique } from './spectrum.js';

/** The spectra of a data set, with the material and the sample of each. */
export interface LoadedSpectra {
  readonly id: string;
  readonly card: Card;
  readonly spectra: readonly Spectrum[];
  /** n materials. */
  readonly names: readonly string[];
  /** n samples: what a split must not tear apart; each spectrum its own where the set tells none. */
  readonly groups: readonly string[];
}

/**
 * The spectra of a data set by its id (`primpke2018`, `michel2020`), checked against its card's SHA-256. Units that the
 * file does not name, or names wrongly, are the card's.
 * @throws TypeError when the data set is no set of spectra; Error when its file can be had nowhere.
 */
export async function loadSpectra(id: string, places: Places = {}): Promise<LoadedSpectra> {
  const card = cardNamed(id);
  const rule = card.spectra;
  if (!rule) throw new TypeError(`data set "${id}" holds a table, not spectra; load it with loadTable()`);
  const { bytes } = await locate(card, places);
  const spectra = readSpectra(bytes, card.file!.name).map(({ spectrum }) => withRule(spectrum, rule));
  return {
    ...{ id, card, spectra },
    names: spectra.map(({ title }) => nameOf(title, rule)),
    groups: spectra.map(({ title }, i) => (rule.group ? matched(title, rule.group) : String(i + 1))),
  };
}

const withRule = (spectrum: Spectrum, { xUnit, yUnit, technique }: SpectraRule): Spectrum => ({
  ...spectrum,
  ...{ xUnit, yUnit, technique: technique as Technique },
});

function nameOf(title: string, { name, rename = {} }: SpectraRule): string {
  const found = matched(title, name);
  return Object.hasOwn(rename, found) ? rename[found] : found;
}

const matched = (title: string, pattern: string): string => new RegExp(pattern).exec(title)?.[1] ?? title;
