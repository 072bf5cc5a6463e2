import type ts from 'typescript';

/**
 * The parts of TypeScript that keep one checker across cells. They are not public: `package.json` pins the version,
 * and the semantic suite tells when a new one changes them.
 */
export interface Internals {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  createTypeChecker(host: ts.Program): ts.TypeChecker;
  isExpressionNode(node: ts.Node): boolean;
  getTouchingPropertyName(file: ts.SourceFile, position: number): ts.Node;
  Completions: {
    // biome-ignore lint/suspicious/noExplicitAny: internal signature
    getCompletionsAtPosition(...args: any[]): ts.CompletionInfo | undefined;
  };
  SignatureHelp: {
    // biome-ignore lint/suspicious/noExplicitAny: internal signature
    getSignatureHelpItems(...args: any[]): ts.SignatureHelpItems | undefined;
  };
  SymbolDisplay: {
    getSymbolDisplayPartsDocumentationAndSymbolKind(
      checker: ts.TypeChecker,
      symbol: ts.Symbol,
      file: ts.SourceFile,
      enclosing: ts.Node,
      location: ts.Node,
    ): {
      displayParts: ts.SymbolDisplayPart[];
      documentation: ts.SymbolDisplayPart[];
      tags?: ts.JSDocTagInfo[];
    };
  };
}

export type TypeScript = typeof ts & Internals;

/** A source file as the binder leaves it. */
export interface CellFile extends ts.SourceFile {
  locals?: Map<string, ts.Symbol>;
  symbol?: ts.Symbol;
  /** Every identifier in the text. */
  identifiers: ReadonlyMap<string, string>;
  parseDiagnostics: ts.DiagnosticWithLocation[];
  bindDiagnostics: ts.DiagnosticWithLocation[];
  imports?: ts.StringLiteralLike[];
  moduleAugmentations?: ts.Node[];
  ambientModuleNames?: string[];
  externalModuleIndicator?: ts.Node | true;
  /** The cell before: names that this one does not declare are looked up there. */
  parent: ts.SourceFile;
}

export interface Scoped extends ts.Node {
  locals?: Map<string, ts.Symbol>;
  symbol?: ts.Symbol;
}
