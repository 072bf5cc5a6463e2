import type ts from 'typescript';
import type { Edits } from './edits.js';
import type { CellFile, TypeScript } from './internals.js';
import { isTopLevel, SCOPE } from './scope.js';
import { enclosingFunction, isErased, isInList } from './syntax.js';
import { isTopVariable, VariableLowering } from './variables.js';

/** Everything below the top level of a cell: names of the notebook's scope, awaits, dynamic imports. */
export class ExpressionLowering {
  /** Whether the cell awaits outside of any function. */
  isAsync = false;

  private readonly variables: VariableLowering;
  private readonly ts: TypeScript;
  private readonly cell: CellFile;
  private readonly edits: Edits;
  private readonly known: ReadonlySet<string>;

  constructor(ts: TypeScript, cell: CellFile, edits: Edits, known: ReadonlySet<string>) {
    this.ts = ts;
    this.cell = cell;
    this.edits = edits;
    this.known = known;
    this.variables = new VariableLowering(ts, cell, edits, (node) => this.visit(node));
  }

  visit(node: ts.Node): void {
    const { ts } = this;
    if (isErased(ts, node)) return;
    if (ts.isIdentifier(node)) this.identifier(node);
    else if (ts.isVariableDeclarationList(node) && isTopVariable(ts, node, this.cell))
      this.variables.lower(node);
    else if (ts.isAwaitExpression(node)) this.await(node);
    else this.other(node);
  }

  private other(node: ts.Node): void {
    const { ts } = this;
    if (ts.isForOfStatement(node) && node.awaitModifier) this.forAwait(node);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      this.edits.replace(this.start(node.expression), node.expression.end, '_$k.importDynamic');
    // A statement that now starts with a parenthesis must not become an argument of the one before.
    if (ts.isExpressionStatement(node) && isInList(ts, node)) this.edits.insert(this.start(node), ';');
    this.children(node);
  }

  children(node: ts.Node): void {
    this.ts.forEachChild(node, (child) => this.visit(child));
  }

  private identifier(node: ts.Identifier): void {
    const { ts, edits } = this;
    const { parent } = node;
    const isShorthand = ts.isShorthandPropertyAssignment(parent) && parent.name === node;
    // `isExpressionNode` says yes to the b of a.b and to the target of new.target as well.
    const isProperty =
      (ts.isPropertyAccessExpression(parent) && parent.name === node) || ts.isMetaProperty(parent);
    if (isProperty || (!isShorthand && !ts.isExpressionNode(node))) return;
    if (!isTopLevel(ts, node, this.cell, this.known)) return;
    if (isShorthand) return edits.insert(node.end, `: ${SCOPE}.${node.text}`);
    const isCalled =
      (ts.isCallExpression(parent) && parent.expression === node) ||
      (ts.isTaggedTemplateExpression(parent) && parent.tag === node);
    // `(0, _$.f)()` calls f without the scope as its `this`.
    edits.insert(this.start(node), isCalled ? `(0, ${SCOPE}.` : `${SCOPE}.`);
    if (isCalled) edits.close(node.end, ')');
  }

  private await(node: ts.AwaitExpression): void {
    this.noteAsync(node);
    this.edits.insert(this.start(node), '_$k.step(');
    this.children(node);
    this.edits.close(node.end, ')');
  }

  private forAwait(node: ts.ForOfStatement): void {
    this.noteAsync(node);
    if (this.ts.isBlock(node.statement)) this.edits.insert(this.start(node.statement) + 1, '_$k.step();');
  }

  private noteAsync(node: ts.Node): void {
    if (!enclosingFunction(this.ts, node)) this.isAsync = true;
  }

  private start(node: ts.Node): number {
    return node.getStart(this.cell);
  }
}
