import type ts from 'typescript';
import type { Completion, Completions } from '../backend.js';
import type { TypeScript } from './internals.js';
import type { CellProgram } from './program.js';

const MAX_MATCHES = 500;
const MAX_SIGNATURES = 20;

/** What may be written at `offset`, with the types of the first few. */
export function completionsAt(
  ts: TypeScript,
  program: CellProgram,
  code: string,
  offset: number,
): Completions {
  const cell = program.open(code);
  const start = wordStart(code, offset);
  const prefix = code.slice(start, offset).toLowerCase();
  const matches = program.library.settled(() => matchesAt(ts, program, cell, { offset, prefix }));
  return { start, end: wordEnd(code, offset), matches };
}

function matchesAt(
  ts: TypeScript,
  { library, checker }: CellProgram,
  cell: ts.SourceFile,
  { offset, prefix }: { offset: number; prefix: string },
): Completion[] {
  const info = ts.Completions.getCompletionsAtPosition(
    languageHost(ts),
    library.host,
    () => {},
    cell,
    offset,
    { includeCompletionsForModuleExports: false, includeCompletionsWithInsertText: false },
    undefined,
    ts.CompletionTriggerKind.Invoked,
    never,
    undefined,
    false,
  );
  const entries = (info?.entries ?? []).filter(({ name }) => name.toLowerCase().startsWith(prefix));
  entries.sort((a, b) => compare(a.sortText, b.sortText) || compare(a.name, b.name));
  return entries.slice(0, MAX_MATCHES).map(({ name, kind }, i) => ({
    text: name,
    type: kind as string,
    signature: i < MAX_SIGNATURES ? signatureOf(checker, info!, name, cell) : undefined,
  }));
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const never = { isCancellationRequested: () => false, throwIfCancellationRequested: () => {} };

const languageHost = (ts: TypeScript) => ({
  getCurrentDirectory: () => ts.sys.getCurrentDirectory(),
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

function wordStart(code: string, offset: number): number {
  const word = /[\p{ID_Continue}$#@]*$/u.exec(code.slice(0, offset));
  return offset - (word?.[0].length ?? 0);
}

function wordEnd(code: string, offset: number): number {
  const word = /^[\p{ID_Continue}$]*/u.exec(code.slice(offset));
  return offset + (word?.[0].length ?? 0);
}

function signatureOf(
  checker: ts.TypeChecker,
  info: ts.CompletionInfo,
  name: string,
  cell: ts.SourceFile,
): string | undefined {
  const { symbol } = info.entries.find((entry) => entry.name === name) as { symbol?: ts.Symbol };
  return symbol && checker.typeToString(checker.getTypeOfSymbolAtLocation(symbol, cell));
}
