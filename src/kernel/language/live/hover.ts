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
    const found = at >= 0 ? program.library.settled(() => hoverOf(ts, program, cell, at)) : undefined;
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
  return {
    signature: ts.displayPartsToString(shown.displayParts),
    documentation:
      (symbol.declarations ?? []).map((declaration) => documentation(ts, declaration)).find(Boolean) ?? '',
  };
}

/** The JSDoc before a declaration, as markdown. The program's own trees leave it out to save memory. */
function documentation(ts: TypeScript, declaration: ts.Node): string {
  const holder = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const { text } = declaration.getSourceFile();
  const comments = ts.getLeadingCommentRanges(text, holder.pos) ?? [];
  const last = comments
    .map(({ pos, end }) => text.slice(pos, end))
    .findLast((comment) => comment.startsWith('/**'));
  if (!last) return '';
  const lines = last
    .slice(3, -2)
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, ''));
  return lines
    .join('\n')
    .trim()
    .replace(/^@(\w+)/gm, '\n*@$1*');
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
