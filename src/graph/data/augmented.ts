import { random } from '../../numeric/random.js';
import type { HostBatch } from '../engine/engine.js';
import { augmentImage } from './augment-image.js';
import { augmentSpectrum } from './augment-spectrum.js';
import type { Augmentation } from './augmentation.js';
import { type DataSet, takeBatch } from './data-set.js';

/** What a thread that varies rows is given. */
export interface AugmentedRows {
  readonly data: DataSet;
  readonly inputs: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly augmentation: Augmentation;
  readonly seed: number;
}

/** Which rows are wanted. */
export interface RowsRequest {
  readonly epoch: number;
  readonly rows: Int32Array;
}

/**
 * Makes batches of varied rows. What a row looks like follows from the seed, the epoch and its number alone: neither
 * the batch that it falls into nor the thread matters.
 */
export function augmentedBatches({
  data,
  inputs,
  augmentation,
  seed,
}: AugmentedRows): (request: RowsRequest) => HostBatch {
  return ({ epoch, rows }) => {
    const stream = random(seed).fork(`augment ${epoch}`);
    const batch = takeBatch(data, rows);
    const varied = batch.inputs.map((plain, i) => {
      const settings = augmentation[inputs[i].name];
      if (!settings) return plain;
      const { width } = data.inputs[i];
      const result = new Float32Array(plain.length);
      rows.forEach((row, k) => {
        const [source, target] = [plain, result].map((all) => all.subarray(k * width, (k + 1) * width));
        const draw = stream.fork(`${inputs[i].name} ${row}`);
        if (settings.kind === 'image')
          augmentImage(source as Float32Array, target as Float32Array, inputs[i].shape, settings, draw);
        else augmentSpectrum(source as Float32Array, target as Float32Array, inputs[i].shape, settings, draw);
      });
      return result;
    });
    return { ...batch, inputs: varied };
  };
}
