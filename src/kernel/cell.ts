import type { ErrorReport } from './execution/messages.js';
import type { Outcome } from './execution/session.js';
import type { Kernel } from './kernel.js';
import type { Conversion } from './language/backend.js';
import { refusedDirective } from './language/directives.js';
import { diagnosticsReport } from './language/report.js';
import { runMagics } from './magics.js';
import type { Message } from './protocol/wire.js';

export interface CellOutcome extends Outcome {
  payload?: object[];
}

/** Magics first; then what is left, as TypeScript. */
export async function runCell(
  kernel: Kernel,
  message: Message,
  code: string,
  count: number,
): Promise<CellOutcome> {
  const id = kernel.track(message);
  const print = (text: string, name = 'stdout') =>
    kernel.sockets.publish({ type: 'stream', content: { name, text }, parent: message.header });
  const run = (source: string) =>
    runTypeScript(kernel, { message, id, source, name: `In[${count}].ts`, print });
  return runMagics(code, { kernel, id, run, print });
}

interface Cell {
  message: Message;
  id: number;
  source: string;
  name: string;
  print(text: string, name?: string): void;
}

async function runTypeScript(kernel: Kernel, { message, id, source, name, print }: Cell): Promise<Outcome> {
  if (source.trim() === '') return {};
  const { content } = message;
  const directive = refusedDirective(source);
  if (directive) return { error: diagnosticsReport([directive], source, name) };
  preload(kernel, source);
  const conversion = kernel.backend().convert(source, name);
  const refusal = refuse(kernel, conversion, source, { name, print });
  if (refusal) return { error: refusal };
  if (conversion.modules?.length) kernel.session.send({ t: 'modules', modules: conversion.modules });
  // Declared before the run: a cell that throws half-way leaves what it declared, as in Python.
  conversion.commit();
  return kernel.session.run({
    t: 'run',
    id,
    parentId: message.header.msg_id,
    program: conversion.program!,
    allowStdin: content.allow_stdin === true,
    silent: content.silent === true,
  });
}

/** Packages load in the child while their types load here. */
function preload(kernel: Kernel, source: string): void {
  const imports = source.matchAll(/^\s*import\s(?!type\b)(?:[^;'"]*?\bfrom\s*)?['"]([^'".][^'"]*)['"]/gm);
  const specifiers = [...imports].map(([, specifier]) => specifier);
  if (specifiers.length > 0) kernel.session.send({ t: 'preload', specifiers });
}

function refuse(
  kernel: Kernel,
  { diagnostics, program }: Conversion,
  source: string,
  { name, print }: Pick<Cell, 'name' | 'print'>,
): ErrorReport | undefined {
  if (diagnostics.length === 0) return undefined;
  const report = diagnosticsReport(diagnostics, source, name);
  if (!program || kernel.executor.typeErrors === 'refuse') return report;
  if (kernel.executor.typeErrors === 'warn') print(`${report.traceback.join('\n')}\n`, 'stderr');
  return undefined;
}

export async function evaluateAll(kernel: Kernel, message: Message, expressions: unknown): Promise<object> {
  const results: Record<string, object> = {};
  for (const [name, code] of Object.entries((expressions ?? {}) as Record<string, string>))
    results[name] = await evaluateOne(kernel, message, code).catch(internalError);
  return results;
}

async function evaluateOne(kernel: Kernel, message: Message, code: string): Promise<object> {
  const { diagnostics, program } = kernel.backend().convertExpression(code, 'user_expression.ts');
  if (!program) return { status: 'error', ...diagnosticsReport(diagnostics, code, 'user_expression.ts') };
  const { result, error } = await kernel.session.evaluate(
    kernel.track(message),
    message.header.msg_id,
    program,
  );
  if (error) return { status: 'error', ...error };
  return { status: 'ok', data: { 'text/plain': 'undefined' }, metadata: {}, ...result };
}

export function internalError(error: Error): CellOutcome {
  return { error: { ename: 'KernelError', evalue: error.message, traceback: [String(error.stack)] } };
}
