import type ts from 'typescript';
import type { TypeScript } from './internals.js';

/** Types, and expressions' type arguments, hold no values to rewrite. */
export function isErased(ts: TypeScript, node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  return ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node);
}

/** Whether the statement stands among others, so that a semicolon may go before it. */
export function isInList(ts: TypeScript, node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isSourceFile(parent) ||
    ts.isBlock(parent) ||
    ts.isModuleBlock(parent) ||
    ts.isCaseOrDefaultClause(parent)
  );
}

/** A namespace of types only has no run-time value. */
export function isInstantiated(ts: TypeScript, node: ts.ModuleDeclaration): boolean {
  if (!node.body || !ts.isModuleBlock(node.body)) return node.body !== undefined;
  return node.body.statements.some((s) => !ts.isInterfaceDeclaration(s) && !ts.isTypeAliasDeclaration(s));
}

/** The function, static block or namespace that the node stands in. */
export function enclosingFunction(ts: TypeScript, node: ts.Node): ts.Node | undefined {
  return ts.findAncestor(
    node.parent,
    (outer) => ts.isFunctionLike(outer) || ts.isClassStaticBlockDeclaration(outer) || ts.isModuleBlock(outer),
  );
}
