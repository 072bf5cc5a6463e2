import type { Technique, XUnit, YUnit } from '../../spectrum.js';

/** OMNIC's codes of the axes. */
export const OMNIC_X: Readonly<Record<number, XUnit>> = {
  1: 'cm-1',
  2: 'points',
  3: 'nm',
  4: 'um',
  32: 'cm-1',
};

export const OMNIC_Y: Readonly<Record<number, YUnit>> = {
  ...{ 11: '% reflectance', 12: 'log(1/R)', 15: 'single beam', 16: '% transmittance', 17: 'absorbance' },
  ...{ 20: 'Kubelka-Munk', 21: 'reflectance', 22: 'single beam', 26: 'photoacoustic', 31: 'intensity' },
};

const RAMAN_SHIFT = 32;
const RAMAN_INTENSITY = 31;

export const omnicTechnique = (xCode: number, yCode: number): Technique | null =>
  xCode === RAMAN_SHIFT || yCode === RAMAN_INTENSITY ? 'Raman' : null;
