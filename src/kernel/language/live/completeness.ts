import type { Completeness } from '../backend.js';
import type { CellFile, TypeScript } from './internals.js';

const INDENT = '  ';

/** Whether a console should run `code`, wait for another line (indented so), or report a syntax error. */
export function completeness(ts: TypeScript, code: string): Completeness {
  const file = ts.createSourceFile('/cell.ts', code, ts.ScriptTarget.ES2022) as CellFile;
  const [first] = file.parseDiagnostics;
  if (!first) return { status: 'complete' };
  const end = code.trimEnd().length;
  const isOpen = first.start + first.length >= end && !isStray(code.slice(first.start, end));
  if (!isOpen && !UNTERMINATED.includes(first.code)) return { status: 'invalid' };
  return { status: 'incomplete', indent: nextIndent(code) };
}

/** Unterminated template literal, comment, regular expression. */
const UNTERMINATED = [1160, 1010];

/** An error on a closing bracket at the very end is one bracket too many. */
const isStray = (text: string) => /^[)\]}]/.test(text);

function nextIndent(code: string): string {
  const last = code.trimEnd().split('\n').at(-1) ?? '';
  const [indent] = /^\s*/.exec(last)!;
  return /[({[]\s*$/.test(last) || /=>\s*$/.test(last) ? indent + INDENT : indent;
}
