import { join } from 'node:path';
import { PUBLISHED_AGEING } from '../ageing/published.js';
import { type AgeingConfig, type AgeingRun, type AgeingRunOptions, ageingRun } from '../ageing/run.js';
import type { AgeingArmScores } from '../ageing/scores.js';
import { reliabilityCurve } from '../evaluation/reliability.js';
import { writeCsv } from '../frames/csv/write.js';
import { sha256 } from '../frames/locate.js';
import { table } from '../frames/table.js';
import { ageingFigure, ageingRecallFigure } from '../plots/ageing.js';
import { confusionMatrixFigure } from '../plots/confusion.js';
import type { Figure } from '../plots/figure.js';
import { reliabilityFigure } from '../plots/reliability.js';
import { codeVersion, packageVersion } from '../runs/code-version.js';
import { writeWhole } from '../runs/store.js';
import { ageingCard } from './ageing-card.js';
import { armName } from './ageing-tables.js';
import { reportPage } from './markdown.js';

/**
 * The whole comparison of Method B: trains every arm on every fold (`ageingRun`) and writes scores, predictions, figures
 * and model card into the run's folder. What is there already is not trained again.
 */
export async function ageingComparison(
  choice: Partial<AgeingConfig> = {},
  options: AgeingRunOptions = {},
): Promise<AgeingRun> {
  const run = await ageingRun(choice, options);
  await writeAgeingRun(run);
  return run;
}

/** Writes what a comparison came to; `manifest.json` has the SHA-256 of every file that depends on nothing but the run. */
export async function writeAgeingRun(run: AgeingRun): Promise<void> {
  const card = ageingCard(run);
  const files: Record<string, string> = {
    'config.json': json(run.config),
    'metrics.json': json({
      synthetic: run.samples.synthetic,
      published: PUBLISHED_AGEING,
      arms: run.arms.map(metricsOf),
    }),
    'predictions.csv': predictionsCsv(run),
    ...Object.fromEntries(
      Object.entries(ageingFigures(run)).map(([name, figure]) => [`figures/${name}.json`, json(figure)]),
    ),
    ...{ 'card.md': reportPage(card), 'card.json': json(card) },
  };
  for (const [name, content] of Object.entries(files)) await writeWhole(join(run.folder, name), content);
  const hashes = Object.entries(files).map(([name, content]) => [name, sha256(Buffer.from(content))]);
  await writeWhole(join(run.folder, 'manifest.json'), json({ files: Object.fromEntries(hashes) }));
  const { versions, platform, arch } = process;
  const environment = {
    nurdle: packageVersion(),
    code: codeVersion('ageing'),
    node: versions.node,
    platform,
    arch,
  };
  await writeWhole(join(run.folder, 'environment.json'), json(environment));
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const metricsOf = ({ probabilities: _, features: __, foldOf: ___, ...scores }: AgeingArmScores) => scores;

/** The figures of a comparison by the names of their files. */
export function ageingFigures({ arms, samples, config }: AgeingRun): Record<string, Figure> {
  const { synthetic, classes } = samples;
  const caption = `${samples.ids.length} samples of ${new Set(samples.particles).size} particles, ${config.folds} folds, seed ${config.training.seed ?? 1}`;
  const split = config.splits.includes('particle') ? 'particle' : config.splits[0];
  const own = arms.filter((one) => one.split === split);
  const names = Object.fromEntries(arms.map(({ arm }) => [arm, armName(arm)]));
  const common = { synthetic, caption };
  const right = (one: AgeingArmScores) => {
    const { rows, cols, data } = one.probabilities;
    const rowsOf = Array.from({ length: rows }, (_, i) => Array.from(data.slice(i * cols, (i + 1) * cols)));
    const sure = rowsOf.map((row) => Math.min(1, Math.max(...row)));
    const hit = rowsOf.map((row, i) => Number(row.indexOf(Math.max(...row)) === samples.types[i]));
    return reliabilityCurve(hit, sure, { groups: samples.particles, replicates: 200 });
  };
  return {
    'beside the paper': ageingFigure(arms, {
      ...{ ...common, title: 'Types of ageing: every arm beside the published accuracies', names },
      published: PUBLISHED_AGEING,
    }),
    'by type': ageingRecallFigure(own, classes, {
      ...common,
      title: 'What each arm finds of each type',
      names,
    }),
    reliability: reliabilityFigure(
      own.filter(({ arm }) => arm !== 'forest').map((one) => ({ name: armName(one.arm), bins: right(one) })),
      {
        ...{ ...common, title: 'Are the networks as right as they are sure?' },
        ...{ promised: 'probability of the type that is named', came: 'share of samples named rightly' },
      },
    ),
    ...Object.fromEntries(
      own.map((one) => [
        `confusions ${one.arm}`,
        confusionMatrixFigure(one.confusion, classes, {
          ...{ ...common, title: `What ${armName(one.arm)} takes for what` },
        }),
      ]),
    ),
  };
}

/** One line for each held-out sample of each arm and split. */
function predictionsCsv({ arms, samples }: AgeingRun): string {
  const lines = arms.flatMap(({ arm, split, probabilities: { cols, data }, foldOf }) =>
    samples.ids.map((id, i) => ({
      ...{ arm, split, fold: foldOf[i] + 1, sample: id, particle: samples.particles[i] },
      truth: samples.classes[samples.types[i]] ?? '',
      ...Object.fromEntries(samples.classes.map((name, k) => [`p ${name}`, data[i * cols + k]])),
    })),
  );
  const names = Object.keys(lines[0] ?? {});
  return writeCsv(table(names.map((name) => [name, lines.map((line) => (line as never)[name])] as const)));
}
