import type { Bins } from './bins.js';

/** The best place found to cut a node in two. */
export interface Split {
  feature: number;
  /** Last bin that goes left, and the first that goes right. */
  lower: number;
  upper: number;
  /** What Gini's impurity leaves to compare: Σ l² / Σ l + Σ r² / Σ r over the class weights l and r of both sides. */
  score: number;
}

/** Classification rows, as the split search sees them. */
export interface WeightedRows {
  readonly bins: Bins;
  readonly labels: Int32Array;
  readonly weights: Float64Array;
  readonly classes: number;
  readonly minimumLeaf: number;
}

/** Looks for the best cut of `rows[from … to)` by one feature; false when the feature is constant there. */
export type SplitSearch = (
  rows: Int32Array,
  from: number,
  to: number,
  feature: number,
  best: Split,
) => boolean;

/** A histogram is swept while it has at most this many bins a row; else the rows are sorted. */
const SPARSE = 4;

/**
 * Exact search for the cut with the least Gini impurity (Breiman et al. 1984): by counting into bins where the node
 * fills them, by sorting where it does not. A cut must be better than `best` to replace it.
 */
export function giniSearch({ bins, labels, weights, classes, minimumLeaf }: WeightedRows): SplitSearch {
  const widest = bins.highs.reduce((most, high) => Math.max(most, high.length), 0);
  const histogram = new Float64Array(widest * classes);
  const filled = new Int32Array(widest);
  const keys = new Float64Array(bins.rows);
  const left = new Float64Array(classes);
  const right = new Float64Array(classes);
  let leftSquares = 0;
  let rightSquares = 0;
  let leftWeight = 0;
  let rightWeight = 0;
  let leftRows = 0;

  return (rows, from, to, feature, best) => {
    const base = feature * bins.rows;
    let least = MOST;
    let most = -1;
    for (let i = from; i < to; i++) {
      const code = bins.codes[base + rows[i]];
      if (code < least) least = code;
      if (code > most) most = code;
    }
    if (least === most) return false;
    begin(rows, from, to);
    if (most - least < SPARSE * (to - from)) sweepBins(rows, from, to, feature, least, most, best);
    else sweepSorted(rows, from, to, feature, best);
    return true;
  };

  /** Everything on the right. */
  function begin(rows: Int32Array, from: number, to: number): void {
    left.fill(0);
    right.fill(0);
    for (let i = from; i < to; i++) right[labels[rows[i]]] += weights[rows[i]];
    leftSquares = leftWeight = leftRows = rightSquares = rightWeight = 0;
    for (let k = 0; k < classes; k++) {
      rightSquares += right[k] * right[k];
      rightWeight += right[k];
    }
  }

  function moveLeft(k: number, weight: number): void {
    leftSquares += weight * (2 * left[k] + weight);
    rightSquares -= weight * (2 * right[k] - weight);
    left[k] += weight;
    right[k] -= weight;
    leftWeight += weight;
    rightWeight -= weight;
  }

  function consider(count: number, feature: number, lower: number, upper: number, best: Split): void {
    if (leftRows < minimumLeaf || count - leftRows < minimumLeaf) return;
    const score = leftSquares / leftWeight + rightSquares / rightWeight;
    if (!(score > best.score)) return;
    best.feature = feature;
    best.lower = lower;
    best.upper = upper;
    best.score = score;
  }

  function sweepBins(
    rows: Int32Array,
    from: number,
    to: number,
    feature: number,
    least: number,
    most: number,
    best: Split,
  ): void {
    const base = feature * bins.rows;
    for (let i = from; i < to; i++) {
      const r = rows[i];
      const bin = bins.codes[base + r] - least;
      histogram[bin * classes + labels[r]] += weights[r];
      filled[bin]++;
    }
    let lower = least;
    for (let bin = 0; bin <= most - least; bin++) {
      if (filled[bin] === 0) continue;
      if (bin > 0) consider(to - from, feature, lower, least + bin, best);
      for (let k = 0; k < classes; k++) {
        const weight = histogram[bin * classes + k];
        if (weight > 0) moveLeft(k, weight);
        histogram[bin * classes + k] = 0;
      }
      leftRows += filled[bin];
      filled[bin] = 0;
      lower = least + bin;
    }
  }

  function sweepSorted(rows: Int32Array, from: number, to: number, feature: number, best: Split): void {
    const base = feature * bins.rows;
    const count = to - from;
    for (let i = 0; i < count; i++) keys[i] = bins.codes[base + rows[from + i]] * PLACES + rows[from + i];
    sortKeys(keys, count);
    let lower = Math.floor(keys[0] / PLACES);
    for (let i = 0; i < count; i++) {
      const code = Math.floor(keys[i] / PLACES);
      const r = keys[i] - code * PLACES;
      if (code !== lower) consider(count, feature, lower, code, best);
      moveLeft(labels[r], weights[r]);
      leftRows++;
      lower = code;
    }
  }
}

const MOST = 65536;
/** Room for a row number below a code in one double. */
const PLACES = 4294967296;

/** Insertion for the few rows of most nodes, which is quicker than a call of the engine's sort. */
function sortKeys(keys: Float64Array, count: number): void {
  if (count > 32) {
    keys.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i++) {
    const key = keys[i];
    let at = i;
    for (; at > 0 && keys[at - 1] > key; at--) keys[at] = keys[at - 1];
    keys[at] = key;
  }
}
