import { PUBLISHED_SCORES } from '../evaluation/published.js';
import { comparisonFigure } from '../plots/comparisons.js';
import type { Figure } from '../plots/figure.js';
import { armsFigure, scoresFigure } from '../plots/scores.js';
import type { QsarRun } from '../qsar/run/run-result.js';
import { publishedComparisons } from './published-table.js';

/** The figures of a run by the names of their files. */
export function runFigures(run: QsarRun): Record<string, Figure> {
  const { synthetic, config } = run;
  const figures: Record<string, Figure> = {};
  const caption = `${config.seeds} seeds, ${config.folds} folds; whiskers: publications resampled ${config.bootstrap.replicates} times`;
  for (const { target, arm } of publishedComparisons(run)) {
    const own = run.arms.filter((one) => one.target === target);
    figures[`${target} arms`] = armsFigure(own, {
      title: `${target}: every arm under every split`,
      synthetic,
      caption,
    });
    figures[`${target} beside the paper`] = scoresFigure(own, arm, {
      ...{ title: `${target}: ${arm} beside the published figures`, published: PUBLISHED_SCORES },
      ...{ synthetic, caption },
    });
    const compared = run.comparisons.filter((one) => one.target === target);
    if (compared.length > 0)
      figures[`${target} differences`] = comparisonFigure(compared, {
        ...{ title: `${target}: what each arm adds to ${config.reference}`, synthetic, caption },
      });
  }
  return figures;
}
