import type { DenseLayer, DenseNetwork } from '../numeric/network.js';

/**
 * The output that is explained: the only one, unless named.
 * @throws RangeError when the network is empty, or has several outputs and none of them is named.
 */
export function chosenOutput(network: DenseNetwork, output?: number): number {
  const outputs = network.at(-1)?.outputs;
  if (outputs === undefined) throw new RangeError('network must have at least one layer, but has none');
  if (output === undefined && outputs !== 1)
    throw new RangeError(
      `output must say which of the network's ${outputs} outputs to explain, but is not given`,
    );
  const chosen = output ?? 0;
  if (!(Number.isInteger(chosen) && chosen >= 0 && chosen < outputs))
    throw new RangeError(`output must be in 0 … ${outputs - 1}, but is ${chosen}`);
  return chosen;
}

/** The network with its last layer cut down to the explained output, where outputs do not depend on each other. */
export function onlyOutput(
  network: DenseNetwork,
  output?: number,
): { readonly network: DenseNetwork; readonly output: number } {
  const chosen = chosenOutput(network, output);
  const last = network[network.length - 1];
  if (last.activation === 'softmax' || last.outputs === 1) return { network, output: chosen };
  const cut: DenseLayer = {
    ...last,
    outputs: 1,
    weights: Float32Array.from({ length: last.inputs }, (_, k) => last.weights[k * last.outputs + chosen]),
    bias: last.bias.slice(chosen, chosen + 1),
  };
  return { network: [...network.slice(0, -1), cut], output: 0 };
}

/** Refuses a network whose layers do not follow each other. */
export function checkChain(network: DenseNetwork, columns: number): void {
  let width = columns;
  for (const { name, inputs, outputs } of network) {
    if (inputs !== width) throw new RangeError(`layer "${name}" takes ${inputs} columns, but gets ${width}`);
    width = outputs;
  }
}
