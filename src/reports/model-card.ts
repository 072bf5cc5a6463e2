import type { KeptArm, QsarRun } from '../qsar/run/run-result.js';
import { packageVersion } from '../runs/code-version.js';
import type { SectionedReport } from './markdown.js';
import { ASSUMPTIONS, publishedComparisons } from './published-table.js';
import {
  comparisonsTable,
  domainTable,
  publishedTable,
  scoresTable,
  splitsTable,
  testTable,
  trustTable,
} from './tables.js';
import { armWords, dataWords, descriptorWords, networkWords, thresholdWords } from './words.js';

/**
 * The card of the kept models (Mitchell et al. 2019, doi:10.1145/3287560.3287596), filled from the run; what a person
 * has to say is left blank.
 */
export function modelCard(run: QsarRun): SectionedReport {
  const { config, synthetic, warnings, leftOut, missing } = run;
  return {
    title: `Model card: ${config.name}`,
    lead: [
      ...(synthetic
        ? [
            `**Synthetic data.** ${run.notice ?? 'The tables were made up by a generator; nothing here was measured.'}`,
          ]
        : []),
      `Made by nurdle ${packageVersion()}. Results ${run.sha256.slice(0, 16)}.`,
    ],
    sections: [
      {
        title: 'Model details',
        fields: [
          { title: 'Models', value: run.kept.map(keptWords).join('\n') || 'none was kept' },
          { title: 'Network', value: networkWords(config) },
          { title: 'Descriptors', value: descriptorWords(config) },
          { title: 'Developers and contact', value: null },
          { title: 'Licence', value: null },
        ],
      },
      {
        title: 'Intended use',
        fields: [
          {
            title: 'Use',
            value: `${thresholdWords(config)} A probability is for particles inside the applicability domain; outside it the verdict says so.`,
          },
          {
            title: 'Not for',
            value:
              'Regulatory decisions without an expert; organisms or endpoints other than in-vitro viability; particles outside the domain.',
          },
          { title: 'Intended users', value: null },
        ],
      },
      { title: 'Training and evaluation data', fields: [{ title: 'Tables', value: dataWords(run) }] },
      {
        title: 'Results',
        fields: [
          { title: 'Every arm, random beside grouped', value: splitsTable(run.arms) },
          { title: 'All scores', value: scoresTable(run.arms) },
          {
            title: `Compared with ${config.reference}`,
            value: run.comparisons.length > 0 ? comparisonsTable(run) : 'nothing to compare',
          },
          {
            title: 'Test set, opened at the end',
            value: run.test.length > 0 ? testTable(run) : 'none was set aside',
          },
          {
            title: 'How far the kept arms can be trusted, out of fold',
            value: `Sets at the ${Math.round(100 * (1 - config.conformal.alpha))} % level.\n\n${trustTable(run)}`,
          },
          { title: 'Inside and outside the applicability domain', value: domainTable(run) },
          ...publishedComparisons(run).map((one) => ({
            title: `Paper beside ours: ${one.target}, ${one.arm}`,
            value: `${publishedTable(one)}\n\n${ASSUMPTIONS.join(' ')}`,
          })),
        ],
      },
      {
        title: 'Caveats',
        fields: [
          {
            title: 'What the run says of itself',
            value:
              [
                ...warnings,
                ...leftOut.map(({ target, split, reason }) => `${target} ${split} is left out: ${reason}`),
                ...missing.map(({ label, reason }) => `missing: ${label}: ${reason}`),
              ]
                .filter((line, i, all) => all.indexOf(line) === i)
                .map((line) => `- ${line}`)
                .join('\n') || 'no warnings',
          },
          { title: 'Ethical considerations', value: null },
        ],
      },
    ],
  };
}

const keptWords = ({ target, arm, split, keys }: KeptArm): string =>
  `- ${target}: ${arm.name} (${armWords(arm)}), mean of ${keys.length} trainings, sets calibrated on folds ${split}`;
