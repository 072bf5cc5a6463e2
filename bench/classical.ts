import { type ClassicalKind, fitClassical, predictClassical } from '../src/models/classical/classical.js';
import { takeRows } from '../src/numeric/matrix.js';
import { readRows, writeRows } from './mlp.js';
import type { BenchTask } from './task.js';

const REPEATS = 5;

/** A classical model on four fifths of the MLP's 2,900 rows × 40 columns, beside scikit-learn's on one thread. */
export const classicalTask = (kind: ClassicalKind, title: string): BenchTask => ({
  ...{ name: kind, title, prepare: writeRows, repeats: 3 },
  peers: [{ name: 'scikit-learn, one thread', script: 'classical.py', argument: kind }],
  ours(folder) {
    const { X, y } = readRows(folder);
    const all = Array.from({ length: X.rows }, (_, i) => i);
    const [train, held] = [all.filter((i) => i % 5 !== 0), all.filter((i) => i % 5 === 0)];
    const rows = takeRows(X, train);
    const labels = train.map((i) => y[i]);
    for (const seed of [1, 2]) fitClassical(kind, rows, labels, { seed });
    const start = performance.now();
    const models = Array.from({ length: REPEATS }, (_, seed) => fitClassical(kind, rows, labels, { seed }));
    const seconds = (performance.now() - start) / 1000 / REPEATS;
    const accuracies = models.map((model) => {
      const p = predictClassical(model, takeRows(X, held));
      return p.filter((value, i) => value > 0.5 === (y[held[i]] === 1)).length / held.length;
    });
    return { seconds, quality: { accuracy: accuracies.reduce((a, b) => a + b) / REPEATS } };
  },
});
