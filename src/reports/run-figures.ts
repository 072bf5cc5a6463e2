import { PUBLISHED_SCORES } from '../evaluation/published.js';
import { comparisonFigure } from '../plots/comparisons.js';
import { coverageFigure } from '../plots/coverage.js';
import type { Figure } from '../plots/figure.js';
import { learningFigure } from '../plots/learning.js';
import { reliabilityFigure } from '../plots/reliability.js';
import { armsFigure, scoresFigure } from '../plots/scores.js';
import { curvePoints } from '../qsar/run/curve-points.js';
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
  for (const { target, arm, coverage, reliability } of run.assessments) {
    const named = { synthetic, caption: `${arm}, out of fold` };
    figures[`${target} coverage`] = coverageFigure([{ label: arm, coverage }], {
      ...{
        ...named,
        title: `${target}: do prediction sets keep their promise?`,
        alpha: config.conformal.alpha,
      },
    });
    figures[`${target} reliability`] = reliabilityFigure([{ name: arm, bins: reliability }], {
      ...{ ...named, title: `${target}: do probabilities keep their promise?` },
    });
  }
  for (const { target, split } of run.curves)
    figures[`${target} learning curves ${split}`] ??= learningFigure(curvePoints(run, target, { split }), {
      ...{ title: `${target}: learning curves, split ${split}`, synthetic, caption },
    });
  return figures;
}
