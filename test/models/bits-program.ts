// Prints a hash of every bit of three trainings: bits.test.ts runs it on several versions of Node.
import { createHash } from 'node:crypto';
import { foldLayers } from '../../src/models/fold.js';
import type { LayerSpec } from '../../src/models/layers.js';
import { predict } from '../../src/models/network.js';
import type { TrainOptions } from '../../src/models/training/options.js';
import { halves, layer, noise, norm, trained } from './networks.js';

const X = noise(130, 11, 1);
const classes = Float64Array.from({ length: 130 }, (_, i) => i % 3);
const drop = (name: string): LayerSpec => ({ kind: 'dropout', name, rate: 0.3 });
const hash = createHash('sha256');

run(
  [layer('a', 11, 37, 'relu'), drop('d'), layer('b', 37, 9, 'sigmoid'), layer('c', 9, 1, 'sigmoid')],
  halves(X),
  {
    schedule: { kind: 'cosine', warmup: 2 },
    l2: 1e-3,
  },
);
run(
  [
    ...[norm('n', 11), drop('d0'), layer('a', 11, 13, 'tanh'), layer('b', 13, 12, 'elu'), drop('d1')],
    ...[layer('c', 12, 10, 'selu'), layer('d', 10, 9, 'softplus'), layer('e', 9, 8, 'swish')],
    ...[layer('f', 8, 7, 'gelu'), layer('g', 7, 3, 'softmax')],
  ],
  classes,
  { loss: 'focal', optimizer: { kind: 'adamw' }, classWeights: [1, 2, 3], l2sp: { strength: 0.01 } },
);
run([layer('a', 11, 5, 'tanh'), layer('b', 5, 1, 'linear')], X.data.subarray(0, 130), {
  loss: 'huber',
  optimizer: { kind: 'sgd', momentum: 0.9 },
});
console.log(hash.digest('hex'));

function run(layers: LayerSpec[], y: ArrayLike<number>, options: Partial<TrainOptions>): void {
  const result = trained(layers, X, y, { seed: 5, epochs: 12, validation: { X, y }, ...options });
  for (const l of result.layers) {
    if (l.kind === 'dense') hash.update(l.weights).update(l.bias);
    if (l.kind === 'norm') hash.update(l.gamma).update(l.beta).update(l.mean).update(l.variance);
  }
  hash.update(Float64Array.from([...result.history.loss, ...result.history.validationLoss]));
  hash.update(predict(foldLayers(result.layers), X).data);
}
