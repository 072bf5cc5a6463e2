import type { AgeingRun } from '../ageing/run.js';
import { packageVersion } from '../runs/code-version.js';
import {
  ageingTable,
  armName,
  calibrationTable,
  confusionTable,
  recallTable,
  seenTable,
} from './ageing-tables.js';
import type { SectionedReport } from './markdown.js';

/** What has to be assumed to set ours beside the published figures. */
export const AGEING_ASSUMPTIONS: readonly string[] = [
  'The published figures are validation accuracies on 1,371 samples; polymers, split, network and the names of the seven types are not known to us.',
  'Ours are of held-out samples, each answered by a net that was trained without its fold, for a number of epochs fixed beforehand.',
  'The column "by particle" is the one to compare: no particle is on both sides. "Answered together" joins the fields of a particle into one answer.',
  'Intervals resample whole particles; the published figures have none.',
];

/**
 * The card of the networks of a comparison (Mitchell et al. 2019, doi:10.1145/3287560.3287596), filled from the run; what a
 * person has to say is left blank.
 */
export function ageingCard(run: AgeingRun): SectionedReport {
  const { config, samples, arms } = run;
  const { training } = config;
  return {
    title: `Model card: ${config.name}`,
    lead: [
      ...(samples.synthetic
        ? [
            '**Synthetic data.** Micrographs and spectra were made up by a generator; nothing here was measured.',
          ]
        : []),
      `Made by nurdle ${packageVersion()}.`,
    ],
    sections: [
      {
        title: 'Model details',
        fields: [
          { title: 'Arms', value: [...new Set(arms.map(({ arm }) => `- ${armName(arm)}`))].join('\n') },
          {
            title: 'Network',
            value: `A small residual network for micrographs of ${samples.images.size} × ${samples.images.size} pixels, convolutions along the spectrum with encoded wavenumbers, cross-attention in both directions with gates. ${training.epochs ?? 30} epochs, seed ${training.seed ?? 1}, metric loss ${training.metricLoss ?? 'none'}; each side is hidden from ${Math.round(100 * (training.modalityDropout ?? 0.1))} % of the samples in training, so that one side alone is answered too.`,
          },
          { title: 'Developers and contact', value: null },
          { title: 'Licence', value: null },
        ],
      },
      {
        title: 'Intended use',
        fields: [
          {
            title: 'Use',
            value: `Tells ${samples.classes.length} types of ageing apart: ${samples.classes.join(', ')}.`,
          },
          {
            title: 'Not for',
            value: `Particles unlike the training samples (instruments, polymers, magnification)${samples.synthetic ? '; any real particle, since the training samples are synthetic' : ''}; proof of a cause without an expert.`,
          },
          { title: 'Intended users', value: null },
        ],
      },
      {
        title: 'Training and evaluation data',
        fields: [
          {
            title: 'Samples',
            value: `${samples.ids.length} samples of ${new Set(samples.particles).size} particles, ${config.data.source === 'table' ? `a user's table, SHA-256 of what was read ${config.data.sha256}` : `synthetic-ageing, seed ${config.data.seed ?? 1}`}`,
          },
          { title: 'What each fold saw', value: seenTable(run) },
        ],
      },
      {
        title: 'Results on held-out samples',
        fields: [
          { title: 'Paper beside ours', value: `${ageingTable(run)}\n\n${AGEING_ASSUMPTIONS.join(' ')}` },
          { title: 'Share of each type that is found', value: recallTable(run) },
          { title: 'Do probabilities keep their word?', value: calibrationTable(run) },
          ...arms
            .filter(({ split }) => split === 'particle')
            .map((one) => ({
              title: `Confusions of ${armName(one.arm)}, by particle`,
              value: confusionTable(one, samples.classes),
            })),
        ],
      },
      { title: 'Caveats', fields: [{ title: 'Ethical considerations', value: null }] },
    ],
  };
}
