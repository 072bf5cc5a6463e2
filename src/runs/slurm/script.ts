import { fileURLToPath } from 'node:url';
import type { SlurmSettings } from './options.js';

const node = fileURLToPath(new URL('./node-main.js', import.meta.url));

/** What `sbatch` is told of an array beside its script. */
export function arrayArguments(
  settings: SlurmSettings,
  { count, logs, after }: { count: number; logs: string; after: readonly string[] },
): string[] {
  const { partition, maxTasks, time, cpus, memoryMegabytes } = settings;
  return [
    `--array=0-${count - 1}${maxTasks === undefined ? '' : `%${maxTasks}`}`,
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...[`--time=${time}`, `--cpus-per-task=${cpus}`, `--mem=${Math.ceil(memoryMegabytes)}M`],
    ...[`--output=${logs}/%A_%a.log`, '--open-mode=append', '--requeue', '--kill-on-invalid-dep=no'],
    '--hold',
    ...(after.length === 0 ? [] : [`--dependency=afterany:${after.join(':')}`]),
  ];
}

/** The script of an array: each array task works off the batch with its number. */
export function arrayScript(settings: SlurmSettings, folder: string, firstBatch: number): string {
  return script(settings, [node, folder, String(firstBatch)]);
}

/** What the job that gathers is told, and its script. */
export function gatherJob(settings: SlurmSettings, words: readonly string[], logs: string, after: string[]) {
  const { partition, time, memoryMegabytes } = settings;
  const args = [
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...[`--time=${time}`, '--cpus-per-task=1', `--mem=${Math.ceil(memoryMegabytes)}M`],
    ...[`--output=${logs}/gather.log`, '--requeue', '--kill-on-invalid-dep=no'],
    `--dependency=afterany:${after.join(':')}`,
  ];
  return { args, script: script(settings, words) };
}

/** With a set-up file Node is the one that it brings; without, the one that runs here. */
function script({ setup }: SlurmSettings, words: readonly string[]): string {
  const program = setup === undefined ? quoted(process.execPath) : 'node';
  const lines = setup === undefined ? [] : [`. ${quoted(setup)}`];
  return ['#!/bin/bash', ...lines, `exec ${program} ${words.map(quoted).join(' ')}`, ''].join('\n');
}

/** A word for the shell, whatever is in it. */
const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
