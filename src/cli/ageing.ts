import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { attributeAgeing, attributionTable } from '../ageing/attribute.js';
import { checkParticles } from '../ageing/check-particles.js';
import { type AgeingData, ageingTable, readAgeingData } from '../ageing/data.js';
import { type AgeingFolder, type PairProblem, readAgeingFolder } from '../ageing/folder.js';
import type { AgeingModel } from '../ageing/model.js';
import { predictAgeing } from '../ageing/predict.js';
import { ageingPredictionTable } from '../ageing/prediction-table.js';
import { AGEING_DEFAULTS, type AgeingConfig, ageingTasks } from '../ageing/run.js';
import type { AgeingSamples } from '../ageing/samples.js';
import { loadAgeingModel, saveAgeingModel } from '../ageing/store.js';
import { trainAgeing } from '../ageing/train.js';
import { writeCsv } from '../frames/csv/write.js';
import { type Table, textAt } from '../frames/table.js';
import { ageingComparison } from '../reports/ageing-run.js';
import { ageingTable as accuracyTable } from '../reports/ageing-tables.js';
import { writeWhole } from '../runs/store.js';
import { EXECUTOR_USAGE, executorOf, parseExecutor } from './executor-options.js';
import { progressLine } from './progress-line.js';
import { interruptible, noteStart, tellCost } from './run-command.js';

export const AGEING_USAGE = `nurdle ageing train --data PAIRS.csv|synthetic --out DIR [--size 64] [--epochs 30] [--seed 1]
                    [--folds 5] [--arms fused,image,…] [--splits particle,sample] [--json] [options]
nurdle ageing predict --model DIR --data PAIRS.csv [--out FILE.csv] [--json]
nurdle ageing attribute --model DIR --data PAIRS.csv [--out FILE.csv] [--json]

train      cross-validates the arms, writes scores, figures and model card into DIR, and trains a net on all
           samples into DIR/model; the same line again goes on where it was stopped; --folds 0 only trains
predict    the type of each sample, with its probability and uncertainty
attribute  what each answer rests on: bands and patches whose loss lowers it

PAIRS.csv has the columns particle_id, spectrum_file, image_file, and type for training

${EXECUTOR_USAGE}`;

const OPTIONS = {
  data: { type: 'string' },
  out: { type: 'string' },
  model: { type: 'string' },
  size: { type: 'string' },
  epochs: { type: 'string' },
  seed: { type: 'string' },
  samples: { type: 'string' },
  folds: { type: 'string' },
  arms: { type: 'string' },
  splits: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

const VERBS = {
  train: {
    takes: ['data', 'out', 'size', 'epochs', 'seed', 'samples', 'folds', 'arms', 'splits', 'json'],
    call: train,
  },
  predict: { takes: ['model', 'data', 'out', 'json'], call: predict },
  attribute: { takes: ['model', 'data', 'out', 'json'], call: attribute },
} as const;

type Flags = ReturnType<typeof parse>;

/**
 * `nurdle ageing`: trains and compares networks for ageing types, and answers for new samples.
 * @returns 0 when done, 1 when something of the samples could not be used.
 * @throws RangeError for words that are not known.
 */
export async function ageingCommand([verb, ...words]: string[]): Promise<number> {
  if (verb === 'help' || verb === '--help') {
    console.log(AGEING_USAGE);
    return 0;
  }
  if (!Object.hasOwn(VERBS, verb ?? ''))
    throw new RangeError(
      `command must be train, predict or attribute, but is ${verb ?? 'missing'}\n${AGEING_USAGE}`,
    );
  const { takes, call } = VERBS[verb as keyof typeof VERBS];
  const flags = parse(verb === 'train' ? [...parseExecutor(words).rest] : words);
  const unknown = Object.keys(flags).find((name) => !(takes as readonly string[]).includes(name));
  if (unknown) throw new RangeError(`nurdle ageing ${verb} takes no --${unknown}\n${AGEING_USAGE}`);
  return call(flags, words);
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new RangeError(`${(error as Error).message}\n${AGEING_USAGE}`);
  }
}

