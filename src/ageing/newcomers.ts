import type { BootstrapOptions } from '../evaluation/bootstrap.js';
import { groupFolds } from '../frames/splits.js';
import { takeRows } from '../numeric/matrix.js';
import { predictAgeing } from './predict.js';
import { type AgeingSamples, takeSamples } from './samples.js';
import { type OutOfDistribution, outOfDistribution } from './separation.js';
import type { AgeingStudy } from './study.js';

/**
 * Whether a study's model notices what was left out of its training: held-out particles of known kinds, half of them for
 * the limit and half to be judged, against held-out particles of the new kind.
 * @param isNew - says whether a row of the study's samples is of the kind that was left out.
 * @throws RangeError when no held-out sample is new, or fewer than two particles are known.
 */
export function newcomers(
  { model, samples, train, held }: AgeingStudy,
  isNew: (samples: AgeingSamples, row: number) => boolean,
  { seed = 1, ...options }: BootstrapOptions & { readonly alpha?: number } = {},
): OutOfDistribution {
  const of = (rows: ArrayLike<number>) => {
    const some = takeSamples(samples, rows);
    return {
      features: predictAgeing(model, some).features,
      labels: Array.from(some.types, (type) => model.classes[type]),
      particles: some.particles,
    };
  };
  const fresh = held.filter((i) => isNew(samples, i));
  if (fresh.length === 0)
    throw new RangeError('held-out samples must hold some of the new kind, but hold none');
  const known = of(held.filter((i) => !isNew(samples, i)));
  const [{ train: limits, test: judged }] = groupFolds(known.particles, { k: 2, seed });
  const part = (rows: Int32Array) => ({
    features: takeRows(known.features, rows),
    particles: Array.from(rows, (i) => known.particles[i]),
  });
  return outOfDistribution(of(train), part(limits), part(judged), of(fresh), { seed, ...options });
}
