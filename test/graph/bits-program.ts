// Trains the fusion net where `NURDLE_DETERMINISTIC=1` promises the same bits, and prints their hash.
import { createHash } from 'node:crypto';
import { compileGraph } from '../../src/graph/compile.js';
import { fusion, pairs, started, weightsOf } from './nets.js';

const { x, y } = pairs(24);
const model = started(fusion());
const net = await compileGraph(model, {
  loss: 'categoricalCrossentropy',
  modalityDropout: { image: 0.3 },
  deterministic: true,
});
await net.fit(x, y, { epochs: 3, batchSize: 8, seed: 1 });
const hash = createHash('sha256');
for (const values of weightsOf(model)) hash.update(new Uint8Array(values.buffer));
console.log(net.engine, hash.digest('hex'));
