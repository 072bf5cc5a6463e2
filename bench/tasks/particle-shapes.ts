import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shapeFeatures } from '../../src/descriptors/shape-features.js';
import { groupFolds, type Split } from '../../src/frames/splits.js';
import { readImageFile } from '../../src/images/readers/read.js';
import { fitForest, forestProbabilities } from '../../src/models/classical/forest.js';
import { matrix, row, takeRows } from '../../src/numeric/matrix.js';
import type { BenchTask } from '../task.js';

const SHAPES = ['fibre', 'fragment', 'pellet'];
const FOLDER = 'sem-microplastics-shi2022/images-512';

interface Task {
  readonly values: number[][];
  readonly labels: number[];
  readonly folds: { train: number[]; test: number[] }[];
}

export const task: BenchTask = {
  name: 'particle-shapes',
  title: 'fibre, fragment or pellet by shape descriptors, random forest of 300 trees, 5 folds by name stem',
  async prepare(folder) {
    writeFileSync(join(folder, 'shapes.json'), JSON.stringify(await shapesTask()));
  },
  peers: [{ name: 'scikit-learn', script: 'particle_shapes.py', argument: 'forest' }],
  repeats: 3,
  ours(folder) {
    const { values, labels, folds } = JSON.parse(readFileSync(join(folder, 'shapes.json'), 'utf8')) as Task;
    const X = matrix(values);
    const start = performance.now();
    let right = 0;
    for (const { train, test } of folds) {
      const y = train.map((i) => labels[i]);
      const forest = fitForest(takeRows(X, train), y, { seed: 1, trees: 300, classes: SHAPES.length });
      const P = forestProbabilities(forest, takeRows(X, test));
      right += test.filter((i, k) => mostLikely(row(P, k)) === labels[i]).length;
    }
    const seconds = (performance.now() - start) / 1000;
    return { seconds, quality: { accuracy: right / labels.length } };
  },
};

const mostLikely = (p: Float64Array): number => p.indexOf(Math.max(...p));

/** Shape descriptors of the real pictures, and folds that hold runs of neighbouring pictures together. */
async function shapesTask(): Promise<Task> {
  const folder = join(process.env['NURDLE_DATA'] ?? '../shared/data', FOLDER);
  if (!existsSync(folder)) throw new Error(`${folder} is not there; set NURDLE_DATA`);
  const files = SHAPES.flatMap((shape, label) =>
    readdirSync(join(folder, shape))
      .sort()
      .map((name) => ({ label, name, path: join(folder, shape, name) })),
  );
  const readings = await Promise.all(files.map(({ path }) => readImageFile(path)));
  const { values } = shapeFeatures(readings.map(({ micrograph }) => micrograph));
  const labels = files.map(({ label }) => label);
  const splits = groupFolds(
    files.map(({ name }) => nameStem(name)),
    { labels, seed: 1 },
  );
  const plain = ({ train, test }: Split) => ({ train: [...train], test: [...test] });
  return { values: files.map((_, i) => [...row(values, i)]), labels, folds: splits.map(plain) };
}

/** A name without the authors' fold, the beam's voltage and the last digit: ten neighbours of a series share it. */
const nameStem = (name: string): string =>
  name
    .replace(/^fold\d_/, '')
    .replace(/\.[a-z]+$/, '')
    .replace(/_\d+(\.\d+)?kV.*$/, '')
    .replace(/\d(?=\D*$)/, '');
