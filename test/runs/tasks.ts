// What the tests let tasks do: worked in other threads, so by module and name.
import { appendFileSync } from 'node:fs';
import type { TaskInputs } from '../../src/runs/task.js';

export const square = ({ x, trace }: { x: number; trace?: string }): { square: Float64Array } => {
  if (trace) appendFileSync(trace, `${x}\n`);
  return { square: Float64Array.of(x * x) };
};

export async function sumOfNeeds({ names }: { names: string[] }, inputs: TaskInputs): Promise<number> {
  let sum = 0;
  for (const name of names) sum += ((await inputs.result(name)) as { square: Float64Array }).square[0];
  return sum;
}

export const fail = (): never => {
  throw new RangeError('this task always fails');
};

export const exit = (): never => process.exit(3);

export const readValue = async ({ sha256 }: { sha256: string }, inputs: TaskInputs) => inputs.value(sha256);

export const slow = async ({ x }: { x: number }): Promise<number> => {
  await new Promise((resolve) => setTimeout(resolve, 40));
  return x;
};

export const wait = ({ ms }: { ms: number }): Promise<number> =>
  new Promise((resolve) => setTimeout(() => resolve(ms), ms));

/** As native code does that reads where it may not. */
export const crash = (): Promise<never> => {
  process.kill(process.pid, 'SIGSEGV');
  return new Promise(() => {});
};

/** Holds memory that it has written to, for long enough to be seen. */
export async function hoard({ megabytes }: { megabytes: number }): Promise<number> {
  const held = Array.from({ length: megabytes }, () => new Uint8Array(1 << 20).fill(1));
  await wait({ ms: 5000 });
  return held.length;
}
