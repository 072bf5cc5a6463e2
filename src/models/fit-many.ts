import type * as tf from '@tensorflow/tfjs-node';
import type { Matrix } from '../numeric/matrix.js';
import { mapOnWorkers, type PoolOptions, shared } from '../numeric/workers.js';
import { readLayers, writeLayers } from './read-layers.js';
import type { EpochLog, FitHistory } from './training/options.js';
import type { Trained } from './training/train.js';
import type { TrainJob } from './training/train-job.js';

export interface FitManyOptions extends Pick<PoolOptions, 'workers' | 'signal' | 'onProgress'> {
  /** Called after each epoch of each job, named by its place. */
  readonly onEpoch?: (log: EpochLog, job: number) => void;
}

/** A job whose network is a tfjs model. */
export interface ModelJob extends Omit<TrainJob, 'layers'> {
  readonly model: tf.LayersModel;
}

/**
 * Trains many networks at once on worker threads: seeds, folds, arms of a study. Each gets the same bits as from
 * `fitLayers` alone, whatever the number of workers. Jobs that share a matrix share its memory.
 *
 * @returns the trained layers, in the order of the jobs.
 * @throws what `fitLayers` throws, for the first job that fails; the signal's reason when aborted.
 */
export function fitMany(jobs: readonly TrainJob[], options: FitManyOptions = {}): Promise<Trained[]> {
  const { onEpoch, ...pool } = options;
  const module = new URL('./training/train-job.js', import.meta.url);
  const onReport = onEpoch && ((log: unknown, job: number) => onEpoch(log as EpochLog, job));
  return mapOnWorkers(module, 'trainJob', shareData(jobs), { ...pool, onReport });
}

/**
 * The same for tfjs models, which have their new weights when the promise is fulfilled; until then they are unchanged.
 * @throws TypeError when the fused trainer does not know a model: train that one with `fit`.
 */
export async function fitModels(
  jobs: readonly ModelJob[],
  options: FitManyOptions = {},
): Promise<FitHistory[]> {
  const plain = jobs.map(({ model, ...job }, i) => {
    const read = readLayers(model);
    if ('unsupported' in read)
      throw new TypeError(
        `the model of job ${i} must be made of dense layers, but ${read.unsupported}; use fit`,
      );
    return { ...job, layers: read.layers };
  });
  const trained = await fitMany(plain, options);
  for (let i = 0; i < jobs.length; i++) writeLayers(jobs[i].model, trained[i].layers);
  return trained.map(({ history }) => history);
}

/** Each matrix once in shared memory, however many jobs use it. */
function shareData(jobs: readonly TrainJob[]): TrainJob[] {
  const copies = new Map<Float64Array, Float64Array>();
  const share = (data: Float64Array): Float64Array => {
    let copy = copies.get(data);
    if (!copy) copies.set(data, (copy = shared(data)));
    return copy;
  };
  const shareMatrix = (X: Matrix): Matrix => ({ ...X, data: share(X.data) });
  return jobs.map((job) => ({
    ...job,
    X: shareMatrix(job.X),
    y: 'rows' in job.y ? shareMatrix(job.y) : job.y,
  }));
}
