import type { FoldResult } from '../evaluation/gather-folds.js';
import type { Table } from '../frames/table.js';
import type { ToxicityModel } from '../models/toxicity-model.js';
import type { Arm } from './arm.js';
import { predictArm, pretrainArm, trainArm } from './train-arm.js';

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
 * Trains every arm on one fold and predicts its test side; arms with the same pre-training share it.
 * @returns one answer per arm, in their order.
 */
export async function runFold({ arms, source, train, test, ...training }: FoldTask): Promise<FoldResult[]> {
  const { seed, pretrainEpochs, epochs } = training;
  const settings = { seed, network: { pretrainEpochs, epochs } };
  const pretrained = new Map<boolean, ToxicityModel>();
  const startOf = async (arm: Arm): Promise<ToxicityModel | undefined> => {
    if (arm.kind !== 'fine-tune') return undefined;
    if (arm.via) throw new RangeError(`arm "${arm.name}" goes via other targets, which only qsarRun knows`);
    const shuffled = arm.shuffled ?? false;
    const known = pretrained.get(shuffled) ?? (await pretrainArm({ shuffled }, [source], train, settings));
    pretrained.set(shuffled, known);
    return known;
  };
  const results: FoldResult[] = [];
  for (const arm of arms) {
    const model = await trainArm(arm, train, settings, await startOf(arm));
    results.push({ probabilities: predictArm(model, test), seen: model.seen });
  }
  return results;
}
