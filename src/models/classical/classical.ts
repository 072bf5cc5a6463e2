import type { Matrix } from '../../numeric/matrix.js';
import { type BoostedModel, type BoostedOptions, boostedProbabilities, fitBoosted } from './boosted.js';
import { type ForestModel, type ForestOptions, fitForest, forestProbabilities } from './forest.js';
import { fitNeighbours, type NeighbourModel, type NeighbourOptions, neighbourProbabilities } from './knn.js';
import { ofClassOne } from './labels.js';
import { fitLogistic, type LogisticModel, type LogisticOptions, logisticProbabilities } from './logistic.js';
import { fitSvm, predictSvm, type SvmModel, type SvmOptions } from './svm.js';

/** Any fitted classical model: plain data, which JSON holds as it is. */
export type ClassicalModel = ForestModel | BoostedModel | LogisticModel | SvmModel | NeighbourModel;

export type ClassicalKind = ClassicalModel['kind'];

/** What each kind lets one choose, beside the seed. */
export interface ClassicalOptions {
  readonly forest: Omit<ForestOptions, 'seed'>;
  readonly boosted: Omit<BoostedOptions, 'seed'>;
  readonly logistic: LogisticOptions;
  readonly svm: Omit<SvmOptions, 'seed'>;
  readonly knn: NeighbourOptions;
}

/** The kinds that there are. */
export const CLASSICAL_KINDS: readonly ClassicalKind[] = ['forest', 'boosted', 'logistic', 'svm', 'knn'];

/**
 * Fits one of the traditional models: random forest, gradient-boosted trees, logistic regression, support vector
 * machine (two classes), nearest neighbours. The same rows, labels, options and seed give the same bits.
 *
 * @param X - n × d finite values, scaled.
 * @param y - n class numbers from 0 on.
 * @param options - those of the kind, and a seed.
 * @throws RangeError when kind, rows, labels or options do not fit.
 */
export function fitClassical<K extends ClassicalKind>(
  kind: K,
  X: Matrix,
  y: ArrayLike<number>,
  options: ClassicalOptions[K] & { readonly seed: number },
): Extract<ClassicalModel, { kind: K }>;
export function fitClassical(
  kind: ClassicalKind,
  X: Matrix,
  y: ArrayLike<number>,
  { seed, ...options }: { readonly seed: number },
): ClassicalModel {
  switch (kind) {
    case 'forest':
      return fitForest(X, y, { seed, ...options });
    case 'boosted':
      return fitBoosted(X, y, { seed, ...options });
    case 'logistic':
      return fitLogistic(X, y, options);
    case 'svm':
      return fitSvm(X, y, { seed, ...options });
    case 'knn':
      return fitNeighbours(X, y, options);
    default:
      throw new RangeError(
        `kind must be one of ${CLASSICAL_KINDS.join(', ')}, but is ${kind satisfies never}`,
      );
  }
}

/**
 * The probability of class 1 for each row.
 * @throws RangeError when the columns are not those of the fit, a value is not finite, or there are more than two classes.
 */
export const predictClassical = (model: ClassicalModel, X: Matrix): Float64Array =>
  model.kind === 'svm'
    ? predictSvm(model, X)
    : ofClassOne(classProbabilities(model, X), 'classProbabilities');

/** The probability of each class: n × classes. */
export function classProbabilities(model: ClassicalModel, X: Matrix): Matrix {
  switch (model.kind) {
    case 'forest':
      return forestProbabilities(model, X);
    case 'boosted':
      return boostedProbabilities(model, X);
    case 'logistic':
      return logisticProbabilities(model, X);
    case 'knn':
      return neighbourProbabilities(model, X);
    case 'svm':
      return bothClasses(predictSvm(model, X));
  }
}

function bothClasses(p: Float64Array): Matrix {
  return {
    rows: p.length,
    cols: 2,
    data: Float64Array.from({ length: 2 * p.length }, (_, at) => (at % 2 ? p[at >> 1] : 1 - p[at >> 1])),
  };
}
