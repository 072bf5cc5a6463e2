import vm from 'node:vm';
import type { Frame } from '../execution/frames.js';
import type { Program, Request } from '../execution/messages.js';
import { richOutput } from '../mime/bundle.js';
import type { CommManager } from './comms.js';
import { type Context, createContext, Interrupted, step, within } from './context.js';
import type { Modules } from './modules.js';
import { print, report } from './output.js';
import { reportError } from './report.js';
import { registerProgram } from './trace.js';

/** What runs in this process: cells, and the handlers of comm messages. */
export interface Runner {
  run(request: Request & { t: 'run' | 'evaluate' }): Promise<void>;
  /** Handlers of a comm message belong to that message: what they print appears where the widget is. */
  runComm(request: Frame<Request & { t: 'comm' }>): Promise<void>;
  /** Ends every cell under way: its promise now, its code at the next await, long computations by the signal. */
  interrupt(): void;
}

export function createRunner(modules: Modules, comms: CommManager): Runner {
  const running = new Map<number, Context>();
  const evaluate = evaluator(modules);
  return {
    run: async (request) => {
      const context = createContext(request.id, request.parentId, request.t === 'run' && request.allowStdin);
      running.set(context.id, context);
      await within(context, () => answer(context, request, () => evaluate(request.program)));
      running.delete(context.id);
    },
    runComm: (request) =>
      within(createContext(request.id, request.parentId), async () => {
        try {
          await comms.deliver(request.type, request.content, [...(request.buffers ?? [])]);
        } catch (error) {
          print('stderr', `${reportError(error).traceback.join('\n')}\n`);
        }
        report({ t: 'done', id: request.id });
      }),
    interrupt: () => {
      for (const context of running.values()) {
        const error = new Interrupted();
        context.abort.abort(error);
        context.fail?.(error);
      }
      report({ t: 'interrupted' });
    },
  };
}

/** Runs programs against the notebook's scope; each resolves to the value of its last expression. */
function evaluator(modules: Modules): (program: Program) => Promise<unknown> {
  const scope: Record<string, unknown> = {};
  const exports = tslabExports(scope);
  return async (program) => {
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
  };
}

/** The scope as tslab's CommonJS wants it: a re-export that was a getter becomes a plain value. */
function tslabExports(scope: Record<string, unknown>): object {
  return new Proxy(scope, {
    defineProperty: (target, name, { get, value }) => {
      if (name !== '__esModule') target[String(name)] = get ? get() : value;
      return true;
    },
  });
}

/** Reports the result of `f` or its error, or that the request was interrupted, whichever comes first. */
async function answer(
  context: Context,
  request: Request & { t: 'run' | 'evaluate' },
  f: () => Promise<unknown>,
): Promise<void> {
  const interrupted = new Promise<never>((_, reject) => (context.fail = reject));
  interrupted.catch(() => {});
  try {
    const start = async () => {
      step(); // the interrupt may have come before the cell began
      return f();
    };
    const value = await Promise.race([onItsOwnStack(start), interrupted]);
    const silent = value === undefined || (request.t === 'run' && request.silent);
    const result = silent ? undefined : await Promise.race([richOutput(value), interrupted]);
    report({ t: 'done', id: context.id, result });
  } catch (error) {
    report({ t: 'done', id: context.id, error: reportError(error) });
  }
}

/** A termination takes the whole stack with it: whoever waits for `f` must not be on it. */
function onItsOwnStack<T>(f: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => setImmediate(() => f().then(resolve, reject)));
}
