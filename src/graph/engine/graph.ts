import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { Steps } from '../step/steps.js';
import type { Engine } from './engine.js';
import { loadFunctions } from './functions.js';
import { programsOf } from './programs.js';
import { flat, inputTensors, toTensors } from './tensors.js';

/**
 * The functions of a net as one TensorFlow graph with variables of its own, filled with what the model holds now.
 * @throws NotCompilable naming the layer that cannot become part of a graph.
 */
export function graphEngine(model: tf.LayersModel, steps: Steps): Engine {
  const { variables, outputs } = steps;
  const { train, evaluate, predict } = programsOf(model, steps);
  const functions = loadFunctions(
    {
      train: { program: train, outputs: ['scores'] },
      evaluate: { program: evaluate, outputs: ['scores'] },
      predict: { program: predict, outputs: outputs.map((_, i) => `${i}`) },
    },
    variables,
  );
  functions.write(variables.map((variable) => variable.dataSync() as Float32Array));
  return {
    kind: 'graph',
    train(batch, rate, draw) {
      const tensors = [...flat(toTensors(steps, batch)), tensorflow().scalar(rate)];
      try {
        return functions.run('train', tensors, draw)[0];
      } catch (error) {
        // TensorFlow's own check of the loss, which stands before all updates.
        if (/Tensor had (NaN|Inf|-Inf)/.test((error as Error).message)) return Float32Array.of(Number.NaN);
        throw error;
      }
    },
    evaluate: (batch) => functions.run('evaluate', flat(toTensors(steps, batch)))[0],
    predict: (rows, inputs) => functions.run('predict', inputTensors(steps.inputs, rows, inputs)),
    ...{ read: functions.read, write: functions.write, dispose: functions.dispose },
  };
}
