import { toAbsorbance, toWavenumber } from '../../spectra/convert.js';
import { readSpectrumFile } from '../../spectra/readers/read.js';
import { ascending, type Spectrum } from '../../spectra/spectrum.js';
import { inside } from './inside.js';

/**
 * The first spectrum of a file in absorbance over ascending wavenumbers.
 * @throws Error when the file is missing, is no spectrum, or holds something else than absorbance or transmittance.
 */
export async function readAbsorbance(folder: string, name: string): Promise<Spectrum> {
  const path = inside(folder, name);
  try {
    const [{ spectrum }] = await readSpectrumFile(path);
    const found = ascending(toWavenumber(toAbsorbance(asStated(spectrum))));
    const empty = found.y.findIndex((y) => !Number.isFinite(y));
    if (empty >= 0) throw new RangeError(`it has no value at ${found.x[empty]} cm⁻¹`);
    if (found.x.length < 2) throw new RangeError(`it has ${found.x.length} points`);
    return { ...found, title: name };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : message;
    throw new Error(`"${name}" cannot be used: ${reason}`);
  }
}

/** A text file that names no unit is taken to hold absorbance, as most do. */
const asStated = (spectrum: Spectrum): Spectrum =>
  spectrum.yUnit === 'arbitrary' ? { ...spectrum, yUnit: 'absorbance' } : spectrum;
