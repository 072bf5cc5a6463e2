import { SCHEMA_DESCRIPTORS } from '../descriptors/encoder.js';
import type { Arm } from '../qsar/arm.js';
import type { QsarConfig } from '../qsar/run/config.js';
import type { QsarRun, TableSize } from '../qsar/run/run-result.js';

/** What an arm is, in a few words. */
export function armWords(arm: Arm): string {
  if (arm.kind === 'from scratch') return 'the network, trained on the target alone';
  if (arm.kind === 'traditional') return `${TRADITIONAL[arm.model]} on the target's descriptors`;
  const { frozenLayers, l2sp, gradual, shuffled, sources, via } = arm;
  return [
    `pre-trained on ${shuffled ? 'shuffled labels of ' : ''}the source`,
    ...(sources === 'in turn' ? ['one source table after the other'] : []),
    ...(via ? [`then on ${via.join(', ')}`] : []),
    `fine-tuned on the target with ${frozenLayers} frozen ${frozenLayers === 1 ? 'layer' : 'layers'}`,
    ...(gradual ? ['layers thawed one after the other'] : []),
    ...(l2sp ? [`held to the pre-trained weights with strength ${l2sp}`] : []),
  ].join(', ');
}

const TRADITIONAL = {
  logistic: 'logistic regression',
  forest: 'a random forest',
  boosted: 'gradient-boosted trees',
  svm: 'a support vector machine',
  knn: 'nearest neighbours',
} as const;

export const thresholdWords = ({ data }: QsarConfig): string =>
  `Predicts whether viability in vitro falls below ${data.toxicBelow} % of the control.`;

export function networkWords({ network, seeds }: QsarConfig): string {
  const { hidden, dropout, batchSize, learningRate, l2, pretrainEpochs, epochs } = network;
  return (
    `Dense layers of ${[...hidden, 1].join(', ')} units, ReLU and a sigmoid; dropout ${dropout}; Adam, learning rate ${learningRate}, ` +
    `${batchSize} rows a step, L2 ${l2}; ${pretrainEpochs} passes over the source, ${epochs} over the target; ${seeds} seeds.`
  );
}

export function descriptorWords({ descriptors }: QsarConfig): string {
  const { words, logarithms, numbers } = descriptors ?? SCHEMA_DESCRIPTORS;
  const parts = [
    ['one-hot words', words],
    ['log10', logarithms],
    ['numbers', numbers],
  ] as const;
  return `${parts
    .filter(([, names]) => names.length > 0)
    .map(([how, names]) => `${how}: ${names.join(', ')}`)
    .join(
      '; ',
    )}. Medians stand in for missing numbers, with a mark that says so; encoder and scaling are fitted on training rows only.`;
}

/** The tables of a run with their sizes and hashes. */
export function dataWords({ origins, sources, targets, reports, shared, repeated }: QsarRun): string {
  const size = ({ rows, toxicRows, publications, testRows }: TableSize): string =>
    `${rows} rows, ${toxicRows} toxic, ${publications} publications${testRows > 0 ? `, ${testRows} rows set aside for the test` : ''}`;
  return [
    ...sources.map((table, k) => `- source ${k + 1}: ${size(table)}`),
    ...Object.entries(targets).map(([name, table]) => `- ${name}: ${size(table)}`),
    `- publications that source and targets share: ${shared.length === 0 ? 'none found' : shared.join(', ')}`,
    ...Object.entries(repeated).flatMap(([name, rows]) =>
      rows === 0 ? [] : [`- ${name}: ${rows} rows repeat a row of another publication`],
    ),
    ...origins.map(({ id, sha256 }) => `- ${id}: SHA-256 ${sha256}`),
    ...reports.flatMap(({ source, dropped }) =>
      dropped.map(({ reason, rows }) => `- ${source}: ${rows} rows dropped: ${reason}`),
    ),
  ].join('\n');
}
