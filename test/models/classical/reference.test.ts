import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type BoostedOptions,
  boostedProbabilities,
  fitBoosted,
} from '../../../src/models/classical/boosted.js';
import { fitForest, forestProbabilities } from '../../../src/models/classical/forest.js';
import { fitNeighbours, neighbourProbabilities } from '../../../src/models/classical/knn.js';
import { fitLogistic, logisticProbabilities } from '../../../src/models/classical/logistic.js';
import { fitPlatt } from '../../../src/models/classical/platt.js';
import { decide, fitSvm } from '../../../src/models/classical/svm.js';
import { type Matrix, matrix } from '../../../src/numeric/matrix.js';
import { reference } from '../../reference/read.js';

interface Logistic {
  penalty: number;
  balanced: boolean;
  coefficients: number[][];
  intercepts: number[];
  probabilities: number[][];
}

interface Neighbours {
  k: number;
  vote: 'uniform' | 'distance';
  probabilities: number[][];
}

interface Svm {
  kernel: 'rbf' | 'linear';
  C: number;
  balanced: boolean;
  intercept: number;
  support: number;
  decisions: number[];
}

interface Boosted {
  options: Record<string, number>;
  probabilities: number[][];
}

const values = reference<{
  X: number[][];
  y: number[];
  three: number[];
  train: number;
  logistic: Logistic[];
  logisticThree: Logistic;
  knn: Neighbours[];
  knnThree: Neighbours;
  svm: Svm[];
  platt: { decisions: number[]; slope: number; offset: number };
  boosted: Boosted[];
  boostedThree: Boosted;
  forest: { accuracies: number[] };
  forestThree: { accuracies: number[] };
}>('classical');

const X = matrix(values.X.slice(0, values.train));
const held = matrix(values.X.slice(values.train));
const y = values.y.slice(0, values.train);
const three = values.three.slice(0, values.train);

function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++)
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])),
      `entry ${i} is ${actual[i]}, not ${expected[i]}`,
    );
}

const weighting = (balanced: boolean) => (balanced ? ({ classWeights: 'balanced' } as const) : {});

test("logistic regression has scikit-learn's coefficients, intercepts and probabilities to 1e-6", () => {
  for (const expected of [...values.logistic, values.logisticThree]) {
    const labels = expected === values.logisticThree ? three : y;
    const model = fitLogistic(X, labels, { penalty: expected.penalty, ...weighting(expected.balanced) });
    assertNear(model.coefficients.flat(), expected.coefficients.flat(), 1e-6);
    assertNear(model.intercepts, expected.intercepts, 1e-6);
    assertNear(logisticProbabilities(model, held).data, expected.probabilities.flat(), 1e-6);
  }
});

test("nearest neighbours vote as scikit-learn's do", () => {
  for (const expected of [...values.knn, values.knnThree]) {
    const labels = expected === values.knnThree ? three : y;
    const model = fitNeighbours(X, labels, { k: expected.k, vote: expected.vote });
    assertNear(neighbourProbabilities(model, held).data, expected.probabilities.flat(), 1e-9);
  }
});

test("a support vector machine has LIBSVM's decision values to 1e-5", () => {
  for (const { kernel, C, balanced, intercept, support, decisions } of values.svm) {
    const model = fitSvm(X, y, { seed: 1, kernel, C, tolerance: 1e-8, ...weighting(balanced) });
    assert.equal(model.converged, true);
    assert.equal(model.coefficients.length, support);
    assertNear([model.intercept], [intercept], 1e-5);
    assertNear(decide(model, held), decisions, 1e-5);
  }
});

test("Platt's sigmoid is that of scikit-learn to 1e-6", () => {
  const { slope, offset } = fitPlatt(Float64Array.from(values.platt.decisions), y);
  // Theirs is 1 / (1 + exp(slope · f + offset)).
  assertNear([-slope, -offset], [values.platt.slope, values.platt.offset], 1e-6);
});

const NAMES: Record<string, keyof BoostedOptions> = {
  max_leaf_nodes: 'maximumLeaves',
  l2_regularization: 'penalty',
  learning_rate: 'learningRate',
  max_iter: 'rounds',
  max_depth: 'maximumDepth',
  min_samples_leaf: 'minimumLeaf',
};

// On the training rows: between two values of a node they cut at the first bin's edge, we half way.
test("boosted trees answer as scikit-learn's histogram boosting does, to its single precision", () => {
  for (const { options, probabilities } of [...values.boosted, values.boostedThree]) {
    const labels = probabilities[0].length === 3 ? three : y;
    const own = Object.fromEntries(Object.entries(options).map(([name, value]) => [NAMES[name], value]));
    const model = fitBoosted(X, labels, { seed: 1, ...own });
    assertNear(boostedProbabilities(model, X).data, probabilities.flat(), 1e-4);
  }
});

test("a forest is as accurate as scikit-learn's: the means over 20 seeds differ by less than two points", () => {
  for (const [labels, all, { accuracies }] of [
    [y, values.y, values.forest],
    [three, values.three, values.forestThree],
  ] as const) {
    const truth = all.slice(values.train);
    const ours = accuracies.map((_, seed) =>
      accuracy(forestProbabilities(fitForest(X, labels, { seed }), held), truth),
    );
    assert.ok(Math.abs(mean(ours) - mean(accuracies)) < 0.02, `${mean(ours)} beside ${mean(accuracies)}`);
  }
});

function accuracy(p: Matrix, truth: readonly number[]): number {
  const right = truth.filter((label, i) => {
    const row = p.data.subarray(i * p.cols, (i + 1) * p.cols);
    return row.indexOf(Math.max(...row)) === label;
  });
  return right.length / truth.length;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
