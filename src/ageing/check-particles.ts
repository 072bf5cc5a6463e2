import type { AgeingSamples } from './samples.js';

/**
 * Whether types can be told apart on held-out particles.
 * @param least - particles that each type must have: 3 for cross-validation (4 in two folds), so that training has two.
 * @throws RangeError naming the first type that has too few, or the only type there is.
 */
export function checkParticles({ classes, types, particles }: AgeingSamples, least = 3): void {
  const found = new Map<number, Set<string>>();
  types.forEach((type, i) => {
    if (type >= 0) found.set(type, (found.get(type) ?? new Set()).add(particles[i]));
  });
  if (found.size < 2)
    throw new RangeError(
      `samples must show at least 2 types to be told apart, but they show ${found.size === 1 ? `only "${classes[[...found.keys()][0]]}"` : 'none'}`,
    );
  for (const [type, names] of found)
    if (names.size < least)
      throw new RangeError(
        `each type must have at least ${least} particles, but "${classes[type]}" has ${names.size} (${[...names].join(', ')}); add particles or leave that type out`,
      );
}
