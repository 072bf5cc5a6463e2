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

/** A histogram is swept while it has fewer than this many bins a row; else the rows are sorted. */
const SPARSE = 4;
/** Bits for the place of a row below its bin: rows are sorted only where SPARSE times as many are fewer than 2¹⁶ bins. */
const PLACE_BITS = 14;
const PLACE = (1 << PLACE_BITS) - 1;

/**
 * Exact search for the cut of a node with the least Gini impurity (Breiman et al. 1984): by counting into bins where the
 * node fills them, by sorting where it does not.
 */
export class GiniSearch {
  /** Weight of each class in the node. */
  readonly total: Float64Array;
  private readonly data: WeightedRows;
  private readonly histogram: Float64Array;
  private readonly filled: Int32Array;
  private readonly keys: Int32Array;
  // The node's rows side by side: what does not depend on the feature is gathered once.
  private count = 0;
  private readonly row: Int32Array;
  private readonly label: Int32Array;
  private readonly weight: Float64Array;
  private readonly code: Int32Array;
  // Both sides of the cut that is looked at.
  private readonly left: Float64Array;
  private readonly right: Float64Array;
  private readonly side = { leftSquares: 0.5, rightSquares: 0.5, leftWeight: 0.5, rightWeight: 0.5 };
  private leftRows = 0;

  constructor(data: WeightedRows) {
    const { rows, highs } = data.bins;
    const widest = highs.reduce((most, high) => Math.max(most, high.length), 0);
    this.data = data;
    this.total = new Float64Array(data.classes);
    this.left = new Float64Array(data.classes);
    this.right = new Float64Array(data.classes);
    this.histogram = new Float64Array(widest * data.classes);
    this.filled = new Int32Array(widest);
    this.keys = new Int32Array(rows);
    this.row = new Int32Array(rows);
    this.label = new Int32Array(rows);
    this.weight = new Float64Array(rows);
    this.code = new Int32Array(rows);
  }

  /** Turns to the node with `rows[from … to)`. */
  open(rows: Int32Array, from: number, to: number): void {
    const { labels, weights } = this.data;
    this.count = to - from;
    this.total.fill(0);
    for (let i = 0; i < this.count; i++) {
      const r = rows[from + i];
      this.row[i] = r;
      this.label[i] = labels[r];
      this.weight[i] = weights[r];
      this.total[labels[r]] += weights[r];
    }
  }

  /** Puts the best cut by one feature into `best` where it is better; false when the feature is constant in the node. */
  try(feature: number, best: Split): boolean {
    const { rows, codes } = this.data.bins;
    const { code, row, count } = this;
    const base = feature * rows;
    let least = 65536;
    let most = -1;
    for (let i = 0; i < count; i++) {
      const c = codes[base + row[i]];
      code[i] = c;
      if (c < least) least = c;
      if (c > most) most = c;
    }
    if (least === most) return false;
    this.begin();
    if (most - least < SPARSE * count) this.sweepBins(feature, least, most, best);
    else this.sweepSorted(feature, best);
    return true;
  }

  /** Everything on the right. */
  private begin(): void {
    const { side, total, left, right } = this;
    side.leftSquares = side.rightSquares = side.leftWeight = side.rightWeight = this.leftRows = 0;
    for (let k = 0; k < total.length; k++) {
      left[k] = 0;
      right[k] = total[k];
      side.rightSquares += total[k] * total[k];
      side.rightWeight += total[k];
    }
  }

  private moveLeft(k: number, amount: number): void {
    const { side, left, right } = this;
    side.leftSquares += amount * (2 * left[k] + amount);
    side.rightSquares -= amount * (2 * right[k] - amount);
    left[k] += amount;
    right[k] -= amount;
    side.leftWeight += amount;
    side.rightWeight -= amount;
  }

  private consider(feature: number, lower: number, upper: number, best: Split): void {
    const { side, leftRows, count } = this;
    const { minimumLeaf } = this.data;
    if (leftRows < minimumLeaf || count - leftRows < minimumLeaf) return;
    const score = side.leftSquares / side.leftWeight + side.rightSquares / side.rightWeight;
    if (!(score > best.score)) return;
    best.feature = feature;
    best.lower = lower;
    best.upper = upper;
    best.score = score;
  }

  private sweepBins(feature: number, least: number, most: number, best: Split): void {
    const { histogram, filled, code, label, weight, count } = this;
    const { classes } = this.data;
    for (let i = 0; i < count; i++) {
      const bin = code[i] - least;
      histogram[bin * classes + label[i]] += weight[i];
      filled[bin]++;
    }
    let lower = least;
    for (let bin = 0; bin <= most - least; bin++) {
      if (filled[bin] === 0) continue;
      if (bin > 0) this.consider(feature, lower, least + bin, best);
      for (let k = 0; k < classes; k++) {
        const amount = histogram[bin * classes + k];
        if (amount > 0) this.moveLeft(k, amount);
        histogram[bin * classes + k] = 0;
      }
      this.leftRows += filled[bin];
      filled[bin] = 0;
      lower = least + bin;
    }
  }

  private sweepSorted(feature: number, best: Split): void {
    const { keys, code, label, weight, count } = this;
    for (let i = 0; i < count; i++) keys[i] = (code[i] << PLACE_BITS) | i;
    sortKeys(keys, count);
    let lower = keys[0] >> PLACE_BITS;
    for (let i = 0; i < count; i++) {
      const next = keys[i] >> PLACE_BITS;
      const at = keys[i] & PLACE;
      if (next !== lower) this.consider(feature, lower, next, best);
      this.moveLeft(label[at], weight[at]);
      this.leftRows++;
      lower = next;
    }
  }
}

/** Insertion for the few rows of most nodes, which is quicker than a call of the engine's sort. */
function sortKeys(keys: Int32Array, count: number): void {
  if (count > 48) {
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
