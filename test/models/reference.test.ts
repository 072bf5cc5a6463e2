import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldLayers } from '../../src/models/fold.js';
import { type DenseSpec, dense, type LayerSpec, type NormSpec } from '../../src/models/layers.js';
import { predict } from '../../src/models/network.js';
import type { Loss, OptimizerOptions } from '../../src/models/training/options.js';
import { matrix } from '../../src/numeric/matrix.js';
import type { Activation } from '../../src/numeric/network.js';
import { reference } from '../reference/read.js';
import { trained } from './networks.js';

/** What test/reference/training.py writes. */
interface Case {
  readonly name: string;
  readonly widths: number[];
  readonly activations: Activation[];
  readonly loss: Loss;
  readonly optimizer: 'adam' | 'adamw' | 'sgd';
  readonly norm_after: number | null;
  readonly X: number[];
  readonly y: number[];
  readonly start: number[][];
  readonly end: number[][];
  readonly losses: number[];
  readonly outputs: number[];
}

const { cases } = reference<{ cases: Case[] }>('training');

const OPTIMIZERS: Record<Case['optimizer'], OptimizerOptions> = {
  adam: { kind: 'adam', learningRate: 1e-3 },
  adamw: { kind: 'adamw', learningRate: 1e-3, weightDecay: 0.05 },
  sgd: { kind: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true },
};

/** A case's layers with the blocks of weights of its start or its end. */
function layersOf({ widths, activations, norm_after }: Case, blocks: number[][]): LayerSpec[] {
  const left = blocks.map((block) => Float32Array.from(block));
  return activations.flatMap((activation, i): LayerSpec[] => {
    const weights = left.shift()!;
    const normed = norm_after === i;
    const layer: DenseSpec = {
      ...dense(`dense ${i}`, widths[i], widths[i + 1], weights, normed ? 'linear' : activation),
      bias: left.shift()!,
    };
    if (!normed) return [layer];
    return [
      layer,
      normSpec(widths[i + 1], left.splice(0, 3)),
      { kind: 'activation', name: 'after', activation },
    ];
  });
}

/** PyTorch's running variance is the unbiased one, unlike Keras's and ours: not compared. */
function normSpec(size: number, [gamma, beta, mean]: Float32Array[]): NormSpec {
  const variance = new Float32Array(size).fill(1);
  const kept = { scale: true, center: true, trainable: true, epsilon: 1e-3, momentum: 0.99 };
  return { kind: 'norm', name: 'norm', size, gamma, beta, mean, variance, ...kept };
}

const blocksOf = (layers: LayerSpec[]): Float32Array[] =>
  layers.flatMap((l) => {
    if (l.kind === 'dense') return [l.weights, l.bias];
    return l.kind === 'norm' ? [l.gamma, l.beta, l.mean] : [];
  });

for (const expected of cases) {
  const { name, X, y, widths, loss, optimizer, losses, end, outputs } = expected;
  test(`it agrees with PyTorch to 1e-4 after 100 steps: ${name}`, () => {
    const rows = matrix(80, widths[0], X);
    // 80 rows in batches of 16 are five steps an epoch.
    const { layers, history } = trained(layersOf(expected, expected.start), rows, y, {
      ...{ seed: 1, epochs: 20, batchSize: 16, shuffle: false, loss },
      optimizer: OPTIMIZERS[optimizer],
    });
    blocksOf(layers).forEach((block, b) => {
      block.forEach((w, i) => {
        assert.ok(Math.abs(w - end[b][i]) <= 1e-4, `block ${b}, weight ${i}: ${w} and ${end[b][i]}`);
      });
    });
    history.loss.forEach((value, epoch) => {
      assert.ok(
        Math.abs(value - losses[epoch]) <= 2e-5 * Math.max(1, value),
        `loss ${epoch}: ${value} and ${losses[epoch]}`,
      );
    });
    if (expected.norm_after !== null) return;
    const predicted = predict(foldLayers(layers), rows).data;
    predicted.forEach((p, i) => {
      assert.ok(Math.abs(p - outputs[i]) <= 2e-4, `output ${i}: ${p} and ${outputs[i]}`);
    });
  });
}
