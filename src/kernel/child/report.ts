import { inspect } from 'node:util';
import type { ErrorReport } from '../execution/messages.js';
import { cellPlace } from './trace.js';

const RED = '\u001b[31m';
const GREY = '\u001b[90m';
const OFF = '\u001b[0m';

/** What was thrown, as Jupyter shows it: name, message, the line of the cell, and a short trace. */
export function reportError(thrown: unknown): ErrorReport {
  if (!(thrown instanceof Error) && !isErrorLike(thrown)) {
    const text = inspect(thrown);
    return { ename: 'Thrown', evalue: text, traceback: [`${RED}Thrown${OFF}: ${text}`] };
  }
  const { name, message } = thrown;
  const stack = String(thrown.stack ?? '');
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const ename = String(name || 'Error');
  return {
    ename,
    evalue: String(message),
    traceback: [
      `${RED}${ename}${OFF}: ${message}`,
      ...codeFrame(stack),
      ...frames.slice(0, 12),
      ...causes(thrown),
    ],
  };
}

/** Errors of another realm (vm contexts, some native add-ons) are not instances of ours. */
function isErrorLike(value: unknown): value is Error {
  return Object.prototype.toString.call(value) === '[object Error]';
}

function codeFrame(stack: string): string[] {
  const found = cellPlace(stack);
  if (!found) return [];
  const { line, column } = found.place;
  const text = found.program.source.split('\n')[line - 1];
  if (text === undefined) return [];
  const margin = `${line} | `;
  return [`${GREY}${margin}${OFF}${text}`, `${' '.repeat(margin.length + column - 1)}${RED}^${OFF}`];
}

function causes({ cause, errors }: Error & { errors?: unknown[] }): string[] {
  const inner = [...(cause === undefined ? [] : [cause]), ...(Array.isArray(errors) ? errors : [])];
  return inner.slice(0, 5).flatMap((error) => {
    const [first, ...rest] = reportError(error).traceback;
    return [`Caused by ${first}`, ...rest];
  });
}
