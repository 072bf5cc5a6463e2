import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import { type LayerCalls, listenToLayers } from '../record/layer-calls.js';
import { type Recorded, record } from '../record/record.js';
import type { Program } from '../recording.js';
import { rewrite } from '../rewrite/rewrite.js';
import type { InputSpec, Steps } from '../step/steps.js';
import { BATCHES, unify } from '../symbolic.js';

/** What a net does, each as a program. */
export interface Programs {
  readonly train: Program;
  readonly evaluate: Program;
  readonly predict: Program;
}

/** Records training, measuring and prediction. */
export function programsOf(model: tf.LayersModel, steps: Steps): Programs {
  const { inputs, targets, variables } = steps;
  const one = (shape: readonly number[] = []) => ({ shape, dtype: 'float32' as const });
  const batch = [...inputs, ...targets.map(({ shape }) => one(shape)), ...targets.map(() => one())];
  const split = (tensors: readonly tf.Tensor[]) => ({
    inputs: tensors.slice(0, inputs.length),
    truths: tensors.slice(inputs.length, inputs.length + targets.length),
    weights: tensors.slice(inputs.length + targets.length),
  });
  return {
    train: programOf(
      model,
      batch,
      variables,
      (tensors) => steps.train(split(tensors.slice(0, -1)), tensors.at(-1) as tf.Scalar),
      true,
    ),
    evaluate: programOf(model, batch, variables, (tensors) => steps.evaluate(split(tensors))),
    predict: programOf(model, inputs, variables, (tensors) => steps.predict(tensors)),
  };
}

/**
 * One function as a program that holds for every batch.
 * @param specs - its arguments, the rows left out. @param withRate - whether a number comes behind them.
 */
export function programOf(
  model: tf.LayersModel,
  specs: readonly Pick<InputSpec, 'shape' | 'dtype'>[],
  variables: readonly tf.Variable[],
  run: (tensors: readonly tf.Tensor[]) => Recorded,
  withRate = false,
): Program {
  const calls: LayerCalls = listenToLayers(model);
  try {
    const recordings = BATCHES.map((rows) =>
      tensorflow().tidy(() => {
        const given = specs.map(({ shape, dtype }) => tensorflow().zeros([rows, ...shape], dtype));
        const all = withRate ? [...given, tensorflow().scalar(0.5)] : given;
        return record(() => run(all), all, variables, calls.atWork) as never;
      }),
    );
    return rewrite(unify(recordings[0], recordings[1]));
  } finally {
    calls.undo();
  }
}
