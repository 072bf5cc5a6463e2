import type { LossChoice } from '../options.js';

/**
 * Settings for each output: one for all, a list in order, or by name.
 * @throws RangeError when a list has another length, or a name is not an output's.
 */
export function perOutput<T>(
  argument: string,
  given: T | readonly T[] | Readonly<Record<string, T>>,
  names: readonly string[],
  isOne: (value: unknown) => value is T,
): T[] {
  if (isOne(given)) return names.map(() => given);
  if (Array.isArray(given)) {
    if (given.length !== names.length)
      throw new RangeError(
        `${argument} must have one entry per output (${names.join(', ')}), but has ${given.length}`,
      );
    return [...given];
  }
  const named = given as Readonly<Record<string, T>>;
  const unknown = Object.keys(named).find((name) => !names.includes(name));
  const missing = names.find((name) => !(name in named));
  if (unknown !== undefined || missing !== undefined)
    throw new RangeError(
      `${argument} must name the outputs ${names.join(', ')}, but ${unknown === undefined ? `leaves out "${missing}"` : `names "${unknown}"`}`,
    );
  return names.map((name) => named[name]);
}

export const isLoss = (value: unknown): value is LossChoice =>
  typeof value === 'string' ||
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string');

export const isNumber = (value: unknown): value is number => typeof value === 'number';
