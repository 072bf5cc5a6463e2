import { types } from 'node:util';
import type { RichOutput } from '../execution/messages.js';
import { bundleOf, richOutput } from '../mime/bundle.js';
import { currentContext, within } from './context.js';
import { send } from './link.js';
import { flush, print } from './output.js';
import { reportError } from './report.js';

/** Shows a value where the running cell's output is; with `id`, later calls with `update` replace it. */
export function display(
  value: unknown,
  options: { id?: string; update?: boolean; metadata?: object } = {},
): void {
  const own = ownDisplay(value);
  if (!types.isPromise(own)) return post({ data: bundleOf(value), metadata: options.metadata }, options);
  const context = currentContext();
  richOutput(value).then(
    ({ data }) => within(context, () => post({ data, metadata: options.metadata }, options)),
    (error) => print('stderr', `${reportError(error).traceback.join('\n')}\n`),
  );
}

function ownDisplay(value: unknown): unknown {
  return types.isAsyncFunction((value as Record<symbol, unknown> | null)?.[Symbol.for('Jupyter.display')])
    ? Promise.resolve()
    : undefined;
}

function post(output: RichOutput, { id, update = false }: { id?: string; update?: boolean }): void {
  flush();
  send({ t: 'display', id: currentContext().id, output, displayId: id, update });
}

let answer: ((value: string) => void) | undefined;

/**
 * Asks the user for a line of text.
 * @throws Error when the front end takes no input, as when a notebook is executed by a program.
 */
export function input(prompt: string, password: boolean): Promise<string> {
  const { id, allowStdin } = currentContext();
  if (!allowStdin) return Promise.reject(new Error('this front end does not support input requests'));
  flush();
  send({ t: 'input', id, prompt, password });
  return new Promise((resolve) => (answer = resolve));
}

export function resolveInput(value: string): void {
  answer?.(value);
  answer = undefined;
}
