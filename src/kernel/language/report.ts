import type { ErrorReport } from '../execution/messages.js';
import type { Diagnostic } from './backend.js';

const RED = '\u001b[31m';
const GREY = '\u001b[90m';
const OFF = '\u001b[0m';
const SHOWN = 10;

/** The compiler's complaints as Jupyter shows an error, each with the line of the cell that it is about. */
export function diagnosticsReport(
  diagnostics: readonly Diagnostic[],
  source: string,
  name: string,
): ErrorReport {
  const [first] = diagnostics;
  const ename = first.kind === 'syntax' ? 'SyntaxError' : 'TypeScriptError';
  const lines = source.split('\n');
  const shown = diagnostics.slice(0, SHOWN).flatMap((diagnostic) => codeFrame(diagnostic, lines, name));
  const more = diagnostics.length - SHOWN;
  return {
    ename,
    evalue: first.message,
    traceback: more > 0 ? [...shown, `… and ${more} more`] : shown,
  };
}

function codeFrame(
  { code, message, line, column, length }: Diagnostic,
  lines: readonly string[],
  name: string,
): string[] {
  const text = lines[line - 1] ?? '';
  const margin = `${line} | `;
  const underlined = Math.max(1, Math.min(length, text.length - column + 1));
  return [
    `${name}:${line}:${column} - ${RED}error${OFF} ${code ? `TS${code}: ` : ''}${message}`,
    `${GREY}${margin}${OFF}${text}`,
    `${' '.repeat(margin.length + column - 1)}${RED}${'~'.repeat(underlined)}${OFF}`,
  ];
}
