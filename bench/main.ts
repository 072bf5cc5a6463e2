/**
 * `npm run bench -- [--only TASK[,TASK]] [--json] [--peers] [--repeats N]`: our time beside the peers', taken in
 * turns in one run.
 *
 * `--peers` makes a Python environment for the peers in .nurdle/bench-venv where there is none yet;
 * NURDLE_BENCH_PYTHON names an interpreter that has them already.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure } from './measure.js';
import { peerPython } from './python.js';
import { line } from './report.js';
import type { BenchTask } from './task.js';
import { loadTasks } from './tasks.js';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    peers: { type: 'boolean', default: false },
    repeats: { type: 'string' },
  },
});

if (flags.repeats !== undefined && !/^[1-9]\d*$/.test(flags.repeats)) {
  console.error(`--repeats must be a whole number from 1 on, but is "${flags.repeats}"`);
  process.exit(2);
}
const python = peerPython(flags.peers);
for (const task of await loadTasks(flags.only?.split(','))) await bench(task);

async function bench(task: BenchTask): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'nurdle-bench-'));
  try {
    const repeats = Number(flags.repeats ?? task.repeats ?? 5);
    const runs = repeats === 1 ? 'one run' : `medians of ${repeats}`;
    if (!flags.json) console.log(`\n${task.name}: ${task.title} (${runs})`);
    await task.prepare(folder);
    for (const row of measure(task, folder, python, repeats))
      console.log(flags.json ? JSON.stringify(row) : line(row));
    const compared = python.path ? (task.compare?.(folder) ?? []) : [];
    for (const words of compared)
      console.log(flags.json ? JSON.stringify({ task: task.name, words }) : words);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
