import { readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { mapOver, mapTasks } from '../runs/map.js';
import { storeOf } from '../runs/run-folder.js';
import { writeWhole } from '../runs/store.js';
import { EXECUTOR_USAGE, executorOf, parseExecutor } from './executor-options.js';
import { progressLine } from './progress-line.js';
import { interruptible, noteStart, tellCost } from './run-command.js';

const USAGE = `usage: nurdle map SCRIPT.ts --over SPECS.json [--function NAME] [--out DIR] [options]
  calls the function that SCRIPT.ts exports (default: run) once for each entry of the list in SPECS.json;
  results go to DIR/results.json (default DIR: runs/ and the script's name)
${EXECUTOR_USAGE}`;

/**
 * `nurdle map`: a function of the user's over specifications.
 * @returns the exit code: 0 when every specification has its result, 1 when some have none, 2 for words not understood.
 */
export async function mapCommand(words: string[]): Promise<number> {
  const { rest, choice, dryRun } = parseExecutor(words);
  const { script, over, name, out } = parseMap(rest);
  if (!script || !over) {
    console.error(USAGE);
    return 2;
  }
  const folder = resolve(out ?? join('runs', basename(script, extname(script))));
  const tasks = mapTasks(script, await readSpecifications(over), { name });
  if (choice?.name === 'slurm' || dryRun)
    for (const words of await tellCost(tasks, folder, choice)) console.error(words);
  if (dryRun) return 0;
  await noteStart(folder, ['map', ...words]);
  const line = progressLine(process.stderr);
  const options = {
    executor: executorOf(choice, folder),
    signal: interruptible(),
    onProgress: line.update,
  };
  const { results, gathered } = await mapOver(tasks, storeOf(folder), options);
  line.end();
  await writeWhole(join(folder, 'results.json'), `${JSON.stringify(results, null, 1)}\n`);
  for (const { label, reason } of gathered.missing) console.error(`${label}: ${reason}`);
  console.log(join(folder, 'results.json'));
  return gathered.missing.length === 0 ? 0 : 1;
}

function parseMap(words: readonly string[]) {
  const options: Record<string, string | undefined> = {};
  const plain: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const known = ['--over', '--function', '--out'].includes(words[i]);
    if (known) options[words[i].slice(2)] = words[++i];
    else plain.push(words[i]);
  }
  const script = plain.length === 1 && !plain[0].startsWith('--') ? plain[0] : undefined;
  return { script, over: options['over'], name: options['function'], out: options['out'] };
}

async function readSpecifications(path: string): Promise<unknown[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new RangeError(`${path} cannot be read; --over names a JSON file with a list`);
  });
  const list: unknown = parse(text, path);
  if (!Array.isArray(list) || list.length === 0)
    throw new RangeError(`${path} must hold a JSON list of at least one specification`);
  return list;
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RangeError(`${path} is not JSON: ${(error as Error).message}`);
  }
}
