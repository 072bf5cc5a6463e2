import { compileGraph } from '../../src/graph/compile.js';
import { readPairs, twoBranches, writePairs } from '../cnn.js';
import { median, seconds } from '../cnn-task.js';
import type { BenchTask } from '../task.js';

export const task: BenchTask = {
  name: 'cnn-predict',
  title:
    'prediction of 10,000 synthetic pairs by the two-branch CNN, two threads; 32 rows at a time, the peers 128',
  prepare: (folder) => writePairs(folder, 10_000, 64),
  peers: [
    { name: 'Keras', script: 'cnn.py', argument: 'keras-predict', goal: 0.8 },
    { name: 'PyTorch, channels last', script: 'cnn.py', argument: 'torch-predict', goal: 0.8 },
  ],
  repeats: 3,
  async ours(folder) {
    const { x, size } = readPairs(folder);
    const net = await compileGraph(twoBranches(size), { loss: 'categoricalCrossentropy' });
    net.predict(x);
    const times: number[] = [];
    const cpu: number[] = [];
    for (let repeat = 0; repeat < 3; repeat++) {
      const [start, used] = [performance.now(), process.cpuUsage()];
      net.predict(x);
      times.push((performance.now() - start) / 1000);
      cpu.push(seconds(process.cpuUsage(used)));
    }
    return { seconds: median(times), quality: { cpu_s: median(cpu) } };
  },
};
