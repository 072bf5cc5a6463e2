import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { Steps } from '../step/steps.js';
import type { Engine } from './engine.js';
import { inputTensors, takeNumbers, toTensors } from './tensors.js';

/** tfjs itself, one operation after another: what cannot become a graph is trained by the same functions. */
export function eagerEngine(steps: Steps): Engine {
  const { variables } = steps;
  const { tidy, scalar } = tensorflow();
  return {
    kind: 'tfjs',
    train: (batch, rate) =>
      tidy(() => {
        const before = variables.map((variable) => variable.clone());
        const { outputs, updates } = steps.train(toTensors(steps, batch), scalar(rate));
        const scores = outputs['scores'].dataSync() as Float32Array;
        if (Number.isFinite(scores[0])) for (const [variable, next] of updates) variable.assign(next);
        else for (const [i, variable] of variables.entries()) variable.assign(before[i] as tf.Tensor);
        return scores as never;
      }) as unknown as Float32Array,
    evaluate: (batch) =>
      tidy(
        () => steps.evaluate(toTensors(steps, batch)).outputs['scores'].dataSync() as never,
      ) as unknown as Float32Array,
    predict: (rows, inputs) =>
      takeNumbers(tidy(() => Object.values(steps.predict(inputTensors(steps.inputs, rows, inputs)).outputs))),
    read: () => variables.map((variable) => variable.dataSync().slice() as Float32Array),
    write: (values) =>
      tidy(() => {
        for (const [i, variable] of variables.entries())
          variable.assign(tensorflow().tensor(values[i], variable.shape, variable.dtype));
      }),
    dispose: () => {},
  };
}
