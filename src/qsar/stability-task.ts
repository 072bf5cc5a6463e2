import type { Table } from '../frames/table.js';
import { finetune, pretrain } from '../models/toxicity-training.js';
import { explainToxicity } from './explain.js';

/** Everything that one training and its explanation depend on: plain data, so that a worker thread can run it. */
export interface StabilityTask {
  readonly source: Table;
  readonly train: Table;
  /** Rows to explain: the same for every training. */
  readonly explained: Table;
  readonly seed: number;
  readonly pretrainEpochs: number;
  readonly epochs: number;
  readonly frozenLayers: number;
}

/** Mean absolute Shapley value of each group of columns, from one training. */
export async function importanceOfOneTraining(
  task: StabilityTask,
): Promise<{ groups: readonly string[]; importance: Float64Array }> {
  const { source, train, explained, seed, pretrainEpochs, epochs, frozenLayers } = task;
  const pretrained = await pretrain(source, { seed, epochs: pretrainEpochs, vocabulary: train });
  const model = await finetune(pretrained, train, { seed, epochs, frozenLayers });
  const { groups, values } = await explainToxicity(model, explained, {
    rows: explained.rows,
    background: 50,
  });
  const importance = new Float64Array(groups.length);
  values.data.forEach((value, k) => {
    importance[k % groups.length] += Math.abs(value) / values.rows;
  });
  return { groups, importance };
}
