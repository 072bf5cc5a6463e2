import { compileGraph } from '../../src/graph/compile.js';
import { readPairs, twoBranches, writePairs } from '../cnn.js';
import { seconds } from '../cnn-task.js';
import type { BenchTask } from '../task.js';

export const task: BenchTask = {
  name: 'cnn-compile',
  title: 'compiling the two-branch CNN, its first step included; goal 1.0 s',
  prepare: (folder) => writePairs(folder, 32, 64),
  peers: [
    { name: 'Keras', script: 'cnn.py', argument: 'keras-compile', goal: 1 },
    { name: 'PyTorch, channels last (compiles nothing)', script: 'cnn.py', argument: 'torch-compile' },
  ],
  async ours(folder) {
    const { x, classes, size } = readPairs(folder);
    const model = twoBranches(size);
    const [start, used] = [performance.now(), process.cpuUsage()];
    const net = await compileGraph(model, { loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    await net.fit(x, classes);
    const time = (performance.now() - start) / 1000;
    return { seconds: time, quality: { cpu_s: seconds(process.cpuUsage(used)) } };
  },
};
