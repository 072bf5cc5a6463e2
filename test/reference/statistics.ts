import assert from 'node:assert/strict';
import { reference } from './read.js';

/** What `statistics.py` wrote. */
export interface StatisticsReference {
  distributions: {
    normalCdf: [number[], number[]];
    normalQuantile: [number[], number[]];
    studentTwoSided: [[number, number][], number[]];
    studentCritical: [[number, number][], number[]];
    chiSquaredTail: [[number, number][], number[]];
  };
  wilson: [number, number, number, number][];
  delong: {
    labels: number[];
    first: number[];
    second: number[];
    area: number;
    variance: number;
    z: number;
    pValue: number;
  }[];
  holm: { p: number[]; adjusted: number[] };
  correctedT: {
    differences: number[];
    testShare: number;
    t: number;
    pValue: number;
    low: number;
    high: number;
  };
  calibration: {
    labels: number[];
    probabilities: number[];
    slope: number;
    intercept: number;
    temperature: number;
    grid: number[];
    isotonic: number[];
  };
  conformal: {
    labels: number[];
    probabilities: number[][];
    thresholds: Record<string, number>;
    byClass: Record<string, number[]>;
  };
  groupedConformal: {
    labels: number[];
    probabilities: number[][];
    groups: number[];
    folds: number[];
    alpha: number;
    pooled: number;
    hierarchical: number;
    pooledByClass: (number | null)[];
    hierarchicalByClass: (number | null)[];
    byFold: number[][][];
    cross: number[];
    crossByClass: number[];
  };
  logistic: {
    X: number[][];
    y: number[];
    groups: number[];
    coefficients: number[];
    clusterErrors: number[];
    plainErrors: number[];
  };
  leverage: {
    X: number[][];
    query: number[][];
    leverage: number[];
    queryLeverage: number[];
    collinear: number[][];
  };
  agreement: {
    ratings: number[][];
    w: number;
    chiSquared: number;
    pValue: number;
    meanSpearman: number;
    spearman01: number;
  };
  hill: { dose: number[]; viability: number[]; ec50: number; slope: number };
  ale: { X: number[][]; edges: number[]; effects: number[]; counts: number[] };
}

export const statistics = reference<StatisticsReference>('statistics');

/** Equal to within a relative tolerance of the larger of expected and 1. */
export function near(got: number, expected: number, tolerance = 1e-9, what = ''): void {
  const error = Math.abs(got - expected) / Math.max(1, Math.abs(expected));
  assert.ok(error <= tolerance, `${what} is ${got}, expected ${expected}`);
}
