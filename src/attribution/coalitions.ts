import type { Matrix } from '../numeric/matrix.js';

/**
 * A list of coalitions (sets of groups taken from the explained row, the others from the background) and how the
 * predictions made for them become Shapley values. Shared by all rows, so that work is done once.
 */
export interface CoalitionPlan {
  /** How many groups there are. */
  readonly groups: number;
  /** count × g, 1 where the group is in the coalition. */
  readonly members: Uint8Array;
  readonly count: number;
  /** Index of the coalition without any group, and of that with all. */
  readonly empty: number;
  readonly full: number;
  /**
   * Shapley values of one row, and their standard errors where the plan samples.
   * @param v - mean prediction for each coalition.
   */
  estimate(v: Float64Array, values: Float64Array, errors: Float64Array): void;
  /** Whether `errors` is filled. */
  readonly sampled: boolean;
}

/** Collects coalitions, each once. */
export class CoalitionSet {
  readonly groups: number;
  private readonly index = new Map<string, number>();
  private readonly list: Uint8Array[] = [];

  constructor(groups: number) {
    this.groups = groups;
  }

  /** The index of a coalition, which is added when new. */
  add(members: Uint8Array): number {
    const key = String.fromCharCode(...members);
    const known = this.index.get(key);
    if (known !== undefined) return known;
    this.index.set(key, this.list.length);
    return this.list.push(members.slice()) - 1;
  }

  get count(): number {
    return this.list.length;
  }

  /** All coalitions one after another. */
  members(): Uint8Array {
    const out = new Uint8Array(this.list.length * this.groups);
    for (let c = 0; c < this.list.length; c++) out.set(this.list[c], c * this.groups);
    return out;
  }
}

/**
 * Applies a plan to every row of V (n × count): Shapley values, and standard errors where it samples.
 * @param g - how many numbers the plan estimates for a row.
 */
export function estimateAll(
  plan: CoalitionPlan,
  V: Matrix,
  g = plan.groups,
): { values: Matrix; standardErrors?: Matrix } {
  const values = { rows: V.rows, cols: g, data: new Float64Array(V.rows * g) };
  const standardErrors = { rows: V.rows, cols: g, data: new Float64Array(V.rows * g) };
  for (let i = 0; i < V.rows; i++)
    plan.estimate(
      V.data.subarray(i * V.cols, (i + 1) * V.cols),
      values.data.subarray(i * g, (i + 1) * g),
      standardErrors.data.subarray(i * g, (i + 1) * g),
    );
  return plan.sampled ? { values, standardErrors } : { values };
}
