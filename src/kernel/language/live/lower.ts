import type ts from 'typescript';
import type { SourceTrail } from '../../execution/messages.js';
import { Edits } from './edits.js';
import { ExpressionLowering } from './expressions.js';
import { lowerImport } from './imports.js';
import type { CellFile, TypeScript } from './internals.js';
import { SCOPE } from './scope.js';
import { isInstantiated } from './syntax.js';

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
  private readonly inner: ExpressionLowering;

  private readonly ts: TypeScript;
  private readonly cell: CellFile;
  private readonly checker: ts.TypeChecker;

  constructor(ts: TypeScript, cell: CellFile, checker: ts.TypeChecker, known: ReadonlySet<string>) {
    this.ts = ts;
    this.cell = cell;
    this.checker = checker;
    this.inner = new ExpressionLowering(ts, cell, this.edits, known);
  }

  run(): Lowered {
    const { statements } = this.cell;
    const last = statements.findLast((statement) => !this.ts.isEmptyStatement(statement));
    for (const statement of statements) this.statement(statement, statement === last);
    if (this.hoisted.length > 0) this.edits.close(0, this.hoisted.join(' '));
    const { text, trail } = this.edits.apply(this.cell.text);
    return { text, trail, isAsync: this.inner.isAsync };
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
    this.inner.visit(node);
  }

  private import(node: ts.ImportDeclaration): void {
    const text = lowerImport(this.ts, node, this.checker);
    if (text) this.inner.isAsync = true;
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
    this.inner.children(node);
  }

  private named(node: ts.ClassDeclaration | ts.EnumDeclaration | ts.ModuleDeclaration): void {
    this.inner.children(node);
    if (node.name && this.ts.isIdentifier(node.name))
      this.edits.insert(node.end, ` ${SCOPE}.${node.name.text} = ${node.name.text};`);
  }

  private result(expression: ts.Expression): void {
    this.edits.insert(this.start(expression), ';_$k.result((');
    this.inner.visit(expression);
    this.edits.close(expression.end, '))');
  }

  private start(node: ts.Node): number {
    return node.getStart(this.cell);
  }
}
