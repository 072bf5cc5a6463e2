import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RankAgreement } from '../../src/evaluation/agreement.js';
import { confusionFigure, confusionMatrixFigure } from '../../src/plots/confusion.js';
import { coverageFigure } from '../../src/plots/coverage.js';
import { differencesFigure } from '../../src/plots/differences.js';
import { doseFigure } from '../../src/plots/dose-response.js';
import { effectsFigure } from '../../src/plots/effects.js';
import type { Figure } from '../../src/plots/figure.js';
import { importanceByFigure } from '../../src/plots/importance-by.js';
import { learningFigure } from '../../src/plots/learning.js';
import { logarithmicAxis } from '../../src/plots/logarithmic.js';
import { prevalenceFigure } from '../../src/plots/prevalence.js';
import { precisionRecallFigure, rocFigure } from '../../src/plots/ranking-curves.js';
import { rankFigure } from '../../src/plots/ranks.js';
import { reliabilityFigure } from '../../src/plots/reliability.js';
import { waterfallFigure } from '../../src/plots/waterfall.js';
import { williamsFigure } from '../../src/plots/williams.js';
import {
  bins,
  comparison,
  coverage,
  dose,
  effects,
  interval,
  prevalence,
  sampleFigures,
  whatIf,
} from './samples.js';

interface Trace {
  name?: string;
  x: unknown[];
  y: unknown[];
  z: number[][];
  base: number[];
  text: string[];
  marker: { size: number[]; color: string[] };
}
const traces = (figure: Figure): Trace[] => figure.data as unknown as Trace[];
test('a reliability figure shows what was promised and came, larger where more rows are', () => {
  const figure = reliabilityFigure([{ name: 'model', bins }]);
  const [diagonal, curve] = traces(figure);
  assert.deepEqual([diagonal.x, curve.x, curve.y], [[0, 1], [0.1], [0.2]]);
  assert.deepEqual(curve.marker.size, [16]);
});

test('ROC and precision–recall curves show their points beside what guessing gives', () => {
  const roc = [
    { threshold: 1, falsePositiveRate: 0, truePositiveRate: 0 },
    { threshold: 0.2, falsePositiveRate: 1, truePositiveRate: 1 },
  ];
  assert.deepEqual(traces(rocFigure({ model: roc }))[1].x, [0, 1]);
  const [chance, line] = traces(
    precisionRecallFigure({ model: [{ threshold: 1, recall: 0.5, precision: 0.8 }] }, 0.3),
  );
  assert.deepEqual([chance.y, line.x, line.y], [[0.3, 0.3], [0.5], [0.8]]);
});

test('a Williams plot draws the warning leverage and three standard deviations', () => {
  const figure = williamsFigure([{ name: 'test', leverages: [0.1, 0.4], residuals: [0.5, -4] }], {
    limit: 0.3,
  });
  const shapes = figure.layout.shapes as { x0?: number; y0?: number; yref?: string }[];
  assert.deepEqual([shapes[0].x0, shapes[1].y0, shapes[2].y0], [0.3, 3, -3]);
  assert.deepEqual(traces(figure)[0].y, [0.5, -4]);
});

test('coverage stands beside the promise, by class, with the size of the sets', () => {
  const figure = coverageFigure([{ label: 'T1', coverage }], { alpha: 0.2 });
  assert.deepEqual(
    traces(figure).map((trace) => [trace.name, trace.x]),
    [
      ['all rows', [0.9]],
      ['not toxic', [0.95]],
      ['toxic', [0.8]],
    ],
  );
  assert.deepEqual((figure.layout.yaxis as { ticktext: string[] }).ticktext, ['T1 · size 1.23']);
  assert.equal((figure.layout.shapes as { x0: number }[])[0].x0, 0.8);
});

test('effects stand on a logarithmic axis with their band and the edges they were taken between', () => {
  const figure = effectsFigure('dose_ug_mL', { model: effects });
  const [low, high, line, rug] = traces(figure);
  assert.deepEqual(
    [low.y, high.y, line.y, rug.x],
    [
      [-0.2, -0.1, 0],
      [0, 0.1, 0.2],
      [-0.1, 0, 0.1],
      [1, 10, 100],
    ],
  );
  assert.equal((figure.layout.xaxis as { type: string }).type, 'log');
  assert.equal(
    (effectsFigure('zeta_mV', { model: effects }).layout.xaxis as { type?: string }).type,
    undefined,
  );
});

