import type { Executor } from '../executor.js';
import { localExecutor } from '../local.js';
import { submissions } from './submission.js';

/**
 * Works off here what was never submitted (the few tasks that wait for the results of all others), and leaves what was:
 * its results are there, or the gathered run says that they are missing.
 */
export function gatheringExecutor({ workers }: { workers?: number } = {}): Executor {
  return {
    name: 'gathering',
    async execute(waves, store, options) {
      const submitted = new Set((await submissions(store)).flatMap(({ batches }) => batches.flat()));
      const own = waves.map((wave) => wave.filter(({ key }) => !submitted.has(key)));
      await localExecutor({ workers }).execute(own, store, options);
    },
  };
}
