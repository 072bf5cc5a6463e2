import type { FoldResult } from '../evaluation/gather-folds.js';
import type { Table } from '../frames/table.js';
import { predictToxicity, type ToxicityModel } from '../models/toxicity-model.js';
import { finetune, pretrain, trainFromScratch } from '../models/toxicity-training.js';

/** A way to come to a model: from the target alone, or from the source with some layers frozen. */
export type Arm = { readonly name: string } & (
  | { readonly kind: 'from scratch' }
  | { readonly kind: 'fine-tune'; readonly frozenLayers: number }
);

/** Everything that one fold depends on: plain data, so that a worker thread can run it. */
export interface FoldTask {
  readonly arms: readonly Arm[];
  /** The nanoparticles, cleared of what the fold holds out. */
  readonly source: Table;
  readonly train: Table;
  readonly test: Table;
  readonly seed: number;
  /** Passes over the source. */
  readonly pretrainEpochs: number;
  /** Passes over the target. */
  readonly epochs: number;
}

/**
 * Trains every arm on one fold and predicts its test side; arms that fine-tune share one pre-training.
 * @returns one answer per arm, in their order.
 */
export async function runFold({ arms, source, train, test, ...training }: FoldTask): Promise<FoldResult[]> {
  const { seed, pretrainEpochs, epochs } = training;
  let pretrained: ToxicityModel | undefined;
  const results: FoldResult[] = [];
  for (const arm of arms) {
    let model: ToxicityModel;
    if (arm.kind === 'from scratch') model = await trainFromScratch(train, { seed, epochs });
    else {
      pretrained ??= await pretrain(source, { seed, epochs: pretrainEpochs, vocabulary: train });
      model = await finetune(pretrained, train, { seed, epochs, frozenLayers: arm.frozenLayers });
    }
    results.push({ probabilities: predictToxicity(model, test), seen: model.seen });
  }
  return results;
}
