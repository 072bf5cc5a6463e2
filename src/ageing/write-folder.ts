import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgeingSet } from '../../data/synthetic-ageing/generate.js';
import { writeCsv } from '../frames/csv/write.js';
import { table, texts } from '../frames/table.js';
import { greyPng } from '../images/grey-png.js';
import { row } from '../numeric/matrix.js';
import { writeWhole } from '../runs/store.js';

/**
 * Writes a synthetic set as a laboratory would keep its own: one text file a spectrum, one PNG a micrograph with its info
 * bar, and `pairs.csv`, whose column `origin` says that nothing was measured.
 * @param options.labelled - whether types are written down; true.
 * @returns the path of the table.
 */
export async function writeAgeingFolder(
  { samples, images, spectra }: AgeingSet,
  folder: string,
  { labelled = true }: { labelled?: boolean } = {},
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const height = images.size + images.infoBarRows;
  const pixels = height * images.size;
  const [spectrumFiles, imageFiles]: [string[], string[]] = [[], []];
  for (let i = 0; i < samples.rows; i++) {
    spectrumFiles.push(`spectra/${i + 1}.csv`);
    imageFiles.push(`images/${i + 1}.png`);
    const y = row(spectra.Y, i);
    const lines = Array.from(spectra.x, (x, k) => `${x},${y[k].toPrecision(6)}`);
    await writeWhole(join(folder, spectrumFiles[i]), `wavenumber (cm-1),absorbance\n${lines.join('\n')}\n`);
    const frame = images.frames.subarray(i * pixels, (i + 1) * pixels);
    await writeWhole(join(folder, imageFiles[i]), greyPng(images.size, height, frame));
  }
  const pairs = table([
    ['particle_id', texts(samples, 'particle')],
    ['spectrum_file', spectrumFiles],
    ['image_file', imageFiles],
    ...(labelled && samples.columns.has('type') ? [['type', texts(samples, 'type')] as const] : []),
    ['polymer', texts(samples, 'polymer')],
    ['batch', texts(samples, 'batch')],
    ['microns_per_pixel', Array.from(images.micronsPerPixel)],
    ['origin', Array<string>(samples.rows).fill('synthetic')],
  ]);
  const path = join(folder, 'pairs.csv');
  await writeWhole(path, writeCsv(pairs));
  return path;
}
