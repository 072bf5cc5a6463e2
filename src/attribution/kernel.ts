import type { Random } from '../numeric/random.js';
import { type CoalitionPlan, CoalitionSet } from './coalitions.js';
import { drawCoalitions } from './kernel-coalitions.js';
import { regression } from './kernel-regression.js';

/**
 * Kernel SHAP (Lundberg & Lee 2017, doi:10.48550/arXiv.1705.07874): Shapley values as the weighted least-squares fit
 * of a sum of groups to the predictions. The smallest and largest coalitions are all taken as long as they fit into
 * the budget; of the others, pairs are drawn. One set serves all rows, so the normal equations are factored once.
 * Standard errors from the spread of the drawn pairs' residuals (Covert & Lee 2021, doi:10.48550/arXiv.2012.01536).
 * @param budget - how many coalitions to evaluate.
 */
export function kernelPlan(groups: number, budget: number, random: Random): CoalitionPlan {
  const set = new CoalitionSet(groups);
  const empty = set.add(new Uint8Array(groups));
  const full = set.add(new Uint8Array(groups).fill(1));
  const sample = drawCoalitions(set, budget, random);
  const members = set.members();
  const solve = groups > 1 ? regression(groups, members, sample) : undefined;

  function estimate(v: Float64Array, values: Float64Array, errors: Float64Array): void {
    if (solve) solve(v, v[empty], v[full] - v[empty], values, errors);
    else values.fill(v[full] - v[empty]);
  }
  const sampled = sample.draws > 1;
  return { groups, members, count: set.count, empty, full, estimate, sampled };
}
