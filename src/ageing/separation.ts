import { type ClassOverlap, classOverlap } from '../embedding/class-overlap.js';
import { type ClassSeparation, classSeparation } from '../embedding/class-separation.js';
import { classMahalanobis, empiricalQuantiles } from '../embedding/mahalanobis.js';
import { type Silhouette, silhouette } from '../embedding/silhouette.js';
import { type BootstrapOptions, clusterBootstrap, type Interval } from '../evaluation/bootstrap.js';
import { pickColumns, variedColumns } from '../evaluation/columns.js';
import { type Novelty, novelty } from '../evaluation/novelty.js';
import { rocAuc } from '../evaluation/roc.js';
import { type Matrix, row } from '../numeric/matrix.js';
import { quantile } from '../numeric/statistics.js';

/** Joint features of samples with their names: n × d. */
export interface FeatureRows {
  readonly features: Matrix;
  /** n classes. */
  readonly labels: readonly string[];
  /** n particles. */
  readonly particles: readonly string[];
}

/** How far the types lie apart in the space of the features, on particles that the features were not trained on. */
export interface FeatureSeparation {
  readonly silhouette: Silhouette;
  readonly separation: ClassSeparation;
  readonly overlap: ClassOverlap;
}

/** Separation by silhouettes, Fisher's ratio and shared neighbours; nothing of it on a map. */
export const featureSeparation = ({ features, labels, particles }: FeatureRows): FeatureSeparation => ({
  silhouette: silhouette(features, labels),
  separation: classSeparation(pickColumns(features, variedColumns(features)), labels),
  overlap: classOverlap(features, labels, { groups: particles }),
});

/** Distances of samples to the centre of the class that is nearest, in the spread within classes. */
export interface ClassDistance {
  /** m distances. */
  readonly nearest: Float64Array;
  /** m names of the nearest class. */
  readonly nearestClass: readonly string[];
  /** m × classes. */
  readonly distances: Matrix;
  readonly classes: readonly string[];
}

/**
 * Mahalanobis distances (Ledoit–Wolf) to the centres of the training classes. Features that are the same in all training
 * samples, units of a network that never fire, have no spread to measure in and are left out.
 *
 * Lee et al. (2018), arXiv:1807.03888
 */
export function distanceToClasses(
  { features, labels }: Pick<FeatureRows, 'features' | 'labels'>,
  query: Matrix,
): ClassDistance {
  const varied = variedColumns(features);
  const { classes, distances } = classMahalanobis(
    pickColumns(features, varied),
    labels,
    pickColumns(query, varied),
  );
  const nearestOf = Array.from({ length: query.rows }, (_, i) => {
    const own = row(distances, i);
    return own.indexOf(own.reduce((a, b) => Math.min(a, b)));
  });
  return {
    nearest: Float64Array.from(nearestOf, (c, i) => distances.data[i * classes.length + c]),
    nearestClass: nearestOf.map((c) => classes[c]),
    ...{ distances, classes },
  };
}

/** What held-out samples of known classes say about distances. */
export interface HeldOutDistances {
  /** Share of held-out samples that lie beyond the training samples' own 95 % quantile: 5 % were they alike. */
  readonly beyondTraining: number;
  /** The 95 % quantile of the training samples, and of the held-out ones. */
  readonly trainingQuantile: number;
  readonly heldOutQuantile: number;
  readonly training: Float64Array;
  readonly heldOut: Float64Array;
}

/** Distances of training and of held-out samples side by side: a limit taken from training samples is too tight. */
export function heldOutDistances(training: FeatureRows, heldOut: Matrix): HeldOutDistances {
  const own = distanceToClasses(training, training.features).nearest;
  const fresh = distanceToClasses(training, heldOut).nearest;
  const q95 = (values: Float64Array) => quantile(Float64Array.from(values).sort(), 0.95);
  const beyond = empiricalQuantiles(own, fresh).filter((q) => q >= 0.95).length / fresh.length;
  return {
    beyondTraining: beyond,
    ...{ trainingQuantile: q95(own), heldOutQuantile: q95(fresh), training: own, heldOut: fresh },
  };
}

/** How well distance tells samples of something new from samples of what is known. */
export interface OutOfDistribution {
  /** Area under the ROC curve, new against known: 0.5 is chance. */
  readonly auc: Interval;
  /** Share of new samples that are withheld at `alpha`, and of known ones. */
  readonly newWithheld: number;
  readonly knownWithheld: number;
  readonly known: Float64Array;
  readonly fresh: Float64Array;
}

/**
 * Out-of-distribution detection by the distance to the nearest class.
 * @param training - what the features were trained on. @param calibration - known classes, other particles: for the limit.
 * @param known - known classes, other particles again. @param fresh - of a class or polymer that training never saw.
 */
export function outOfDistribution(
  training: FeatureRows,
  calibration: Pick<FeatureRows, 'features' | 'particles'>,
  known: Pick<FeatureRows, 'features' | 'particles'>,
  fresh: Pick<FeatureRows, 'features' | 'particles'>,
  { alpha = 0.05, ...options }: BootstrapOptions & { readonly alpha?: number } = {},
): OutOfDistribution {
  const distance = (query: Matrix) => distanceToClasses(training, query).nearest;
  const [limits, ofKnown, ofFresh] = [calibration, known, fresh].map(({ features }) => distance(features));
  const scores = [...ofKnown, ...ofFresh];
  const labels = scores.map((_, i) => Number(i >= ofKnown.length));
  const { auc } = clusterBootstrap(
    [...known.particles.map((p) => `known ${p}`), ...fresh.particles.map((p) => `new ${p}`)],
    (rows) => ({
      auc: rocAuc(
        Array.from(rows, (i) => labels[i]),
        Array.from(rows, (i) => scores[i]),
      ),
    }),
    options,
  );
  const withheld = (distances: Float64Array): number => {
    const { abstain }: Novelty = novelty(limits, distances, { alpha, groups: calibration.particles });
    return abstain.reduce((sum, one) => sum + one, 0) / abstain.length;
  };
  return {
    ...{ auc, known: ofKnown, fresh: ofFresh },
    ...{ newWithheld: withheld(ofFresh), knownWithheld: withheld(ofKnown) },
  };
}
