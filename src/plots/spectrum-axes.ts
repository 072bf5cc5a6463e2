import type { Spectrum } from '../spectra/spectrum.js';

/** The x axis in words, with its unit. */
export function axisTitle({ xUnit, technique }: Spectrum): string {
  if (xUnit === 'cm-1') return technique === 'Raman' ? 'Raman shift (cm⁻¹)' : 'wavenumber (cm⁻¹)';
  if (xUnit === 'nm' || xUnit === 'um') return `wavelength (${xUnit === 'um' ? 'µm' : 'nm'})`;
  return xUnit;
}

/** The y axis in words; spectra that are lifted apart have no common scale. */
export const yTitle = ({ yUnit }: Spectrum, lifted: boolean): string =>
  `${yUnit === 'arbitrary' ? 'intensity (arbitrary units)' : yUnit}${lifted ? ', offset' : ''}`;

/** From the left to the right of the figure: infrared wavenumbers descend, everything else ascends. */
export function axisRange(spectra: readonly Spectrum[]): [number, number] {
  const ends = spectra.flatMap(({ x }) => [x[0], x[x.length - 1]]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const { xUnit, technique } = spectra[0];
  return xUnit === 'cm-1' && technique !== 'Raman' ? [high, low] : [low, high];
}
