import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PeerPython } from './python.js';
import type { BenchPeer, BenchResult, BenchRow, BenchTask } from './task.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One row per peer: both sides run in turns, `repeats` times, so that a busy machine is busy for both. */
export function measure(task: BenchTask, folder: string, python: PeerPython, repeats: number): BenchRow[] {
  const ours: BenchResult[] = [];
  const peers = task.peers.map((): BenchResult[] => []);
  const missing = task.peers.map((): string | undefined => python.missing);
  for (let repeat = 0; repeat < repeats; repeat++) {
    ours.push(runOurs(task, folder));
    task.peers.forEach((peer, i) => {
      if (missing[i]) return;
      const result = runPeer(peer, folder, python.path!);
      if (typeof result === 'string') missing[i] = result;
      else peers[i].push(result);
    });
  }
  return task.peers.map((peer, i) => toRow(task, peer, ours, peers[i], missing[i]));
}

function runOurs(task: BenchTask, folder: string): BenchResult {
  const program = join(dirname(fileURLToPath(import.meta.url)), 'ours.js');
  const result = run(process.execPath, [program, task.name, folder]);
  if (typeof result === 'string') throw new Error(`task "${task.name}" failed: ${result}`);
  return result;
}

const runPeer = (peer: BenchPeer, folder: string, python: string): BenchResult | string =>
  run(python, [join(root, 'bench/peers', peer.script), peer.argument ?? '', folder]);

/** The result on the last line of a program's output, or a sentence about why there is none. */
function run(program: string, args: string[]): BenchResult | string {
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error) return error.message;
  const last = lastLine(stderr);
  if (last.startsWith('ModuleNotFoundError'))
    return `${last}; install bench/requirements.txt, or let --peers do it`;
  if (status !== 0) return `exit ${status ?? signal}: ${last}`;
  try {
    return JSON.parse(lastLine(stdout)) as BenchResult;
  } catch {
    return `its last line is not JSON: ${lastLine(stdout)}`;
  }
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

function toRow(
  task: BenchTask,
  peer: BenchPeer,
  ours: BenchResult[],
  theirs: BenchResult[],
  missing: string | undefined,
): BenchRow {
  const own = medians(ours);
  const other = missing === undefined ? medians(theirs) : null;
  return {
    task: task.name,
    peer: peer.name,
    ours_s: round(own.seconds),
    peer_s: other && round(other.seconds),
    ratio: other && round(own.seconds / other.seconds),
    goal: peer.goal ?? null,
    quality: { ours: own.quality, peer: other?.quality ?? null },
    rss_mb: round(own.rss_mb!),
    peer_rss_mb: other && round(other.rss_mb!),
    ...(missing === undefined ? {} : { missing }),
  };
}

function medians(results: BenchResult[]): BenchResult {
  const names = Object.keys(results[0].quality);
  return {
    seconds: median(results.map((r) => r.seconds)),
    quality: Object.fromEntries(
      names.map((name) => [name, round(median(results.map((r) => r.quality[name])))]),
    ),
    rss_mb: median(results.map((r) => r.rss_mb!)),
  };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

const round = (x: number): number => Number(x.toPrecision(4));
