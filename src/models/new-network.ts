import type { DenseLayer, DenseNetwork } from '../numeric/network.js';
import type { Random } from '../numeric/random.js';

/**
 * A network before training: ReLU hidden layers named `hidden 1`, `hidden 2`, … and one sigmoid `output`, with Glorot
 * uniform weights and zero biases. No hidden layers make a logistic regression.
 *
 * Glorot & Bengio (2010), Understanding the difficulty of training deep feedforward neural networks, AISTATS.
 * @param inputs - number of features.
 * @param hidden - units of each hidden layer.
 * @param stream - where the weights come from.
 */
export function newNetwork(inputs: number, hidden: readonly number[], stream: Random): DenseNetwork {
  const wrong = hidden.find((units) => !(Number.isInteger(units) && units > 0));
  if (wrong !== undefined)
    throw new RangeError(`hidden must list whole numbers of units above 0, but has ${wrong}`);
  const sizes = [inputs, ...hidden, 1];
  return sizes.slice(1).map((outputs, k): DenseLayer => {
    const last = k === hidden.length;
    return {
      ...{ name: last ? 'output' : `hidden ${k + 1}`, inputs: sizes[k], outputs },
      weights: glorotUniform(sizes[k], outputs, stream),
      bias: new Float32Array(outputs),
      activation: last ? 'sigmoid' : 'relu',
    };
  });
}

function glorotUniform(inputs: number, outputs: number, stream: Random): Float32Array {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return Float32Array.from({ length: inputs * outputs }, () => (2 * stream.uniform() - 1) * limit);
}
