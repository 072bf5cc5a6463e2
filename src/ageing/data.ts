import { generateAgeing } from '../../data/synthetic-ageing/generate.js';
import type { AgeingSamples } from './samples.js';
import { syntheticSamples } from './synthetic.js';

/** Where the samples of a run come from: plain data, so that any machine finds the same. */
export interface AgeingData {
  readonly source: 'synthetic';
  /** Of the generator. Default 1. */
  readonly seed?: number;
  /** Default 1,371. */
  readonly samples?: number;
  /** Pixels a side. Default 64. */
  readonly size?: number;
}

let latest: { readonly key: string; readonly samples: Promise<AgeingSamples> } | undefined;

/** The samples; those that were asked for last are kept, since folds of a run ask for the same. */
export function readAgeingData({ seed = 1, samples = 1371, size = 64 }: AgeingData): Promise<AgeingSamples> {
  const key = JSON.stringify([seed, samples, size]);
  if (latest?.key !== key)
    latest = { key, samples: generateAgeing({ seed, samples, size, workers: 0 }).then(syntheticSamples) };
  return latest.samples;
}
