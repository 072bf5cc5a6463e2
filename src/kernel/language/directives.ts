import type { Diagnostic } from './backend.js';

const DIRECTIVE = /^\s*\/\*\*\s*@(module|browser)\b[ \t]*([^\s*]*)/;

/** tslab's comments that make a cell something other than a cell, refused with what to write in their place. */
export function refusedDirective(code: string): Diagnostic | undefined {
  const [, name, argument] = DIRECTIVE.exec(code) ?? [];
  if (!name) return undefined;
  const file = `./${argument || 'name'}`;
  const instead =
    name === 'module'
      ? `write the code into ${file}.ts beside the notebook and import it from '${file}'; an edited file is read again`
      : "give the code to new AnyWidget({ esm }) from 'nurdle', which runs it in the page";
  const line = code.slice(0, code.indexOf('@')).split('\n').length;
  const column = code.indexOf('@') - code.lastIndexOf('\n', code.indexOf('@'));
  const message = `@${name} cells of tslab are not run by this kernel: ${instead}`;
  return { kind: 'syntax', code: 0, message, line, column, length: name.length + 1 };
}
