import { trustworthiness } from '../src/embedding/quality.js';
import { tsne } from '../src/embedding/tsne.js';
import { takeRows } from '../src/numeric/matrix.js';
import { readMixture, writeMixture } from './mixture.js';
import type { BenchTask } from './task.js';

/** A t-SNE task of n rows in d columns: 1,000 iterations, perplexity 30, PCA start. */
export function mapTask(n: number, d: number, classes: number, repeats: number): BenchTask {
  return {
    name: `tsne-${n}`,
    title: `t-SNE of ${n} × ${d}, perplexity 30, 1,000 iterations (openTSNE's default: 750), two threads`,
    prepare: (folder) => writeMixture(folder, n, d, classes),
    repeats,
    peers: [
      { name: 'openTSNE', script: 'map.py', argument: 'opentsne', goal: 0.8 },
      { name: 'scikit-learn', script: 'map.py', argument: 'sklearn', goal: 0.5 },
    ],
    async ours(folder) {
      const { X } = readMixture(folder, d);
      await tsne(
        takeRows(
          X,
          Array.from({ length: 200 }, (_, i) => i),
        ),
        { iterations: 50 },
      );
      const start = performance.now();
      const { embedding, klDivergence } = await tsne(X, { workers: 2 });
      const seconds = (performance.now() - start) / 1000;
      const shown = Array.from({ length: Math.min(n, 5000) }, (_, i) => i);
      const trust = trustworthiness(takeRows(X, shown), takeRows(embedding, shown));
      return { seconds, quality: { trustworthiness: trust, divergence: klDivergence } };
    },
  };
}