async function train(flags: Flags, words: readonly string[]): Promise<number> {
  const { data: source, out, json } = flags;
  if (source === undefined || out === undefined)
    throw new RangeError(`nurdle ageing train needs --data and --out\n${AGEING_USAGE}`);
  const { choice, dryRun } = parseExecutor(words);
  const folder = resolve(out);
  const number = (name: 'size' | 'epochs' | 'seed' | 'samples' | 'folds', otherwise: number): number => {
    const value = flags[name] === undefined ? otherwise : Number(flags[name]);
    if (Number.isInteger(value)) return value;
    throw new RangeError(`--${name} must be a whole number, but is "${flags[name]}"`);
  };
  const size = number('size', 64);
  const read = source === 'synthetic' ? null : await ageingTable(source, { size });
  const data: AgeingData = read?.data ?? {
    ...{ source: 'synthetic', size, samples: number('samples', 1371) },
  };
  sayProblems(read?.problems ?? []);
  const folds = number('folds', 5);
  const config: AgeingConfig = {
    ...AGEING_DEFAULTS,
    ...{ data, name: 'ageing', folds, training: { epochs: number('epochs', 30), seed: number('seed', 1) } },
    arms: chosen('arms', flags.arms, AGEING_DEFAULTS.arms),
    splits: chosen('splits', flags.splits, AGEING_DEFAULTS.splits),
  };
  if (read) checkParticles(read.samples, folds === 0 ? 2 : folds === 2 ? 4 : 3);
  const line = progressLine(process.stderr);
  if (dryRun || choice?.name === 'slurm')
    for (const said of await tellCost(ageingTasks(config).tasks, folder, choice)) line.say(said);
  if (dryRun) return 0;
  await noteStart(folder, ['ageing', 'train', ...words]);
  const signal = interruptible();
  let accuracies: unknown = null;
  try {
    if (folds > 0) {
      const executor = choice ? executorOf(choice, folder) : undefined;
      const run = await ageingComparison(config, { folder, executor, signal, onProgress: line.update });
      line.end();
      if (!json)
        console.log(
          `${run.samples.synthetic ? 'Synthetic data: nothing here was measured.\n' : ''}${accuracyTable(run)}`,
        );
      accuracies = run.arms.map(({ arm, split, accuracy, pooled }) => ({ arm, split, accuracy, pooled }));
    }
    const samples = await readAgeingData(data);
    await trainOnAll(samples, config, folder, signal, line.say);
  } finally {
    line.end();
  }
  const done = { folder, model: join(folder, 'model'), accuracies, problems: read?.problems ?? [] };
  console.log(json ? JSON.stringify(done) : `a net trained on all samples: ${done.model}`);
  return done.problems.length > 0 ? 1 : 0;
}

function chosen<T extends string>(name: string, said: string | undefined, known: readonly T[]): readonly T[] {
  if (said === undefined) return known;
  const list = said.split(',').map((word) => word.trim());
  const wrong = list.find((word) => !(known as readonly string[]).includes(word));
  if (wrong !== undefined)
    throw new RangeError(`--${name} must be among ${known.join(', ')}, but has "${wrong}"`);
  return list as T[];
}

/** The net for new samples; it is kept every five epochs and goes on from there. */
async function trainOnAll(
  samples: AgeingSamples,
  { training }: AgeingConfig,
  folder: string,
  signal: AbortSignal,
  say: (words: string) => void,
): Promise<void> {
  const epochs = training.epochs ?? 30;
  const model = await trainAgeing(samples, {
    ...{ ...training, signal, checkpoint: join(folder, 'checkpoint') },
    onEpoch: ({ epoch, loss }) => {
      if ((epoch + 1) % 5 === 0 || epoch + 1 === epochs)
        say(`all samples: epoch ${epoch + 1} of ${epochs}, loss ${loss.toFixed(3)}`);
    },
  });
  await saveAgeingModel(model, join(folder, 'model'));
  model.net.dispose();
}

async function predict(flags: Flags): Promise<number> {
  const { model, folder } = await readBoth('predict', flags);
  const found = ageingPredictionTable(folder.samples, predictAgeing(model, folder.samples));
  return give(found, folder, model, flags);
}

async function attribute(flags: Flags): Promise<number> {
  const { model, folder } = await readBoth('attribute', flags);
  const found = await attributeAgeing(model, folder.samples);
  return give(attributionTable(found), folder, model, flags);
}

async function readBoth(
  verb: string,
  { model: path, data }: Flags,
): Promise<{ model: AgeingModel; folder: AgeingFolder }> {
  if (path === undefined || data === undefined)
    throw new RangeError(`nurdle ageing ${verb} needs --model DIR and --data PAIRS.csv\n${AGEING_USAGE}`);
  const model = await loadAgeingModel(path);
  const { size, wavenumbers, classes } = model;
  return { model, folder: await readAgeingFolder(data, { size, wavenumbers, classes }) };
}

async function give(
  found: Table,
  { problems }: AgeingFolder,
  { seen }: AgeingModel,
  { out, json }: Flags,
): Promise<number> {
  const text = json
    ? `${JSON.stringify({ synthetic: seen.synthetic, rows: records(found), problems })}\n`
    : writeCsv(found);
  if (out === undefined) process.stdout.write(text);
  else await writeWhole(out, text);
  if (seen.synthetic) console.error('the model was trained on synthetic data: nothing here was measured');
  sayProblems(problems);
  return problems.length > 0 ? 1 : 0;
}

const records = ({ rows, columns }: Table): Record<string, string | number | null>[] =>
  Array.from({ length: rows }, (_, i) =>
    Object.fromEntries(
      [...columns].map(([name, column]) => [
        name,
        column.kind === 'number' ? column.values[i] : textAt(column, i),
      ]),
    ),
  );

function sayProblems(problems: readonly PairProblem[]): void {
  for (const { row, column, reason } of problems) console.error(`row ${row}, column "${column}": ${reason}`);
}
