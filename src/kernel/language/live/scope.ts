import type ts from 'typescript';
import type { CellFile, Scoped, TypeScript } from './internals.js';

/** The object that holds every top-level binding of the notebook, as the lowered code calls it. */
export const SCOPE = '_$';

/** Names that `cell` declares at its top level as values: variables, functions, classes, enums, imports. */
export function declaredValues(ts: TypeScript, cell: CellFile): string[] {
  return [...(cell.locals ?? [])]
    .filter(([, symbol]) => isValue(ts, symbol))
    .map(([name]) => ts.unescapeLeadingUnderscores(name as ts.__String));
}

/**
 * Whether an identifier in an expression means a top-level binding of this cell or of an earlier one (`known`),
 * rather than something that a function, block, class or namespace around it declares.
 */
export function isTopLevel(
  ts: TypeScript,
  id: ts.Identifier,
  cell: CellFile,
  known: ReadonlySet<string>,
): boolean {
  // The binder's tables hold names that begin with two underscores under three.
  const name = id.escapedText as string;
  for (let node: ts.Node = id.parent; node && node !== cell; node = node.parent)
    if (declares(ts, node, name)) return false;
  const own = cell.locals?.get(name);
  return (own !== undefined && isValue(ts, own)) || known.has(id.text);
}

function declares(ts: TypeScript, node: ts.Node, name: string): boolean {
  const { locals, symbol } = node as Scoped;
  const local = locals?.get(name);
  if (local && isValue(ts, local)) return true;
  // Inside a class its own name is the class, also before the notebook has it.
  if (ts.isClassLike(node) || ts.isFunctionExpression(node)) return node.name?.escapedText === name;
  if (!ts.isModuleDeclaration(node) && !ts.isEnumDeclaration(node)) return false;
  return (
    (ts.isIdentifier(node.name) && node.name.escapedText === name) ||
    symbol?.exports?.has(name as ts.__String) === true
  );
}

function isValue(ts: TypeScript, symbol: ts.Symbol): boolean {
  return (symbol.flags & (ts.SymbolFlags.Value | ts.SymbolFlags.Alias | ts.SymbolFlags.ExportValue)) !== 0;
}
