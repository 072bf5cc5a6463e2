import type { AccumulatedEffects } from '../../src/attribution/accumulated-effects.js';
import type { RankAgreement } from '../../src/evaluation/agreement.js';
import type { Coverage } from '../../src/evaluation/coverage.js';
import { confusionMatrixFigure } from '../../src/plots/confusion.js';
import { coverageFigure } from '../../src/plots/coverage.js';
import { differencesFigure } from '../../src/plots/differences.js';
import { doseFigure } from '../../src/plots/dose-response.js';
import { effectsFigure } from '../../src/plots/effects.js';
import type { Figure } from '../../src/plots/figure.js';
import { importanceByFigure } from '../../src/plots/importance-by.js';
import { learningFigure } from '../../src/plots/learning.js';
import { prevalenceFigure } from '../../src/plots/prevalence.js';
import { precisionRecallFigure, rocFigure } from '../../src/plots/ranking-curves.js';
import { rankFigure } from '../../src/plots/ranks.js';
import { reliabilityFigure } from '../../src/plots/reliability.js';
import { waterfallFigure } from '../../src/plots/waterfall.js';
import { williamsFigure } from '../../src/plots/williams.js';
import type { DoseResponse } from '../../src/qsar/dose-response.js';

export const interval = (value: number) => ({ value, low: value - 0.1, high: value + 0.05 });

export const bins = [{ rows: 25, predicted: 0.1, observed: 0.2, low: 0.1, high: 0.4 }];
export const comparison = { model: 'forest', ...interval(0.04), pValue: 0.01, adjustedPValue: 0.02 };
export const coverage: Coverage = {
  ...{ overall: interval(0.9), byClass: [interval(0.95), interval(0.8)], size: interval(1.234) },
  ...{ single: interval(0.7), empty: interval(0), singleRight: interval(0.9), rows: 50 },
};
export const effects: AccumulatedEffects = {
  edges: Float64Array.of(1, 10, 100),
  effects: Float64Array.of(-0.1, 0, 0.1),
  low: Float64Array.of(-0.2, -0.1, 0),
  high: Float64Array.of(0, 0.1, 0.2),
  counts: Int32Array.of(4, 4),
};
export const dose: DoseResponse = {
  ...{ doses: Float64Array.of(1, 100), values: Float64Array.of(95, 20) },
  ...{ low: Float64Array.of(90, 10), high: Float64Array.of(99, 40) },
  hill: { ec50: 30, slope: 1, residual: 5, extrapolated: false },
  points: { dose: Float64Array.of(2, 50), viability: Float64Array.of(97, 40), groups: ['a', 'b'] },
};
export const prevalence = [
  { prevalence: 0.1, precision: interval(0.6), negativePredictiveValue: interval(0.97) },
  { prevalence: 0.5, precision: interval(0.9), negativePredictiveValue: interval(0.8) },
];
export const whatIf = {
  ...{ probability: 0.7, base: 0.3 },
  shares: [
    { column: 'dose_ug_mL', value: '50', share: 0.5 },
    { column: 'surface', value: 'COOH', share: -0.1 },
  ],
};

/** One figure of each kind in evaluation and interpretation. */
export const sampleFigures = (title: string, name: string): Figure[] => {
  const options = { title, synthetic: true };
  return [
    reliabilityFigure([{ name, bins }], options),
    rocFigure({ [name]: [] }, options),
    precisionRecallFigure({ [name]: [] }, 0.3, options),
    williamsFigure([{ name, leverages: [0.1], residuals: [0] }], { ...options, limit: 0.3 }),
    coverageFigure([{ label: name, coverage }], { ...options, classes: [name, 'b'] }),
    effectsFigure(name, { [name]: effects, b: effects }, options),
    learningFigure({ [name]: [{ publications: 5, trainings: 2, ...interval(0.6) }] }, options),
    confusionMatrixFigure(
      [
        [1, 0],
        [0, 1],
      ],
      [name, 'b'],
      options,
    ),
    differencesFigure([{ ...comparison, model: name }], name, options),
    prevalenceFigure({ [name]: prevalence }, options),
    doseFigure({ [name]: { ...dose, points: { ...dose.points, groups: [name, name] } } }, options),
    importanceByFigure({ [name]: [{ group: name, mean: 0.3 }] }, options),
    rankFigure({ groups: [name], agreement: { ranks: [interval(1)] } as unknown as RankAgreement }, options),
    waterfallFigure({ ...whatIf, shares: [{ column: name, value: name, share: 0.1 }] }, options),
  ];
};
