import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type * as tf from '@tensorflow/tfjs-node';
import { compileGraph } from '../../src/graph/compile.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';
import { fusion, pairs, relative } from './nets.js';

const folder = mkdtempSync(join(tmpdir(), 'nurdle-export-test-'));
const exported = join(folder, 'net');
const { x, y } = pairs(5);
let expected: Float32Array;

before(async () => {
  const net = await compileGraph(fusion(), { loss: 'categoricalCrossentropy' });
  await net.fit(x, y, { epochs: 2 });
  await net.exportSavedModel(exported);
  await net.exportSavedModel(exported); // replaces its own
  expected = [net.predict(x)].flat()[0].dataSync() as Float32Array;
  const other = join(folder, 'other');
  mkdirSync(other);
  await assert.rejects(net.exportSavedModel(other), /exists and holds no SavedModel; name another folder$/);
  net.dispose();
});
after(() => rmSync(folder, { recursive: true }));

test('an exported net loads in tfjs-node', async () => {
  const { node, tensor } = tensorflow();
  const model = await node.loadSavedModel(exported);
  const inputs = { image: tensor(x[0], [5, 8, 8, 1]), spectrum: tensor(x[1], [5, 20, 1]) };
  const { stage } = model.predict(inputs) as Record<string, tf.Tensor>;
  assert.ok(relative(stage.dataSync(), expected) < 1e-6);
  model.dispose();
});

const PROGRAM = `
import json, sys
import numpy as np, tensorflow as tf
data = json.load(open(sys.argv[1] + "/data.json"))
net = tf.saved_model.load(sys.argv[1] + "/net").signatures["serving_default"]
image, spectrum = (tf.constant(np.array(data[k], "f4").reshape(s)) for k, s in (("image", (5, 8, 8, 1)), ("spectrum", (5, 20, 1))))
print(json.dumps(net(image=image, spectrum=spectrum)["stage"].numpy().ravel().tolist()))
`;

test("an exported net loads in Python's TensorFlow", (t) => {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const pythons = [process.env['NURDLE_BENCH_PYTHON'], join(root, '.nurdle/bench-venv/bin/python')];
  const python = pythons.find((path) => path && existsSync(path));
  if (!python) return t.skip('no Python with TensorFlow here; npm run bench -- --peers makes one');
  writeFileSync(join(folder, 'data.json'), JSON.stringify({ image: [...x[0]], spectrum: [...x[1]] }));
  const { status, stdout, stderr } = spawnSync(python, ['-c', PROGRAM, folder], { encoding: 'utf8' });
  if (/No module named 'tensorflow'/.test(stderr)) return t.skip('this Python has no TensorFlow');
  assert.equal(status, 0, stderr);
  const theirs = JSON.parse(stdout.trim().split('\n').at(-1)!) as number[];
  assert.ok(relative(theirs, expected) < 1e-6);
});
