import type { DescriptorChoice } from '../descriptors/encoder.js';
import type { FitPredict } from '../evaluation/cross-validate.js';
import type { ClassicalKind, ClassicalOptions } from '../models/classical/classical.js';
import { predictToxicity } from '../models/toxicity-model.js';
import { type NetworkOptions, trainFromScratch } from '../models/toxicity-training.js';
import type { TraditionalArm } from './arm.js';
import { fitTraditional, predictTraditional } from './traditional.js';

/** The network trained on the training side of each fold, for `crossValidate`. */
export function networkFit(options: NetworkOptions): FitPredict {
  return async (train, test) => {
    const model = await trainFromScratch(train, options);
    return { probabilities: predictToxicity(model, test), seen: model.seen };
  };
}

/**
 * A traditional model on the same features, its encoder fitted on the training side of each fold, for `crossValidate`.
 * @param options - those of the kind, a seed, and the columns that become features; those of the common schema.
 */
export function classicalFit<K extends ClassicalKind>(
  kind: K,
  options: ClassicalOptions[K] & { readonly seed: number; readonly descriptors?: DescriptorChoice },
): FitPredict {
  const { seed, descriptors, ...own } = options;
  const arm = {
    name: kind,
    kind: 'traditional',
    model: kind,
    options: own as TraditionalArm['options'],
  } as const;
  return (train, test) => {
    const model = fitTraditional(arm, train, { seed, descriptors });
    return { probabilities: predictTraditional(model, test), seen: model.seen };
  };
}
