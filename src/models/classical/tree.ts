import type { Matrix } from '../../numeric/matrix.js';

/** A binary tree in depth-first order: the left child of node i is node i + 1. Plain arrays, so that JSON holds it. */
export interface Tree {
  /** Column that each node asks for, −1 at a leaf. */
  readonly feature: readonly number[];
  /** Rows with `x <= threshold` go left; 0 at a leaf. */
  readonly threshold: readonly number[];
  /** Right child; at a leaf, where its values begin. */
  readonly right: readonly number[];
  /** What the leaves answer, one after another. */
  readonly values: readonly number[];
}

/**
 * Adds what each tree answers to every row.
 * @param sums - n × outputs, added to in place.
 */
export function addTree(
  tree: Tree,
  X: Matrix,
  sums: Float64Array,
  outputs: number,
  output = 0,
  width = 1,
): void {
  const { feature, threshold, right, values } = tree;
  const { rows, cols, data } = X;
  for (let i = 0; i < rows; i++) {
    let node = 0;
    for (let f = feature[0]; f >= 0; f = feature[node])
      node = data[i * cols + f] <= threshold[node] ? node + 1 : right[node];
    const at = right[node];
    for (let k = 0; k < width; k++) sums[i * outputs + output + k] += values[at + k];
  }
}

/** A tree under construction. */
export interface TreeWriter {
  /** Adds an inner node and returns its number; its right child is told later. */
  inner(feature: number, threshold: number): number;
  leaf(values: ArrayLike<number>): void;
  /** Makes the next node the right child of `parent`. */
  turnRight(parent: number): void;
  finish(): Tree;
}

/** Writes nodes depth first. */
export function treeWriter(): TreeWriter {
  const feature: number[] = [];
  const threshold: number[] = [];
  const right: number[] = [];
  const values: number[] = [];
  const node = (f: number, t: number, r: number): number => {
    threshold.push(t);
    right.push(r);
    return feature.push(f) - 1;
  };
  return {
    inner: (f, t) => node(f, t, -1),
    leaf(answer) {
      node(-1, 0, values.length);
      for (let k = 0; k < answer.length; k++) values.push(answer[k]);
    },
    turnRight(parent) {
      right[parent] = feature.length;
    },
    finish: () => ({ feature, threshold, right, values }),
  };
}
