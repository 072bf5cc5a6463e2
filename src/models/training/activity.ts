import type { TrainOptions } from './options.js';

/**
 * Which layers are trained in an epoch, counted from 0: those not frozen, and those that have thawed.
 * @param layers - the layers with weights; `trainable` counts where `frozen` is not given.
 * @throws RangeError when nothing would ever be trained.
 */
export function activity(
  layers: readonly { readonly name: string; readonly trainable: boolean }[],
  { frozen, unfreeze = {} }: TrainOptions,
): (name: string, epoch: number) => boolean {
  const fixed = new Set(frozen ?? layers.filter((layer) => !layer.trainable).map((layer) => layer.name));
  if (layers.every(({ name }) => fixed.has(name) && !(name in unfreeze)))
    throw new RangeError('frozen must leave a layer to train, but every layer with weights is frozen');
  return (name, epoch) => (name in unfreeze ? epoch >= unfreeze[name] : !fixed.has(name));
}
