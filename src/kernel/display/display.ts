import { kernelHooks } from '../hooks.js';

/** Something on show that can be replaced. */
export interface DisplayHandle {
  readonly id: string;
  update(value: unknown): void;
}

let count = 0;

/**
 * Shows a value in the running cell, as its last expression would be shown; `update` of the handle replaces it.
 * Outside of a notebook the value is printed.
 */
export function display(value: unknown, { id = `nurdle-${process.pid}-${++count}` } = {}): DisplayHandle {
  show(value, id, false);
  return { id, update: (next) => show(next, id, true) };
}

function show(value: unknown, id: string, update: boolean): void {
  const hooks = kernelHooks();
  if (hooks) hooks.display(value, { id, update });
  else console.log(value);
}

/** Clears the running cell's output; with `wait`, when the next output comes, so that nothing flickers. */
export function clearOutput({ wait = false } = {}): void {
  kernelHooks()?.clearOutput(wait);
}

/**
 * Asks the user for a line of text.
 * @throws Error outside of a notebook, and where the front end takes no input.
 */
export function input(prompt = '', { password = false } = {}): Promise<string> {
  const hooks = kernelHooks();
  if (!hooks) return Promise.reject(new Error('input() needs a notebook'));
  return hooks.input(prompt, password);
}

/** Aborted when the user interrupts the running cell; for long computations that take an `AbortSignal`. */
export function interruptSignal(): AbortSignal {
  return kernelHooks()?.signal() ?? new AbortController().signal;
}
