import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Program, SourceTrail } from '../execution/messages.js';

/** A place in a source file: lines and columns from 1. */
export interface Place {
  line: number;
  column: number;
}

const programs = new Map<string, Program>();
const moduleMaps = new Map<string, SourceMap | undefined>();
const own = new Set<string>();

/** Makes stack traces name the TypeScript that people wrote, and leave out the kernel's own frames. */
export function installTraces(kernelFile: string): void {
  own.add(kernelFile);
  Error.prepareStackTrace = (error, sites) => {
    const lines = sites.map(describe).filter((line) => line !== undefined);
    return [headline(error), ...lines.map((line) => `    at ${line}`)].join('\n');
  };
}

/** Remembers how to trace positions of a cell or a compiled module back to its source. */
export function registerProgram(program: Program): void {
  programs.set(program.name, program);
}

export function registerModuleMap(path: string, map: string): void {
  moduleMaps.set(path, new SourceMap(JSON.parse(map)));
}

/** The innermost place in a cell that the stack names, with the cell's text. */
export function cellPlace(stack: string): { program: Program; place: Place } | undefined {
  const [, name, line, column] = /(In\[\d+\]\.ts):(\d+):(\d+)/.exec(stack) ?? [];
  const program = programs.get(name);
  return program && { program, place: { line: Number(line), column: Number(column) } };
}

function headline(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

function describe(site: NodeJS.CallSite): string | undefined {
  const file = site.getFileName() ?? site.getScriptNameOrSourceURL?.() ?? '';
  if (own.has(file) || file.startsWith('node:')) return undefined;
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (line === null || column === null) return site.toString();
  const traced = trace(file, { line, column });
  return traced ? site.toString().replace(`${file}:${line}:${column}`, traced) : site.toString();
}

function trace(file: string, at: Place): string | undefined {
  const program = programs.get(file);
  if (program) {
    const { line, column } = program.map ? follow(program.map, program.source, at) : at;
    return `${file}:${line}:${column}`;
  }
  return traceModule(file, at);
}

/** The place in the `.ts` beside a module that was compiled with a source map. */
function traceModule(file: string, { line, column }: Place): string | undefined {
  const path = file.startsWith('file:') ? fileURLToPath(file) : file;
  if (!moduleMaps.has(path)) moduleMaps.set(path, readModuleMap(path));
  const entry = moduleMaps.get(path)?.findEntry(line - 1, column - 1);
  if (!entry || !('originalSource' in entry) || entry.originalLine === undefined) return undefined;
  const source = new URL(entry.originalSource, `file://${path}`).pathname;
  return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

function readModuleMap(path: string): SourceMap | undefined {
  if (path.includes('/node_modules/') || !existsSync(`${path}.map`)) return undefined;
  return new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
}

/** From the generated code through the source map to the edited text, and through the edits to the cell. */
function follow(trail: SourceTrail, source: string, { line, column }: Place): Place {
  let at = { line: line - 1, column: column - 1 };
  for (const map of trail.maps) {
    const entry = new SourceMap(JSON.parse(map)).findEntry(at.line, at.column);
    if (!('originalLine' in entry) || entry.originalLine === undefined) return { line, column };
    at = { line: entry.originalLine, column: entry.originalColumn };
  }
  return placeOf(source, undo(trail.edits, offsetOf(trail.lowered, at.line, at.column)));
}

function undo(edits: SourceTrail['edits'], offset: number): number {
  let shift = 0;
  for (const [start, length, original] of edits) {
    if (start > offset) break;
    if (offset < start + length) return start - shift;
    shift += length - original;
  }
  return offset - shift;
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 0; i < line; i++) start = text.indexOf('\n', start) + 1;
  return start + column;
}

function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}
