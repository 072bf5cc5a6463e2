import type ts from 'typescript';
import type { Edits } from './edits.js';
import type { CellFile, TypeScript } from './internals.js';
import { SCOPE } from './scope.js';
import { enclosingFunction, isInList } from './syntax.js';

/** `var` anywhere outside of a function belongs to the notebook; `let` and `const` only at the top level. */
export function isTopVariable(ts: TypeScript, list: ts.VariableDeclarationList, cell: CellFile): boolean {
  if (ts.isVariableStatement(list.parent) && list.parent.parent === cell) return true;
  return !(list.flags & ts.NodeFlags.BlockScoped) && !enclosingFunction(ts, list);
}

/** Declarations of the notebook's variables as assignments to its scope. */
export class VariableLowering {
  private readonly ts: TypeScript;
  private readonly cell: CellFile;
  private readonly edits: Edits;
  private readonly visit: (node: ts.Node) => void;

  /** @param visit - lowers an expression inside a declaration. */
  constructor(ts: TypeScript, cell: CellFile, edits: Edits, visit: (node: ts.Node) => void) {
    this.ts = ts;
    this.cell = cell;
    this.edits = edits;
    this.visit = visit;
  }

  lower(list: ts.VariableDeclarationList): void {
    const { ts, edits } = this;
    const isStatement = ts.isVariableStatement(list.parent);
    const keyword = list.declarations[0] ? this.start(list.declarations[0]) : list.end;
    edits.replace(this.start(list), keyword, isStatement && isInList(ts, list.parent) ? ';' : '');
    for (const declaration of list.declarations) this.declaration(declaration, isStatement);
    if (isStatement) edits.close(list.end, ';');
  }

  private declaration(node: ts.VariableDeclaration, isStatement: boolean): void {
    const { ts, edits } = this;
    const { name, type, exclamationToken, initializer } = node;
    const isPattern = !ts.isIdentifier(name);
    const needsParentheses = isPattern && initializer !== undefined;
    if (needsParentheses) edits.insert(this.start(node), '(');
    this.pattern(name);
    const annotation = type ?? exclamationToken;
    if (annotation) edits.replace(name.end, annotation.end, '');
    if (initializer && ts.isIdentifier(name)) this.initializer(name.text, initializer);
    else if (initializer) this.visit(initializer);
    else if (isStatement && !isPattern) edits.insert(node.end, ' = undefined');
    if (needsParentheses) edits.close(node.end, ')');
  }

  /** An anonymous function takes the name of the variable, which an assignment to a property would not give. */
  private initializer(name: string, value: ts.Expression): void {
    const { ts, edits } = this;
    const isAnonymous =
      ts.isArrowFunction(value) ||
      ((ts.isFunctionExpression(value) || ts.isClassExpression(value)) && !value.name);
    const key = JSON.stringify(name);
    if (isAnonymous) edits.insert(this.start(value), `({${key}: `);
    this.visit(value);
    if (isAnonymous) edits.close(value.end, `})[${key}]`);
  }

  /** A binding pattern as an assignment pattern: each name gets the scope before it. */
  private pattern(name: ts.BindingName): void {
    const { ts, edits } = this;
    if (ts.isIdentifier(name)) return edits.insert(this.start(name), `${SCOPE}.`);
    for (const element of name.elements) {
      if (ts.isOmittedExpression(element)) continue;
      const { propertyName, initializer, dotDotDotToken } = element;
      if (propertyName && ts.isComputedPropertyName(propertyName)) this.visit(propertyName);
      const isShort = ts.isObjectBindingPattern(name) && !propertyName && !dotDotDotToken;
      if (isShort && ts.isIdentifier(element.name))
        edits.insert(this.start(element.name), `${element.name.text}: `);
      this.pattern(element.name);
      if (initializer) this.visit(initializer);
    }
  }

  private start(node: ts.Node): number {
    return node.getStart(this.cell);
  }
}
