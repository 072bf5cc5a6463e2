import { formatInterval } from '../evaluation/intervals.js';
import type { ArmScores, QsarRun } from '../qsar/run/run-result.js';
import { packageVersion } from '../runs/code-version.js';
import type { ReportField, ReportSection, SectionedReport } from './markdown.js';
import { markdownTable } from './markdown.js';
import { publishedComparisons } from './published-table.js';
import { comparisonsTable, domainTable, publishedTable, scoresTable, testTable } from './tables.js';
import { armWords, dataWords, descriptorWords, networkWords, thresholdWords } from './words.js';

/**
 * A report in the shape of the QSAR Model Reporting Format (JRC, version 2.1) after OECD's five principles, filled from
 * the run. What the run cannot know is left blank.
 */
export function qmrf(run: QsarRun): SectionedReport {
  return {
    title: `QMRF: ${run.config.name}`,
    lead: [
      ...(run.synthetic ? ['**Synthetic data: nothing in this report was measured.**'] : []),
      'Filled from the run by nurdle; blanks are marked and are for the author. This is not a reviewed QMRF.',
    ],
    sections: [
      identifier(run),
      general(),
      endpoint(run),
      algorithm(run),
      domain(run),
      internalValidation(run),
      externalValidation(run),
      mechanism(),
      miscellaneous(run),
      section(
        '10. Summary for the JRC QSAR Model Database',
        ['10.1 QMRF number', null],
        ['10.2 Publication date', null],
        ['10.3 Keywords', null],
        ['10.4 Comments', null],
      ),
    ],
  };
}

type Entry = readonly [title: string, value: string | null];

const section = (title: string, ...entries: readonly Entry[]): ReportSection => ({
  title,
  fields: entries.map(([name, value]): ReportField => ({ title: name, value })),
});

const identifier = ({ config, kept }: QsarRun): ReportSection =>
  section(
    '1. QSAR identifier',
    [
      '1.1 QSAR identifier',
      `${config.name}: ${kept.map(({ target, arm }) => `${target} by ${arm.name}`).join('; ')}`,
    ],
    ['1.2 Other related models', config.arms.map((arm) => `- ${arm.name}: ${armWords(arm)}`).join('\n')],
    ['1.3 Software coding the model', `nurdle ${packageVersion()}; weights in TensorFlow.js's layers format`],
  );

const general = (): ReportSection =>
  section(
    '2. General information',
    ...[
      '2.1 Date of QMRF',
      '2.2 QMRF authors and contact details',
      '2.3 Date of QMRF updates',
      '2.4 QMRF updates',
      '2.5 Model developers and contact details',
      '2.6 Date of model development and publication',
      '2.7 References to main scientific papers',
    ].map((title): Entry => [title, null]),
    [
      '2.8 Availability of information about the model',
      'the run folder holds configuration, splits, predictions, weights and scores',
    ],
    ['2.9 Availability of another QMRF for exactly the same model', null],
  );

const endpoint = ({ config, reports }: QsarRun): ReportSection =>
  section(
    '3. Defining the endpoint (OECD principle 1)',
    ['3.1 Species', 'cell lines as the tables name them; see the column cell'],
    ['3.2 Endpoint', 'cytotoxicity in vitro'],
    ['3.3 Comment on endpoint', thresholdWords(config)],
    ['3.4 Endpoint units', 'none (a class); viability in % of the control'],
    ['3.5 Dependent variable', `toxic: 1 where viability is below ${config.data.toxicBelow} %, else 0`],
    ['3.6 Experimental protocol', 'assays as the tables name them; see the column assay'],
    [
      '3.7 Endpoint data quality and variability',
      reports
        .map(
          ({ source, rowsRead, rowsKept, duplicates }) =>
            `- ${source}: ${rowsKept} of ${rowsRead} rows kept, ${duplicates} rows repeat an earlier one`,
        )
        .join('\n'),
    ],
  );

const algorithm = ({ config, kept, targets }: QsarRun): ReportSection =>
  section(
    '4. Defining the algorithm (OECD principle 2)',
    ['4.1 Type of model', kept.map(({ target, arm }) => `- ${target}: ${armWords(arm)}`).join('\n')],
    ['4.2 Explicit algorithm', networkWords(config)],
    ['4.3 Descriptors in the model', descriptorWords(config)],
    ['4.4 Descriptor selection', 'none: the columns were named beforehand'],
    [
      '4.5 Algorithm and descriptor generation',
      'annotations of particle, dose and test as the tables have them',
    ],
    ['4.6 Software name and version for descriptor generation', `nurdle ${packageVersion()}`],
    [
      '4.7 Descriptors/chemicals ratio',
      Object.entries(targets)
        .map(
          ([name, { rows, publications }]) =>
            `- ${name}: ${columnsOf(config)} columns for ${rows} rows of ${publications} publications`,
        )
        .join('\n'),
    ],
  );

function columnsOf({ descriptors }: QsarRun['config']): number {
  return descriptors ? Object.values(descriptors).flat().length : 8;
}

