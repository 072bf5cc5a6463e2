import { format, inspect } from 'node:util';
import vm from 'node:vm';
import type { Frame } from '../execution/frames.js';
import type { Program, Report, Request } from '../execution/messages.js';
import { setKernelHooks } from '../hooks.js';
import { bundleOf, richOutput } from '../mime/bundle.js';
import { createComms } from './comms.js';
import { type Context, createContext, currentContext, Interrupted, step, within } from './context.js';
import { display, input, resolveInput } from './display.js';
import { receive, send } from './link.js';
import { createModules } from './modules.js';
import { captureStreams, flush, print } from './output.js';
import { reportError } from './report.js';
import { installTraces, registerProgram } from './trace.js';
import { endWithParent } from './watchdog.js';

/** The execution child: runs the cells that the protocol process sends, one at a time, and their comms. */
const [kernelFile, root] = process.argv.slice(1);
const scope: Record<string, unknown> = {};
/** The scope as tslab's CommonJS wants it: a re-export that was a getter becomes a plain value. */
const exports = new Proxy(scope, {
  defineProperty: (target, name, { get, value }) => {
    if (name !== '__esModule') target[String(name)] = get ? get() : value;
    return true;
  },
});
const comms = createComms();
const modules = createModules(process.cwd(), root);
const running = new Map<number, Context>();

function main(): void {
  installTraces(kernelFile);
  captureStreams();
  catchStrays();
  setKernelHooks({
    display,
    clearOutput: (wait) => report({ t: 'clear', id: currentContext().id, wait }),
    input,
    signal: () => currentContext().abort.signal,
    bundle: bundleOf,
    parentId: () => currentContext().parentId,
    comms,
  });
  defineGlobals();
  receive(handle);
  endWithParent();
  send({ t: 'ready' });
}

/** Sends after the prints that came before. */
function report(message: Frame<Report>): void {
  flush();
  send(message);
}

function handle(request: Frame<Request>): void {
  switch (request.t) {
    case 'run':
    case 'evaluate':
      void run(request);
      break;
    case 'comm':
      void runComm(request);
      break;
    case 'interrupt':
      interrupt();
      break;
    case 'input':
      resolveInput(request.value);
      break;
    case 'preload':
      for (const specifier of request.specifiers) modules.import(specifier).catch(() => {});
      break;
    case 'modules':
      modules.update(request.modules);
  }
}

async function run(request: Request & { t: 'run' | 'evaluate' }): Promise<void> {
  const context = createContext(request.id, request.parentId, request.t === 'run' && request.allowStdin);
  running.set(context.id, context);
  const interrupted = new Promise<never>((_, reject) => (context.fail = reject));
  interrupted.catch(() => {});
  await within(context, async () => {
    try {
      const value = await Promise.race([onItsOwnStack(() => evaluate(request.program)), interrupted]);
      const silent = value === undefined || (request.t === 'run' && request.silent);
      const result = silent ? undefined : await Promise.race([richOutput(value), interrupted]);
      report({ t: 'done', id: context.id, result });
    } catch (error) {
      report({ t: 'done', id: context.id, error: reportError(error) });
    }
  });
  running.delete(context.id);
}

/** A termination takes the whole stack with it: whoever waits for `f` must not be on it. */
function onItsOwnStack<T>(f: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => setImmediate(() => f().then(resolve, reject)));
}

/** Runs a program against the notebook's scope; resolves to the value of its last expression. */
async function evaluate(program: Program): Promise<unknown> {
  registerProgram(program);
  let value: unknown;
  const runtime = {
    step,
    require: modules.require,
    exports,
    import: modules.import,
    importDynamic: modules.importDynamic,
    result: (last: unknown) => (value = last),
  };
  const cell = new vm.Script(program.js, { filename: program.name, lineOffset: -1 }).runInThisContext();
  await cell(scope, runtime);
  return value;
}

/** Handlers of a comm message belong to that message: what they print appears where the widget is. */
async function runComm(request: Frame<Request & { t: 'comm' }>): Promise<void> {
  const context = createContext(request.id, request.parentId);
  await within(context, async () => {
    try {
      await comms.deliver(request.type, request.content, [...(request.buffers ?? [])]);
    } catch (error) {
      print('stderr', `${reportError(error).traceback.join('\n')}\n`);
    }
    report({ t: 'done', id: request.id });
  });
}

/** Ends every cell under way: its promise now, its code at the next await, long computations by the signal. */
function interrupt(): void {
  for (const context of running.values()) {
    const error = new Interrupted();
    context.abort.abort(error);
    context.fail?.(error);
  }
  report({ t: 'interrupted' });
}

/** Errors that no cell awaits any more are printed in the cell that caused them, and the process lives. */
function catchStrays(): void {
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    // What runs now is about to be terminated, with its microtasks: answer from the event loop.
    if (error?.code === 'ERR_KERNEL_INTERRUPT') return void setImmediate(interrupt);
    if (error instanceof Interrupted) return;
    print('stderr', `Uncaught ${reportError(error).traceback.join('\n')}\n`);
  });
  process.on('unhandledRejection', (reason) => {
    if (reason instanceof Interrupted) return;
    print('stderr', `Unhandled rejection: ${reportError(reason).traceback.join('\n')}\n`);
  });
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {});
  process.on('exit', flush);
}

function defineGlobals(): void {
  Object.assign(globalThis, {
    display,
    require: modules.require,
    input: (prompt = '') => input(format(prompt), false),
    clearOutput: (wait = false) => report({ t: 'clear', id: currentContext().id, wait }),
  });
  inspect.defaultOptions.maxArrayLength = 100;
}

main();
