import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';

/** Takes whole inputs away from rows. */
export type ModalityDropout = (inputs: readonly tf.Tensor[]) => tf.Tensor[];

/**
 * One random number per row decides which input the row loses, if any, so that it never loses two.
 * @throws RangeError when a name is not an input's, or the shares do not fit into 1.
 */
export function modalityDropout(
  shares: Readonly<Record<string, number>> | undefined,
  names: readonly string[],
): ModalityDropout {
  if (shares === undefined) return (inputs) => [...inputs];
  checkShares(shares, names);
  return (inputs) => {
    const u = tensorflow().randomUniform([inputs[0].shape[0]], 0, 1);
    let from = 0;
    return inputs.map((input, i) => {
      const share = shares[names[i]] ?? 0;
      if (share === 0) return input;
      const [low, high] = [from, (from += share)];
      return input.mul(outside(u, low, high).reshape([-1, ...input.shape.slice(1).map(() => 1)]));
    });
  };
}

function checkShares(shares: Readonly<Record<string, number>>, names: readonly string[]): void {
  const unknown = Object.keys(shares).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new RangeError(`modalityDropout must name inputs (${names.join(', ')}), but names "${unknown}"`);
  const given = Object.values(shares);
  const total = given.reduce((sum, share) => sum + share, 0);
  if (given.some((share) => !(share >= 0)) || !(total <= 1 + 1e-12))
    throw new RangeError(
      `modalityDropout must hold shares that add up to at most 1, but holds ${given.join(', ')}`,
    );
}

/** 1 where u lies outside of low … high, else 0. */
function outside(u: tf.Tensor, low: number, high: number): tf.Tensor {
  const { less, greaterEqual, logicalOr, cast } = tensorflow();
  return cast(logicalOr(less(u, low), greaterEqual(u, high)), 'float32');
}