const domain = (run: QsarRun): ReportSection =>
  section(
    '5. Defining the applicability domain (OECD principle 3)',
    [
      '5.1 Description of the applicability domain',
      'inside when no criterion is broken, borderline for one, outside from two on',
    ],
    [
      '5.2 Method used to assess the applicability domain',
      'leverage, mean distance to the nearest training rows, Mahalanobis distance (Ledoit–Wolf), ranges of the descriptors, and words that no training row has',
    ],
    [
      '5.3 Software name and version for applicability domain assessment',
      `nurdle ${packageVersion()}, nurdle qsar predict`,
    ],
    [
      '5.4 Limits of applicability',
      `leverage 3 p / n; for distances the 95th percentile of the training rows. Scores inside and outside, out of fold:\n\n${domainTable(run)}`,
    ],
  );

function internalValidation(run: QsarRun): ReportSection {
  const { config, arms } = run;
  const control = arms.filter(({ arm }) =>
    config.arms.some((one) => one.name === arm && one.kind === 'fine-tune' && one.shuffled),
  );
  return section(
    '6. Internal validation (OECD principle 4)',
    ['6.1 Availability of the training set', 'in the run folder: models/*/training.json'],
    ['6.2 Available information for the training set', dataWords(run)],
    ['6.3 Data for each descriptor variable for the training set', 'in the run folder'],
    ['6.4 Data for the dependent variable for the training set', 'in the run folder: predictions.csv'],
    ['6.5 Other information about the training set', null],
    [
      '6.6 Pre-processing of data before modelling',
      'units, spellings and labels as the load report in data.json says; imputation and scaling inside each fold',
    ],
    [
      '6.7 Statistics for goodness-of-fit',
      'not given: scores on training rows say nothing about new particles',
    ],
    [
      '6.8 Robustness: leave-one-out cross-validation',
      'not given: rows of one publication are not independent',
    ],
    ['6.9 Robustness: leave-many-out cross-validation', scoresTable(arms)],
    [
      '6.10 Robustness: Y-scrambling',
      control.length > 0 ? `pre-training on shuffled labels:\n\n${scoresTable(control)}` : null,
    ],
    [
      '6.11 Robustness: bootstrap',
      `intervals from ${config.bootstrap.replicates} resamples of whole publications`,
    ],
    ['6.12 Robustness: other methods', run.comparisons.length > 0 ? comparisonsTable(run) : null],
  );
}

function externalValidation(run: QsarRun): ReportSection {
  const opened = run.test.length > 0;
  return section(
    '7. External validation (OECD principle 4)',
    [
      '7.1 Availability of the external validation set',
      opened ? 'whole publications set aside before any training; in splits.csv' : null,
    ],
    [
      '7.2 Available information for the external validation set',
      opened
        ? run.test
            .map(
              ({ target, rows, publications }) => `- ${target}: ${rows} rows of ${publications} publications`,
            )
            .join('\n')
        : null,
    ],
    ['7.3 Data for each descriptor variable for the external validation set', null],
    ['7.4 Data for the dependent variable for the external validation set', null],
    [
      '7.5 Other information about the external validation set',
      opened
        ? run.test
            .map(
              ({ target, openedBefore }) =>
                `- ${target}: opened ${openedBefore === 0 ? 'once' : `${openedBefore + 1} times: no test set any more`}`,
            )
            .join('\n')
        : null,
    ],
    [
      '7.6 Experimental design of the test set',
      opened ? 'whole publications, the share of toxic rows kept' : null,
    ],
    ['7.7 Predictivity: statistics obtained by external validation', opened ? testTable(run) : null],
    ['7.8 Predictivity: assessment of the external validation set', opened ? assessment(run) : null],
    [
      '7.9 Comments on the external validation of the model',
      publishedComparisons(run)
        .map((one) => `Paper beside ours, ${one.target}:\n\n${publishedTable(one)}`)
        .join('\n\n') || null,
    ],
  );
}

/** Out-of-fold ROC-AUC beside that of the test set: whether validation foretold the test. */
function assessment({ test, kept, arms }: QsarRun): string {
  const ofKept = (target: string): ArmScores | undefined => {
    const own = kept.find((one) => one.target === target);
    return arms.find((one) => one.target === target && one.arm === own?.arm.name && one.split === own.split);
  };
  return markdownTable(
    ['target', 'ROC-AUC in validation', 'ROC-AUC on the test set'],
    test.map(({ target, scores }) => [
      target,
      formatInterval(ofKept(target)!.scores.rocAuc),
      formatInterval(scores.rocAuc),
    ]),
  );
}

const mechanism = (): ReportSection =>
  section(
    '8. Providing a mechanistic interpretation (OECD principle 5)',
    ['8.1 Mechanistic basis of the model', null],
    [
      '8.2 A priori or a posteriori mechanistic interpretation',
      'a posteriori: Shapley values by column say how a model used a column, not what the column does to a cell',
    ],
    ['8.3 Other information about the mechanistic interpretation', null],
  );

const miscellaneous = ({ warnings, sha256 }: QsarRun): ReportSection =>
  section(
    '9. Miscellaneous information',
    ['9.1 Comments', warnings.map((warning) => `- ${warning}`).join('\n') || 'the run gave no warnings'],
    ['9.2 Bibliography', null],
    ['9.3 Supporting information', `run folder; SHA-256 over all results ${sha256}`],
  );
