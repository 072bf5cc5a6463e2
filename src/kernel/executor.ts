import { busy } from './busy.js';
import type { ErrorReport } from './execution/messages.js';
import type { Outcome } from './execution/session.js';
import type { Kernel } from './kernel.js';
import type { Conversion } from './language/backend.js';
import { diagnosticsReport } from './language/report.js';
import { runMagics } from './magics.js';
import type { Channel } from './protocol/sockets.js';
import type { Message } from './protocol/wire.js';

/** Runs execute requests one after the other. */
export interface Executor {
  enqueue(channel: Channel, message: Message): void;
  /** Stops the running cell and aborts those that wait. */
  interrupt(): Promise<void>;
  /** Whether type errors refuse a cell or are only printed. */
  typeErrors: 'refuse' | 'warn' | 'ignore';
}

/**
 * Requests that are on their way when a cell fails arrive within this time and are aborted with it. It passes
 * before the reply: what a client sends after the reply is run.
 */
const DRAIN_MS = 10;

interface Job {
  channel: Channel;
  message: Message;
}

export function createExecutor(kernel: Kernel): Executor {
  const queue: Job[] = [];
  const state = { count: 0, isRunning: false };
  const executor: Executor = {
    typeErrors: 'refuse',
    enqueue: (channel, message) => {
      queue.push({ channel, message });
      if (!state.isRunning) void drain();
    },
    interrupt: async () => {
      abortAll();
      if (state.isRunning) kernel.sockets.output.discard();
      await kernel.session.interrupt();
    },
  };
  const abortAll = () => {
    for (const job of queue.splice(0)) void abort(kernel, job);
  };
  const drain = async () => {
    state.isRunning = true;
    for (let job = queue.shift(); job; job = queue.shift()) {
      const failed = await execute(kernel, job, state);
      if (failed && job.message.content.stop_on_error !== false) abortAll();
    }
    state.isRunning = false;
  };
  return executor;
}

async function abort(kernel: Kernel, { channel, message }: Job): Promise<void> {
  await busy(kernel, message.header, async () => {
    kernel.sockets.reply(channel, message, { type: 'execute_reply', content: { status: 'aborted' } });
  });
}

/** Runs one request from busy to idle; resolves to whether it failed. */
async function execute(
  kernel: Kernel,
  { channel, message }: Job,
  state: { count: number },
): Promise<boolean> {
  const { header, content } = message;
  const code = String(content.code ?? '');
  const silent = content.silent === true;
  const isStored = !silent && content.store_history !== false && code.trim() !== '';
  if (isStored) state.count++;
  let failed = false;
  await busy(kernel, header, async () => {
    const publish = (type: string, body: object) =>
      kernel.sockets.publish({ type, content: body, parent: header });
    if (!silent) publish('execute_input', { code, execution_count: state.count });
    const outcome = await runCell(kernel, message, code, state.count).catch(internalError);
    const { result, error, payload = [] } = outcome;
    if (result && !silent)
      publish('execute_result', { execution_count: state.count, metadata: {}, ...result });
    if (error) publish('error', error);
    if (isStored) kernel.options.history.add(state.count, code, plainText(outcome));
    failed = error !== undefined;
    if (failed) await new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
    // A client may stop listening soon after the reply.
    await kernel.sockets.output.drained();
    const user_expressions = failed ? {} : await evaluateAll(kernel, message, content.user_expressions);
    kernel.sockets.reply(channel, message, {
      type: 'execute_reply',
      content: error
        ? { status: 'error', execution_count: state.count, ...error, user_expressions: {} }
        : { status: 'ok', execution_count: state.count, payload, user_expressions },
    });
  });
  return failed;
}

export interface CellOutcome extends Outcome {
  payload?: object[];
}

/** Magics first; then what is left, as TypeScript. */
async function runCell(kernel: Kernel, message: Message, code: string, count: number): Promise<CellOutcome> {
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

async function evaluateAll(kernel: Kernel, message: Message, expressions: unknown): Promise<object> {
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

function internalError(error: Error): CellOutcome {
  return { error: { ename: 'KernelError', evalue: error.message, traceback: [String(error.stack)] } };
}

function plainText({ result }: Outcome): string | null {
  const text = result?.data['text/plain'];
  return typeof text === 'string' ? text : null;
}
