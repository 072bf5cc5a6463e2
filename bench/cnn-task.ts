import { compileGraph } from '../src/graph/compile.js';
import { readPairs, twoBranches, writePairs } from './cnn.js';
import type { BenchResult, BenchTask } from './task.js';

const EPOCHS = 4;

/** One epoch of the two-branch net, the median of four after one to warm up. */
export function trainingTask(name: string, size: number, goal: number, kind: 'fit' | 'attention'): BenchTask {
  const extra = kind === 'attention' ? ', attention between the branches' : '';
  return {
    name,
    title: `two-branch CNN on 1,371 synthetic pairs of ${size} × ${size} and 1,800 points${extra}, batch 32, Adam, one epoch, two threads`,
    prepare: (folder) => writePairs(folder, 1371, size),
    peers: [
      { name: 'Keras', script: 'cnn.py', argument: `keras-${kind}`, goal },
      { name: 'PyTorch, channels last', script: 'cnn.py', argument: `torch-${kind}`, goal },
    ],
    repeats: 3,
    ours: (folder) => train(folder, kind === 'attention'),
  };
}

async function train(folder: string, withAttention: boolean): Promise<BenchResult> {
  const { x, classes, size } = readPairs(folder);
  const model = twoBranches(size, withAttention);
  const net = await compileGraph(model, { loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  await net.fit(x, classes);
  const times: number[] = [];
  const cpu: number[] = [];
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    await net.fit(x, classes, { seed: epoch });
    times.push((performance.now() - start) / 1000);
    cpu.push(seconds(process.cpuUsage(used)));
  }
  const { accuracy } = net.evaluate(x, classes);
  return { seconds: median(times), quality: { accuracy, cpu_s: median(cpu) } };
}

/** User and system time in seconds. */
export const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

/** The upper median. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1];
