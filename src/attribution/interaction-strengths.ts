import type { Interactions } from './interactions.js';

/** How much two groups bring only together. */
export interface InteractionStrength {
  readonly groups: readonly [string, string];
  /** Mean absolute interaction over the explained rows, both halves together. */
  readonly mean: number;
}

/** Pairs of groups by the size of their Shapley interaction, the strongest first. */
export function interactionStrengths({ values, groups }: Interactions): InteractionStrength[] {
  const g = groups.length;
  const pairs = groups.flatMap((a, i) =>
    groups.slice(0, i).map((b, j): InteractionStrength => {
      const sum = values.reduce((total, row) => total + 2 * Math.abs(row.data[i * g + j]), 0);
      return { groups: [b, a], mean: sum / values.length };
    }),
  );
  return pairs.sort((p, q) => q.mean - p.mean);
}
