import type ts from 'typescript';
import type { SourceTrail } from '../../execution/messages.js';
import { Edits } from './edits.js';
import { lowerImport } from './imports.js';
import type { CellFile, TypeScript } from './internals.js';
import { isTopLevel, SCOPE } from './scope.js';

export interface Lowered {
  /** TypeScript, the body of a function of (_$, _$k). */
  text: string;
  trail: SourceTrail['edits'];
  isAsync: boolean;
}

/**
 * A cell as the body of a function, by edits of its text: every top-level binding becomes a property of the
 * notebook's scope `_$`, imports become awaited loads, the last expression is handed to `_$k.result`, and after
 * each `await` the code asks `_$k.step` whether the user has interrupted it.
 */
export function lower(
  ts: TypeScript,
  cell: CellFile,
  { checker, known }: { checker: ts.TypeChecker; known: ReadonlySet<string> },
): Lowered {
  const lowering = new Lowering(ts, cell, checker, known);
  return lowering.run();
}

class Lowering {
  private readonly edits = new Edits();
  private readonly hoisted: string[] = [];
  private isAsync = false;

  private readonly ts: TypeScript;
  private readonly cell: CellFile;
  private readonly checker: ts.TypeChecker;
  private readonly known: ReadonlySet<string>;

  constructor(ts: TypeScript, cell: CellFile, checker: ts.TypeChecker, known: ReadonlySet<string>) {
    this.ts = ts;
    this.cell = cell;
    this.checker = checker;
    this.known = known;
  }

  run(): Lowered {
    const { statements } = this.cell;
    const last = statements.findLast((statement) => !this.ts.isEmptyStatement(statement));
    for (const statement of statements) this.statement(statement, statement === last);
    if (this.hoisted.length > 0) this.edits.close(0, this.hoisted.join(' '));
    const { text, trail } = this.edits.apply(this.cell.text);
    return { text, trail, isAsync: this.isAsync };
  }

  /** A statement at the top level of the cell. */
  private statement(node: ts.Statement, isLast: boolean): void {
    const { ts, edits } = this;
    if (ts.isImportDeclaration(node)) return this.import(node);
    if (ts.isExportDeclaration(node)) return edits.replace(this.start(node), node.end, '');
    if (ts.isExportAssignment(node)) return this.exportAssignment(node);
    if (this.isDeclared(node)) return edits.replace(this.start(node), node.end, '');
    this.dropExport(node);
    if (ts.isImportEqualsDeclaration(node)) return this.importEquals(node);
    if (ts.isFunctionDeclaration(node)) return this.function(node);
    if (ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node))
      return this.named(node);
    if (ts.isExpressionStatement(node) && isLast) return this.result(node.expression);
    this.visit(node);
  }

  private import(node: ts.ImportDeclaration): void {
    const text = lowerImport(this.ts, node, this.checker);
    if (text) this.isAsync = true;
    // As many lines as before: what follows keeps its place.
    const lines = node.getText().split('\n').length - 1;
    this.edits.replace(this.start(node), node.end, `;${text}${'\n'.repeat(lines)}`);
  }

  private importEquals(node: ts.ImportEqualsDeclaration): void {
    const { moduleReference: reference } = node;
    const value = this.ts.isExternalModuleReference(reference)
      ? `_$k.require(${reference.expression.getText()})`
      : `${SCOPE}.${reference.getText()}`;
    this.edits.replace(
      this.start(node),
      node.end,
      node.isTypeOnly ? '' : `;${SCOPE}.${node.name.text} = ${value};`,
    );
  }

  private exportAssignment(node: ts.ExportAssignment): void {
    this.edits.replace(this.start(node), this.start(node.expression), '');
    this.result(node.expression);
  }

  private isDeclared(node: ts.Statement): boolean {
    const { ts } = this;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
    if (ts.isModuleDeclaration(node) && !isInstantiated(ts, node)) return true;
    return this.modifiers(node).some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
  }

  private modifiers(node: ts.Statement): readonly ts.ModifierLike[] {
    return this.ts.canHaveModifiers(node) ? (this.ts.getModifiers(node) ?? []) : [];
  }

  private dropExport(node: ts.Statement): void {
    const { ExportKeyword, DefaultKeyword } = this.ts.SyntaxKind;
    for (const modifier of this.modifiers(node))
      if (modifier.kind === ExportKeyword || modifier.kind === DefaultKeyword)
        this.edits.replace(this.start(modifier), modifier.end, '');
  }

  /** Functions are in the scope before the first statement runs, as hoisting has it. */
  private function(node: ts.FunctionDeclaration): void {
    if (!node.body) return;
    if (node.name) this.hoisted.push(`${SCOPE}.${node.name.text} = ${node.name.text};`);
    this.children(node);
  }

  private named(node: ts.ClassDeclaration | ts.EnumDeclaration | ts.ModuleDeclaration): void {
    this.children(node);
    if (node.name && this.ts.isIdentifier(node.name))
      this.edits.insert(node.end, ` ${SCOPE}.${node.name.text} = ${node.name.text};`);
  }

  private result(expression: ts.Expression): void {
    this.edits.insert(this.start(expression), ';_$k.result((');
    this.visit(expression);
    this.edits.close(expression.end, '))');
  }

  private visit(node: ts.Node): void {
    const { ts } = this;
    if (isErased(ts, node)) return;
    if (ts.isIdentifier(node)) this.identifier(node);
    else if (ts.isVariableDeclarationList(node) && this.isTopVariable(node)) this.variables(node);
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

  private children(node: ts.Node): void {
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

  /** `var` anywhere outside of a function belongs to the notebook; `let` and `const` only at the top level. */
  private isTopVariable(list: ts.VariableDeclarationList): boolean {
    const { ts } = this;
    if (ts.isVariableStatement(list.parent) && list.parent.parent === this.cell) return true;
    return !(list.flags & ts.NodeFlags.BlockScoped) && !this.enclosingFunction(list);
  }

  private enclosingFunction(node: ts.Node): ts.Node | undefined {
    const { ts } = this;
    return ts.findAncestor(
      node.parent,
      (outer) =>
        ts.isFunctionLike(outer) || ts.isClassStaticBlockDeclaration(outer) || ts.isModuleBlock(outer),
    );
  }

  private variables(list: ts.VariableDeclarationList): void {
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
    if (!this.enclosingFunction(node)) this.isAsync = true;
  }

  private start(node: ts.Node): number {
    return node.getStart(this.cell);
  }
}

/** Types, and expressions' type arguments, hold no values to rewrite. */
function isErased(ts: TypeScript, node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  return ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node);
}

/** Whether the statement stands among others, so that a semicolon may go before it. */
function isInList(ts: TypeScript, node: ts.Node): boolean {
  const { parent } = node;
  return (
    ts.isSourceFile(parent) ||
    ts.isBlock(parent) ||
    ts.isModuleBlock(parent) ||
    ts.isCaseOrDefaultClause(parent)
  );
}

/** A namespace of types only has no run-time value. */
function isInstantiated(ts: TypeScript, node: ts.ModuleDeclaration): boolean {
  if (!node.body || !ts.isModuleBlock(node.body)) return node.body !== undefined;
  return node.body.statements.some((s) => !ts.isInterfaceDeclaration(s) && !ts.isTypeAliasDeclaration(s));
}