test('ticks of a logarithmic axis read as people write numbers', () => {
  assert.deepEqual(logarithmicAxis([0.1, 4000]).ticktext, ['0.1', '1', '10', '100', '1,000', '10,000']);
  assert.deepEqual(logarithmicAxis([4, 72]).ticktext, ['1', '2', '5', '10', '20', '50', '100', '200', '500']);
  assert.deepEqual((logarithmicAxis([1e-9, 1e5]).ticktext as string[])[0], '10<sup>−9</sup>');
});

test('a learning curve shows each size once, and no band where there is one training', () => {
  const points = [
    { publications: 5, trainings: 1, value: 0.6, low: Number.NaN, high: Number.NaN },
    { publications: 9, trainings: 1, value: 0.7, low: Number.NaN, high: Number.NaN },
  ];
  const [line, ...rest] = traces(learningFigure({ network: points }));
  assert.deepEqual([line.x, line.y, rest], [[5, 9], [0.6, 0.7], []]);
});

test('a confusion matrix is normalised by truth and keeps the counts', () => {
  const figure = confusionFigure({
    trueNegatives: 8,
    falsePositives: 2,
    falseNegatives: 1,
    truePositives: 3,
  });
  assert.deepEqual(traces(figure)[0].z, [
    [0.8, 0.2],
    [0.25, 0.75],
  ]);
  const said = (figure.layout.annotations as { text: string }[]).map((a) => a.text.replace(/<[^>]*>/g, ' '));
  assert.match(said[2], /25 %.*1/);
  assert.deepEqual(
    traces(
      confusionMatrixFigure(
        [
          [0, 0],
          [1, 0],
        ],
        ['a', 'b'],
      ),
    )[0].z[0],
    [0, 0],
  );
});

test('paired differences carry their corrected p-values', () => {
  const figure = differencesFigure([comparison], 'scratch');
  assert.deepEqual((figure.layout.yaxis as { ticktext: string[] }).ticktext, ['forest · p = 0.020']);
  assert.deepEqual(traces(figure)[0].x, [0.04]);
});

test('ranks are sorted, and importances of several tables stand side by side', () => {
  const agreement = { ranks: [interval(2.5), interval(1)] } as unknown as RankAgreement;
  const figure = rankFigure({ groups: ['cell', 'dose_ug_mL'], agreement });
  assert.deepEqual((figure.layout.yaxis as { ticktext: string[] }).ticktext, ['dose (µg/mL)', 'cell']);
  const parts = {
    T1: [
      { group: 'dose_ug_mL', mean: 0.3, low: 0.2, high: 0.4 },
      { group: 'cell', mean: 0.1 },
    ],
    T2: [
      { group: 'cell', mean: 0.2 },
      { group: 'dose_ug_mL', mean: 0.15 },
    ],
  };
  assert.deepEqual(
    traces(importanceByFigure(parts)).map((trace) => trace.x),
    [
      [0.3, 0.1],
      [0.15, 0.2],
    ],
  );
});

test('precision rises with prevalence in the figure as in the table', () => {
  const [, , line] = traces(prevalenceFigure({ model: prevalence }));
  assert.deepEqual(
    [line.x, line.y],
    [
      [0.1, 0.5],
      [0.6, 0.9],
    ],
  );
});

test('a dose curve has its points, band and threshold', () => {
  const figure = doseFigure({ NH2: dose }, { threshold: 80 });
  const [points, , , line] = traces(figure);
  assert.deepEqual(
    [points.y, line.y],
    [
      [97, 40],
      [95, 20],
    ],
  );
  assert.equal((figure.layout.shapes as { y0: number }[])[0].y0, 80);
});

test('bars of a waterfall start where the last one ended and reach the prediction', () => {
  const [bars] = traces(waterfallFigure(whatIf));
  assert.deepEqual(
    bars.base.map((b) => Number(b.toFixed(6))),
    [0.3, 0.2],
  );
  assert.deepEqual(bars.x, [-0.1, 0.5]);
  assert.deepEqual(bars.text, ['−0.100', '+0.500']);
});

const evil = '<img src=x onerror=alert(1)>';

test('synthetic data are called synthetic in every title, and HTML in names is shown as text', () => {
  for (const figure of sampleFigures('T', 'model'))
    assert.match((figure.layout.title as { text: string }).text, /^T \(synthetic data\)/);
  for (const figure of sampleFigures(evil, evil))
    assert.ok(!JSON.stringify(figure).includes('<img'), JSON.stringify(figure));
});
