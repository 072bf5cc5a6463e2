import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AgeingSet, generateAgeing } from '../../data/synthetic-ageing/generate.js';
import { groupFolds } from '../frames/splits.js';
import type { AgeingModel } from './model.js';
import { type AgeingSamples, takeSamples } from './samples.js';
import { loadAgeingModel, saveAgeingModel } from './store.js';
import { syntheticSamples } from './synthetic.js';
import { type AgeingTraining, trainAgeing } from './train.js';

/** A model with the particles that it has not seen. */
export interface AgeingStudy {
  readonly set: AgeingSet;
  /** All samples; `train` and `held` are rows of them, and no particle is in both. */
  readonly samples: AgeingSamples;
  readonly train: Int32Array;
  readonly held: Int32Array;
  readonly model: AgeingModel;
}

export interface AgeingStudyOptions extends AgeingTraining {
  /** Synthetic samples; default 1,000. */
  readonly samples?: number;
  /** Pixels a side; default 64. */
  readonly size?: number;
  /** Rows that are left out of training besides the held-out ones, such as those of a type. */
  readonly leaveOut?: (samples: AgeingSamples, row: number) => boolean;
  /** What the left-out rows are called, for the kept model's name; must differ where `leaveOut` differs. */
  readonly leftOut?: string;
}

/**
 * A fused model on synthetic samples with a quarter of the particles held out. It is kept under the name of its settings
 * in the folder for temporary files, so that notebooks that look at the same model train it once.
 */
export async function ageingStudy(options: AgeingStudyOptions = {}): Promise<AgeingStudy> {
  const { samples: count = 1000, size = 64, seed = 1, leaveOut, leftOut = '', ...rest } = options;
  const training = { epochs: 20, points: 448, ...rest };
  const set = await generateAgeing({ samples: count, size, seed });
  const samples = syntheticSamples(set);
  const [{ train, test }] = groupFolds(samples.particles, { k: 4, seed });
  const rows = leaveOut ? train.filter((i) => !leaveOut(samples, i)) : train;
  const model = await kept(
    { ...{ count, size, seed, leftOut }, ...settingsOf(training), generator: set.version },
    () => trainAgeing(takeSamples(samples, rows), { ...training, seed }),
  );
  return { set, samples, train: Int32Array.from(rows), held: Int32Array.from(test), model };
}

const settingsOf = ({ onEpoch: _, signal: __, checkpoint: ___, ...rest }: AgeingTraining): object => rest;

const FORMAT = 2; // goes up when networks or training change, so that no older model is taken

/** The model of these settings: loaded where it was kept, else made and kept. */
export async function kept(settings: object, make: () => Promise<AgeingModel>): Promise<AgeingModel> {
  const name = createHash('sha256')
    .update(JSON.stringify({ ...settings, FORMAT }))
    .digest('hex')
    .slice(0, 16);
  const folder = join(tmpdir(), 'nurdle-ageing', name);
  if (existsSync(join(folder, 'model.json')))
    try {
      return await loadAgeingModel(folder);
    } catch {
      // Cut off or of another version: made anew.
    }
  const model = await make();
  await saveAgeingModel(model, folder);
  return model;
}
