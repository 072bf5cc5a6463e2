import { existsSync } from 'node:fs';
import type ts from 'typescript';
import type { LocalModule, SourceTrail } from '../../execution/messages.js';
import type { Completions, Conversion, Diagnostic, Hover, LanguageBackend } from '../backend.js';
import { loadTslab, type TslabConversion, type TslabDiagnostic } from './converter.js';
import { mapsOf, SOURCE_PREFIX } from './maps.js';

/** The `tslab` backend: tslab's own converter decides what a cell means. */
export function createTslab(root: string): LanguageBackend {
  const { converter, isCompleteCode, version } = loadTslab(root);
  const names = new Set<string>();
  let declarations = '';
  const convert = (code: string, name: string): Conversion => {
    const converted = converter.convert(declarations, code);
    const commit = () => {
      declarations = converted.declOutput ?? '';
      for (const [, declared] of declarations.matchAll(DECLARED)) names.add(declared);
    };
    const diagnostics = converted.diagnostics.map(describe);
    if (diagnostics.length > 0) return { diagnostics, commit };
    const program = { js: wrap(converted), name, source: code, map: trail(code, converted.output) };
    return { diagnostics, program, modules: (converted.sideOutputs ?? []).map(localModule), commit };
  };
  return {
    name: 'tslab',
    version,
    convert,
    convertExpression: (code, name) => convert(`(${code}\n)`, name),
    complete: (code, offset) => completions(converter.complete(declarations, code, offset)),
    inspect: (code, offset) => hover(converter.inspect(declarations, code, offset)),
    isComplete: (code) => {
      const { completed, indent = '' } = isCompleteCode(code);
      return completed ? { status: 'complete' } : { status: 'incomplete', indent };
    },
    names: () => [...names],
    reset: () => {
      declarations = '';
      names.clear();
    },
    setOption: (option) => {
      throw new RangeError(`the tslab kernel has no option ${option}; use the kernel "TypeScript (nurdle)"`);
    },
    close: () => converter.close(),
  };
}

const DECLARED = /\b(?:const|let|var|function|class|enum|namespace)\s+([\w$]+)/g;

/** tslab emits CommonJS that leaves every binding, and the last expression's value, on `exports`. */
function wrap({ output = '', hasToplevelAwait, lastExpressionVar }: TslabConversion): string {
  const last = lastExpressionVar && `exports[${JSON.stringify(lastExpressionVar)}]`;
  const result = last ? `\n_$k.result(${last}); delete ${last};` : '';
  const head = `(${hasToplevelAwait ? 'async ' : ''}function (_$, { exports, require, ..._$k }) {`;
  return `${head}\n${output}${result}\n})`;
}

/** tslab puts a line before the cell, which is the one edit to undo. */
function trail(code: string, output = ''): SourceTrail | undefined {
  const maps = mapsOf(output);
  const edits: SourceTrail['edits'] = [[0, SOURCE_PREFIX.length, 0]];
  return maps && { maps, lowered: SOURCE_PREFIX + code, edits };
}

function describe({ start, end, messageText, code, fileName }: TslabDiagnostic): Diagnostic {
  return {
    kind: code < 2000 ? 'syntax' : 'type',
    code,
    message: fileName ? `${fileName}: ${messageText}` : messageText,
    line: start.line + 1,
    column: start.character + 1,
    length: end.offset - start.offset,
  };
}

/** tslab names the module by what it would be compiled to. */
function localModule({ path, data }: { path: string; data: string }): LocalModule {
  const source = path.replace(/\.js$/, '.ts');
  return { path: existsSync(source) ? source : path, js: data };
}

function completions({
  start,
  end,
  candidates,
  original,
}: {
  start: number;
  end: number;
  candidates: string[];
  original?: ts.CompletionInfo;
}): Completions {
  const kinds = new Map(original?.entries.map(({ name, kind }) => [name, kind as string]));
  return { start, end, matches: candidates.map((text) => ({ text, type: kinds.get(text) ?? 'property' })) };
}

function hover(info: ts.QuickInfo | undefined): Hover | undefined {
  if (!info) return undefined;
  const text = (parts: ts.SymbolDisplayPart[] = []) => parts.map((part) => part.text).join('');
  const tags = (info.tags ?? []).map((tag) => `*@${tag.name}* ${text(tag.text)}`.trimEnd());
  return {
    signature: text(info.displayParts),
    documentation: [text(info.documentation), ...tags].filter(Boolean).join('\n\n'),
  };
}
