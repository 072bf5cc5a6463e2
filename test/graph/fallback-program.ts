// Trains a small net where `NURDLE_TENSORFLOW=fallback` takes native TensorFlow away.
import { compileGraph } from '../../src/graph/compile.js';
import { small, smallRows } from './nets.js';

const { x, y } = smallRows(40);
const net = await compileGraph(small(), { loss: 'categoricalCrossentropy' });
const { engine, loss } = await net.fit(x, y, { epochs: 3, seed: 1 });
console.log(JSON.stringify({ engine, loss }));
