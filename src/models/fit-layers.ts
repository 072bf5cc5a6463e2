import type { Matrix } from '../numeric/matrix.js';
import type { LayerSpec } from './layers.js';
import type { FitOptions } from './training/options.js';
import { type Trained, train } from './training/train.js';

/**
 * Trains a feed-forward network given as plain layers, without tensors: the fused trainer, epoch by epoch, with a
 * pause after each so that widgets can draw and an abort is heard.
 * @param layers - left as they are.
 * @param X - n × d rows, scaled.
 * @param y - n targets, or n × outputs.
 * @throws TypeError or RangeError when arguments do not fit; the signal's reason when aborted.
 */
export async function fitLayers(
  layers: readonly LayerSpec[],
  X: Matrix,
  y: ArrayLike<number> | Matrix,
  { onEpoch, signal, ...options }: FitOptions,
): Promise<Trained> {
  const epochs = train(layers, X, y, options);
  for (;;) {
    signal?.throwIfAborted();
    const next = epochs.next();
    if (next.done) return next.value;
    onEpoch?.(next.value);
    await new Promise(setImmediate);
  }
}
