import type ts from 'typescript';
import type { Program } from '../../execution/messages.js';
import type { Conversion, Diagnostic, LanguageBackend } from '../backend.js';
import { completeness } from './completeness.js';
import { completionsAt } from './completion.js';
import { hoverAt } from './hover.js';
import type { CellFile, TypeScript } from './internals.js';
import { lower } from './lower.js';
import { changedModules } from './modules.js';
import { CellProgram } from './program.js';
import { declaredValues } from './scope.js';
import { strip } from './strip.js';

export interface LiveOptions {
  /** The notebook's folder. */
  directory: string;
  /** The folder of this package. */
  root: string;
}

/** The `live` backend: mainline TypeScript with one checker kept across cells. */
export interface LiveBackend extends LanguageBackend {
  /** Where the notebook is; a backend from a snapshot learns it at start. */
  move(directory: string): void;
  /** Checks a cell and lowers it, for a snapshot: nothing native, nothing kept. */
  warm(code: string): void;
}

export function createLive(ts: TypeScript, { directory, root }: LiveOptions): LiveBackend {
  const program = new CellProgram(ts, { directory, root, options: compilerOptions(ts, root) });
  const known = new Set<string>();
  const sent = new Map<string, string>();
  const convert = (code: string, name: string): Conversion => {
    const modules = changedModules(ts, program, sent, code);
    const cell = program.open(code);
    const diagnostics = program.diagnose(cell).map((diagnostic) => describe(ts, cell, diagnostic));
    const commit = () => {
      program.commit(cell);
      for (const value of declaredValues(ts, cell)) known.add(value);
    };
    if (cell.parseDiagnostics.length > 0) return { diagnostics, commit };
    const compiled = compile(ts, cell, { program, known, root, name });
    return { diagnostics, program: compiled, modules: modules(), commit };
  };
  return {
    name: 'live',
    version: ts.version,
    convert,
    convertExpression: (code, name) => convert(`(${code}\n)`, name),
    complete: (code, offset) => completionsAt(ts, program, code, offset),
    inspect: (code, offset) => hoverAt(ts, program, code, offset),
    isComplete: (code) => completeness(ts, code),
    names: () => [...known],
    reset: () => {
      program.reset();
      known.clear();
    },
    move: (to) => program.reset(to),
    warm: (code) => {
      const cell = program.open(code);
      const [diagnostic] = program.diagnose(cell);
      if (diagnostic) throw new Error(describe(ts, cell, diagnostic).message);
      lower(ts, cell, { checker: program.checker, known });
    },
    setOption: (option, value) => program.setOption(option, value),
    close: () => {},
  };
}

function compilerOptions(ts: TypeScript, root: string): ts.CompilerOptions {
  return {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    types: ['node'],
    typeRoots: [`${root}/node_modules/@types`],
    strict: false,
    noEmit: true,
    skipLibCheck: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    experimentalDecorators: true,
  };
}

interface CompileContext {
  program: CellProgram;
  known: ReadonlySet<string>;
  root: string;
  name: string;
}

function compile(ts: TypeScript, cell: CellFile, { program, known, root, name }: CompileContext): Program {
  const { text, trail, isAsync } = lower(ts, cell, { checker: program.checker, known });
  const { js, map } = strip(ts, text, root);
  const body = `(${isAsync ? 'async ' : ''}function (_$, _$k) { 'use strict';\n${js}\n})`;
  return { js: body, name, source: cell.text, map: { maps: [map], lowered: text, edits: trail } };
}

function describe(
  ts: TypeScript,
  cell: CellFile,
  { start = 0, length = 1, code, messageText }: ts.Diagnostic,
): Diagnostic {
  const { line, character } = cell.getLineAndCharacterOfPosition(start);
  return {
    kind: cell.parseDiagnostics.length > 0 ? 'syntax' : 'type',
    code,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
    line: line + 1,
    column: character + 1,
    length,
  };
}
