import type ts from 'typescript';
import type { Hover } from '../backend.js';
import type { TypeScript } from './internals.js';
import type { CellProgram } from './program.js';

/** The declaration and JSDoc of what stands at `offset`, or of the function whose arguments are being written. */
export function hoverAt(
  ts: TypeScript,
  program: CellProgram,
  code: string,
  offset: number,
): Hover | undefined {
  const cell = program.open(code);
  for (const at of [offset, offset - 1, calleeBefore(code, offset)]) {
    const found = at >= 0 ? hoverOf(ts, program, cell, at) : undefined;
    if (found) return found;
  }
  return undefined;
}

function hoverOf(ts: TypeScript, program: CellProgram, cell: ts.SourceFile, at: number): Hover | undefined {
  const node = ts.getTouchingPropertyName(cell, at);
  if (!node || node === cell || !ts.isIdentifier(node)) return undefined;
  const symbol = program.checker.getSymbolAtLocation(node);
  if (!symbol) return undefined;
  const shown = ts.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
    program.checker,
    symbol,
    cell,
    node.parent,
    node,
  );
  const tags = (shown.tags ?? symbol.getJsDocTags(program.checker)).map((tag) => tagMarkdown(ts, tag));
  return {
    signature: ts.displayPartsToString(shown.displayParts),
    documentation: [ts.displayPartsToString(shown.documentation), ...tags].filter(Boolean).join('\n\n'),
  };
}

function tagMarkdown(ts: TypeScript, { name, text }: ts.JSDocTagInfo): string {
  return `*@${name}* ${ts.displayPartsToString(text)}`.trimEnd();
}

/** The offset of the last character of `f` in `f(a, |`, or -1. */
function calleeBefore(code: string, offset: number): number {
  let depth = 0;
  for (let i = offset - 1; i >= 0; i--) {
    if (code[i] === ')') depth++;
    if (code[i] === '(' && depth-- === 0) return i - 1;
  }
  return -1;
}
