import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { generateAgeing } from '../../data/synthetic-ageing/generate.js';
import { type AgeingFolder, readAgeingFolder } from './folder.js';
import { type AgeingSamples, takeSamples } from './samples.js';
import { syntheticSamples } from './synthetic.js';

/** Where the samples of a run come from: plain data, so that any machine finds the same. */
export type AgeingData = SyntheticAgeing | AgeingTable;

export interface SyntheticAgeing {
  readonly source: 'synthetic';
  /** Of the generator. Default 1. */
  readonly seed?: number;
  /** Default 1,371. */
  readonly samples?: number;
  /** Pixels a side. Default 64. */
  readonly size?: number;
}

/** A user's table of pairs; `ageingTable` makes one. */
export interface AgeingTable {
  readonly source: 'table';
  /** Absolute path. */
  readonly file: string;
  readonly size: number;
  /** SHA-256 of what was read, so that no answer is taken up again for other files. */
  readonly sha256: string;
}

let latest: { readonly key: string; readonly samples: Promise<AgeingSamples> } | undefined;

/**
 * The samples; those that were asked for last are kept, since folds of a run ask for the same.
 * @throws Error when the files of a table are not those that the run began with.
 */
export function readAgeingData(data: AgeingData): Promise<AgeingSamples> {
  const key = JSON.stringify(data);
  if (latest?.key !== key) latest = { key, samples: data.source === 'table' ? again(data) : made(data) };
  return latest.samples;
}

async function made({ seed = 1, samples = 1371, size = 64 }: SyntheticAgeing): Promise<AgeingSamples> {
  return syntheticSamples(await generateAgeing({ seed, samples, size, workers: 0 }));
}

async function again({ file, size, sha256 }: AgeingTable): Promise<AgeingSamples> {
  const { samples } = await readAgeingFolder(file, { size });
  if (digestOf(samples) === sha256) return labelled(samples);
  throw new Error(`${file} or a file that it names has changed since the run began; start it again`);
}

/** Reads a user's table once, for what is wrong in it, and describes it for a run. */
export async function ageingTable(
  file: string,
  { size = 64 }: { size?: number } = {},
): Promise<AgeingFolder & { readonly data: AgeingTable }> {
  const path = resolve(file);
  const folder = await readAgeingFolder(path, { size });
  return { ...folder, data: { source: 'table', file: path, size, sha256: digestOf(folder.samples) } };
}

/** The samples whose type is known: only they can be trained on and scored. */
export const labelled = (samples: AgeingSamples): AgeingSamples =>
  takeSamples(
    samples,
    Array.from(samples.types.keys()).filter((i) => samples.types[i] >= 0),
  );

function digestOf({ ids, particles, types, images, spectra }: AgeingSamples): string {
  const hash = createHash('sha256').update(JSON.stringify([ids, particles]));
  const arrays = [types, images.values, images.present, spectra.wavenumbers, spectra.values, spectra.present];
  for (const array of arrays) hash.update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return hash.digest('hex');
}
