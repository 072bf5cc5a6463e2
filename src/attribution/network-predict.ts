import { forward } from '../numeric/forward.js';
import { column } from '../numeric/matrix.js';
import type { DenseNetwork } from '../numeric/network.js';
import type { Predict } from './attribution.js';

/** One output of a network as a function of rows. */
export function networkPredict(network: DenseNetwork, output?: number): Predict {
  const chosen = chosenOutput(network, output);
  return (rows) => column(forward(network, rows), chosen);
}

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
