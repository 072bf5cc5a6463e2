import type * as tf from '@tensorflow/tfjs-node';
import { tensorflow } from '../../numeric/tensorflow.js';
import type { GraphOptions } from '../options.js';

/** Gradients cut to `clipValue`, then scaled down together to `clipNorm`. */
export function clipGradients(
  gradients: readonly (tf.Tensor | undefined)[],
  { clipNorm, clipValue }: Pick<GraphOptions, 'clipNorm' | 'clipValue'>,
): (tf.Tensor | undefined)[] {
  const cut = gradients.map((g) => (clipValue === undefined ? g : g?.clipByValue(-clipValue, clipValue)));
  if (clipNorm === undefined) return cut;
  const squares = cut.flatMap((g) => (g ? [g.square().sum()] : []));
  if (squares.length === 0) return cut;
  const norm = tensorflow().addN(squares).sqrt();
  const factor = tensorflow().div(clipNorm, tensorflow().maximum(norm, clipNorm));
  return cut.map((g) => g?.mul(factor));
}
