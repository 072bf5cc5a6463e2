import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { rocAuc } from '../../src/evaluation/roc.js';
import { loadTable } from '../../src/frames/load.js';
import { takeTableRows } from '../../src/frames/rows.js';
import { numbers, type Table, table } from '../../src/frames/table.js';
import { loadModel, saveModel } from '../../src/models/store.js';
import { modelFeatures, predictToxicity } from '../../src/models/toxicity-model.js';
import { finetune, pretrain, trainFromScratch } from '../../src/models/toxicity-training.js';
import { tensorflow } from '../../src/numeric/tensorflow.js';

const folder = await mkdtemp(join(tmpdir(), 'nurdle-models-'));
after(() => rm(folder, { recursive: true }));

const part = async (name: string): Promise<Table> =>
  (await loadTable('synthetic-cytotoxicity', { part: name })).table;
const source = takeTableRows(
  await part('source'),
  Array.from({ length: 600 }, (_, i) => i),
);
const target = await part('T2');
const pretrained = await pretrain(source, { seed: 1, epochs: 5, vocabulary: target });

test('a network learns the table that it is trained on', async () => {
  const model = await trainFromScratch(target, { seed: 1, epochs: 150, dropout: 0, l2: 0 });
  assert.ok(rocAuc(numbers(target, 'toxic'), predictToxicity(model, target)) > 0.97);
});

test('frozen layers keep their weights to the bit, the others move', async () => {
  const tuned = await finetune(pretrained, target, { seed: 1, epochs: 3, frozenLayers: 2 });
  const [first, second, output] = tuned.network.map((layer, k) => {
    const before = pretrained.network[k];
    return (
      layer.weights.every((w, i) => w === before.weights[i]) &&
      layer.bias.every((b, i) => b === before.bias[i])
    );
  });
  assert.deepEqual([first, second, output], [true, true, false]);
  assert.deepEqual(
    tuned.stages.map((stage) => stage.frozen),
    [[], ['hidden 1', 'hidden 2']],
  );
});

test('the same seed gives the same bits, another seed others', async () => {
  const train = (seed: number) => pretrain(source, { seed, epochs: 2 });
  const [a, b, c] = [await train(3), await train(3), await train(4)];
  assert.deepEqual(predictToxicity(a, target), predictToxicity(b, target));
  assert.notDeepEqual(predictToxicity(a, target), predictToxicity(c, target));
});

test('a fine-tuned model remembers every publication it has seen, also through its encoder', () => {
  const ofTarget = new Set((pretrained.seen.groups as string[]).filter((g) => !g.includes('source')));
  assert.ok(ofTarget.size > 0, 'the vocabulary counts as seen');
});

test('a saved model predicts the same to the bit, and TensorFlow.js loads it', async () => {
  const path = join(folder, 'saved');
  const data = [{ id: 'synthetic-cytotoxicity', sha256: 'abc' }];
  await saveModel(pretrained, path, { data });
  const loaded = await loadModel(path);
  assert.deepEqual(predictToxicity(loaded, target), predictToxicity(pretrained, target));
  assert.deepEqual(loaded.card.data, data);
  assert.deepEqual(await readdir(folder), ['saved'], 'nothing half-written stays');
  const tf = tensorflow();
  const model = await tf.loadLayersModel(`file://${path}/model.json`);
  const { values } = modelFeatures(pretrained, target);
  const X = tf.tensor2d(Float32Array.from(values.data), [values.rows, values.cols]);
  const y = (model.predict(X) as ReturnType<typeof tf.tensor>).dataSync();
  predictToxicity(pretrained, target).forEach((p, i) => {
    assert.ok(Math.abs(p - y[i]) < 1e-5, `row ${i}: ${p} and ${y[i]}`);
  });
});

test('a saved model is replaced, another folder is left alone', async () => {
  const path = join(folder, 'twice');
  await saveModel(pretrained, path);
  await saveModel(await finetune(pretrained, target, { seed: 1, epochs: 1 }), path);
  assert.equal((await loadModel(path)).stages.length, 2);
  const other = await mkdtemp(join(folder, 'mine-'));
  await writeFile(join(other, 'notes.txt'), 'keep');
  await assert.rejects(saveModel(pretrained, other), /exists and holds no saved model; name another folder$/);
  assert.equal(await readFile(join(other, 'notes.txt'), 'utf8'), 'keep');
});

test('a cut-off or changed model is refused', async () => {
  const path = join(folder, 'broken');
  await saveModel(pretrained, path);
  await truncate(join(path, 'weights.bin'), 100);
  await assert.rejects(loadModel(path), /weights\.bin was changed or cut off/);
  await writeFile(join(path, 'model.json'), '{"format": "layers-mo');
  await assert.rejects(loadModel(path), /model\.json is not JSON, it may be cut off; save the model again$/);
  await assert.rejects(
    loadModel(join(folder, 'nowhere')),
    /cannot be read; name the folder that saveModel wrote$/,
  );
});

test('wrong input is refused with what to do', async () => {
  const oneClass = table({ ...Object.fromEntries(source.columns), toxic: new Float64Array(source.rows) });
  await assert.rejects(pretrain(oneClass, { seed: 1 }), {
    name: 'RangeError',
    message:
      'table must hold toxic and non-toxic rows to train on, but 0 of 600 are toxic; choose another threshold',
  });
  await assert.rejects(pretrain(takeTableRows(source, []), { seed: 1 }), /table must have at least one row/);
  await assert.rejects(finetune(pretrained, target, { seed: 1, frozenLayers: 3 }), {
    message: 'frozenLayers must be 0 … 2 of 3 layers, but is 3',
  });
  assert.throws(
    () => predictToxicity(pretrained, table({ material: ['PS'] })),
    /table has no column "surface"/,
  );
});

test('an abort stops the training with its reason', async () => {
  const stop = new AbortController();
  const onEpoch = () => stop.abort(new Error('enough'));
  await assert.rejects(pretrain(source, { seed: 1, onEpoch, signal: stop.signal }), /enough/);
});
