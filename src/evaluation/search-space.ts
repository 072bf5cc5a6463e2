import { exp, log } from '../numeric/elementary.js';
import { type Random, random } from '../numeric/random.js';

/** What one hyper-parameter may be. */
export type Choice =
  | { readonly kind: 'one of'; readonly values: readonly (string | number | boolean)[] }
  /** Any number between both ends. */
  | { readonly kind: 'number'; readonly from: number; readonly to: number }
  /** Any number between both ends, its logarithm evenly. */
  | { readonly kind: 'logarithmic'; readonly from: number; readonly to: number }
  /** A whole number, both ends included. */
  | { readonly kind: 'whole'; readonly from: number; readonly to: number };

/** Every hyper-parameter that is searched, with what it may be. */
export type SearchSpace = Readonly<Record<string, Choice>>;

/** One value for each hyper-parameter. */
export type Settings = Readonly<Record<string, string | number | boolean>>;

/**
 * Settings drawn at random from a space; the first ones do not change when more are drawn.
 * @throws RangeError when a choice is empty or its ends are the wrong way round.
 */
export function drawSettings(space: SearchSpace, count: number, seed: number): Settings[] {
  for (const [name, choice] of Object.entries(space)) checkChoice(name, choice);
  const stream = random(seed);
  return Array.from({ length: count }, (_, trial) => {
    const own = stream.fork(`trial ${trial}`);
    return Object.fromEntries(
      Object.entries(space).map(([name, choice]) => [name, draw(choice, own.fork(name))]),
    );
  });
}

function checkChoice(name: string, choice: Choice): void {
  if (choice.kind === 'one of') {
    if (choice.values.length === 0)
      throw new RangeError(`${name} must have at least one value to choose from`);
    return;
  }
  const { kind, from, to } = choice;
  if (!(Number.isFinite(from) && Number.isFinite(to) && from <= to))
    throw new RangeError(
      `${name} must go from a number to one as large or larger, but goes from ${from} to ${to}`,
    );
  if (kind === 'logarithmic' && from <= 0)
    throw new RangeError(`${name} is logarithmic and must start above 0, but starts at ${from}`);
  if (kind === 'whole' && !(Number.isInteger(from) && Number.isInteger(to)))
    throw new RangeError(`${name} must go from one whole number to another, but goes from ${from} to ${to}`);
}

function draw(choice: Choice, stream: Random): string | number | boolean {
  switch (choice.kind) {
    case 'one of':
      return choice.values[stream.integer(choice.values.length)];
    case 'number':
      return choice.from + stream.uniform() * (choice.to - choice.from);
    case 'logarithmic':
      return Math.min(
        choice.to,
        Math.max(choice.from, choice.from * exp(stream.uniform() * log(choice.to / choice.from))),
      );
    case 'whole':
      return choice.from + stream.integer(choice.to - choice.from + 1);
  }
}
