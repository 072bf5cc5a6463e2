import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeCsv } from '../frames/csv/write.js';
import type { Mapping } from '../frames/schema.js';
import { table } from '../frames/table.js';
import { type QsarPrediction, qsarPredict } from '../qsar/predict/predict-file.js';
import { predictionColumns } from '../qsar/predict/prediction-columns.js';
import { checkConfig, type QsarSettings } from '../qsar/run/check-config.js';
import { qsarTasks } from '../qsar/run/compute-run.js';
import { DEFAULT_CONFIG } from '../qsar/run/config.js';
import type { QsarRun } from '../qsar/run/run-result.js';
import { qsarReport, qsarRun, readRun } from '../reports/qsar-run.js';
import { scoresTable } from '../reports/tables.js';
import { writeWhole } from '../runs/store.js';
import {
  checkedChoice,
  EXECUTOR_USAGE,
  executorOf,
  type ParsedExecutor,
  parseExecutor,
} from './executor-options.js';
import { progressLine } from './progress-line.js';
import { interruptible, noteStart, tellCost } from './run-command.js';

export const QSAR_USAGE = `nurdle qsar run CONFIG.json [--out DIR] [--json] [options]
nurdle qsar predict --run DIR --input FILE [--out FILE.csv|FILE.json] [--target NAME] [--mapping FILE.json] [--json]
nurdle qsar report --run DIR [--json]

run      trains, scores and compares what CONFIG.json says; the same line again goes on where a run was stopped
predict  scores new rows: probability, prediction set, applicability, nearest training rows
report   writes figures, model card and QMRF report again

${EXECUTOR_USAGE}
The same may stand in CONFIG.json, as "executor": { "name": "slurm", "partition": …, "maxTasks": …, … }`;

const OPTIONS = {
  out: { type: 'string' },
  run: { type: 'string' },
  input: { type: 'string' },
  target: { type: 'string' },
  mapping: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** What each verb takes beside its words. */
const VERBS = {
  run: { takes: ['out', 'json'], call: run },
  predict: { takes: ['run', 'input', 'out', 'target', 'mapping', 'json'], call: predict },
  report: { takes: ['run', 'json'], call: report },
} as const;

type Flags = ReturnType<typeof parse>['values'];

/**
 * `nurdle qsar`: runs a comparison, scores new rows with it, reports it.
 * @returns 0 when done, 1 when rows were refused or tasks failed.
 * @throws RangeError for words that are not known.
 */
export async function qsarCommand([verb, ...words]: string[]): Promise<number> {
  if (verb === 'help' || verb === '--help') {
    console.log(QSAR_USAGE);
    return 0;
  }
  if (!Object.hasOwn(VERBS, verb ?? ''))
    throw new RangeError(
      `command must be run, predict or report, but is ${verb ?? 'missing'}\n${QSAR_USAGE}`,
    );
  const { takes, call } = VERBS[verb as keyof typeof VERBS];
  const executor = verb === 'run' ? parseExecutor(words) : { rest: words, choice: null, dryRun: false };
  const { values, positionals } = parse([...executor.rest]);
  const unknown = Object.keys(values).find((name) => !(takes as readonly string[]).includes(name));
  if (unknown) throw new RangeError(`nurdle qsar ${verb} takes no --${unknown}\n${QSAR_USAGE}`);
  return call(values, positionals, executor, words);
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new RangeError(`${(error as Error).message}\n${QSAR_USAGE}`);
  }
}

async function run(
  { out, json }: Flags,
  [path, ...rest]: string[],
  { choice, dryRun }: ParsedExecutor,
  words: string[],
): Promise<number> {
  if (path === undefined || rest.length > 0)
    throw new RangeError(`nurdle qsar run takes one configuration file\n${QSAR_USAGE}`);
  const { executor, ...settings } = await readJson<QsarSettings & { executor?: unknown }>(path);
  const chosen = choice ?? checkedChoice(executor, 'executor');
  const folder = resolve(out ?? join('runs', settings.name ?? DEFAULT_CONFIG.name));
  const line = progressLine(process.stderr);
  const options = {
    ...{ folder, base: dirname(path), executor: executorOf(chosen, folder), signal: interruptible() },
    ...{ onProgress: line.update, onWarning: (warning: string) => line.say(`warning: ${warning}`) },
  };
  checkConfig(settings);
  if (dryRun || chosen?.name === 'slurm')
    for (const words of await tellCost(await qsarTasks(settings, options), folder, chosen)) line.say(words);
  if (dryRun) return 0;
  await noteStart(folder, ['qsar', 'run', ...words]);
  try {
    const result = await qsarRun(settings, options);
    line.end();
    console.log(json ? JSON.stringify(summary(result)) : page(result));
    return result.missing.length > 0 ? 1 : 0;
  } finally {
    line.end();
  }
}

const summary = ({ folder, sha256, synthetic, arms, kept, test, missing, warnings }: QsarRun) => ({
  ...{ folder, sha256, synthetic, missing, warnings, test },
  arms: arms.map(({ arm, target, split, scores }) => ({ arm, target, split, scores })),
  kept: kept.map(({ target, arm, split }) => ({ target, arm: arm.name, split })),
});

const page = (result: QsarRun): string =>
  [
    ...(result.synthetic ? ['Synthetic data: nothing here was measured.'] : []),
    scoresTable(result.arms),
    '',
    ...result.kept.map(({ target, arm, split }) => `kept for ${target}: ${arm.name}, best ${split}`),
    `${join(result.folder, 'report.md')}, card.md, metrics.json; results ${result.sha256.slice(0, 16)}`,
  ].join('\n');

async function predict({ run: folder, input, out, target, mapping, json }: Flags): Promise<number> {
  if (folder === undefined || input === undefined)
    throw new RangeError(`nurdle qsar predict needs --run DIR and --input FILE\n${QSAR_USAGE}`);
  const columns = mapping === undefined ? undefined : await readJson<Mapping>(mapping);
  const scored = await qsarPredict(folder, input, { target, mapping: columns });
  const asJson = out?.endsWith('.json') ?? json;
  const text = asJson ? `${JSON.stringify(scored, null, 2)}\n` : writeCsv(table(predictionColumns(scored)));
  if (out === undefined) process.stdout.write(text);
  else await writeWhole(out, text);
  return sayRefused(scored);
}

function sayRefused({ refused, predictions, synthetic }: QsarPrediction): number {
  if (synthetic) console.error('the models were trained on synthetic data: nothing here was measured');
  for (const { row, column, reason } of refused) console.error(`row ${row}, column "${column}": ${reason}`);
  const rows = new Set(refused.map(({ row }) => row)).size;
  if (rows > 0) console.error(`${predictions.length} rows scored, ${rows} refused`);
  return rows > 0 ? 1 : 0;
}

async function report({ run: folder, json }: Flags): Promise<number> {
  if (folder === undefined) throw new RangeError(`nurdle qsar report needs --run DIR\n${QSAR_USAGE}`);
  const files = await qsarReport(folder);
  const { arms, kept } = await readRun(folder);
  console.log(
    json
      ? JSON.stringify({ folder, files, arms: arms.length, kept: kept.length })
      : files.map((file) => join(folder, file)).join('\n'),
  );
  return 0;
}

async function readJson<T>(path: string): Promise<T> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new RangeError(
      `${path} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`,
    );
  });
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new RangeError(`${path} must be JSON, but ${(error as Error).message}`);
  }
}
