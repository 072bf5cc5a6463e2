import type { Random } from '../numeric/random.js';
import { CoalitionSet } from './coalitions.js';
import type { InteractionPlan } from './exact-interactions.js';

/**
 * Interactions from orders in which the groups join: where i and j join one after the other behind the groups S,
 * `v(S ∪ ij) − v(S ∪ i) − v(S ∪ j) + v(S)` is a sample of theirs, and what a group changes when it joins is one of its
 * Shapley value. The orders of a round are Walecki's zigzags over shuffled groups, in which each pair meets exactly
 * once (Alspach 2008, Bull. Inst. Combin. Appl. 52); each is walked forwards and backwards. Rows of the matrix add up
 * to Shapley values, which add up to the prediction; errors are those of the mean over rounds.
 * @param rounds - how many; each takes about 2 g² coalitions.
 */
export function sampledInteractions(groups: number, rounds: number, random: Random): InteractionPlan {
  const set = new CoalitionSet(groups);
  const empty = set.add(new Uint8Array(groups));
  const full = set.add(new Uint8Array(groups).fill(1));
  const walks = Array.from({ length: rounds }, () => round(set, random.permutation(groups)));
  const members = set.members();

  function estimate(v: Float64Array, values: Float64Array, errors: Float64Array): void {
    const sample = new Float64Array(groups * groups);
    values.fill(0);
    errors.fill(0);
    walks.forEach((steps, r) => {
      sampleOf(steps, v, groups, sample);
      for (let k = 0; k < sample.length; k++) {
        const delta = sample[k] - values[k];
        values[k] += delta / (r + 1);
        errors[k] += delta * (sample[k] - values[k]);
      }
    });
    for (let k = 0; k < errors.length; k++) errors[k] = Math.sqrt(errors[k] / (rounds * (rounds - 1)));
  }
  return { groups, members, count: set.count, empty, full, estimate, sampled: rounds > 1 };
}

/** Two groups that join one after the other; j is −1 for the last one. The others are numbers of coalitions. */
interface Step {
  readonly i: number;
  readonly j: number;
  readonly before: number;
  readonly withI: number;
  readonly withJ: number;
  readonly withBoth: number;
}

/** The steps of all walks of a round. An odd number of groups gets a partner that changes nothing. */
function round(set: CoalitionSet, shuffled: Int32Array): Step[] {
  const even = shuffled.length + (shuffled.length & 1);
  return Array.from({ length: even / 2 }, (_, p) => {
    const order = zigzag(even, p).map((k) => shuffled[k] ?? -1);
    return [...walk(set, order), ...walk(set, order.toReversed())];
  }).flat();
}

/** p, p + 1, p − 1, p + 2, … modulo n: for p below n / 2 these paths meet every pair once. */
const zigzag = (n: number, p: number): number[] =>
  Array.from({ length: n }, (_, k) => (p + (k & 1 ? (k + 1) / 2 : n - k / 2)) % n);

function walk(set: CoalitionSet, order: readonly number[]): Step[] {
  const members = new Uint8Array(set.groups);
  const steps: Step[] = [];
  const joined = (...groups: number[]): number => {
    const more = members.slice();
    for (const g of groups) if (g >= 0) more[g] = 1;
    return set.add(more);
  };
  order.forEach((i, k) => {
    const j = order[k + 1] ?? -1;
    if (i >= 0)
      steps.push({
        ...{ i, j, before: joined(), withI: joined(i) },
        ...{ withJ: joined(j), withBoth: joined(i, j) },
      });
    if (i >= 0) members[i] = 1;
  });
  return steps;
}

/** The matrix of one round: each pair is met twice, each group joins as often as there are walks. */
function sampleOf(steps: readonly Step[], v: Float64Array, groups: number, out: Float64Array): void {
  const share = groups / steps.length;
  out.fill(0);
  for (const { i, j, before, withI, withJ, withBoth } of steps) {
    out[i * groups + i] += share * (v[withI] - v[before]);
    if (j < 0) continue;
    const half = (v[withBoth] - v[withI] - v[withJ] + v[before]) / 4;
    out[i * groups + j] += half;
    out[j * groups + i] += half;
    out[i * groups + i] -= half;
    out[j * groups + j] -= half;
  }
}
