import { format, inspect } from 'node:util';
import type { Frame } from '../execution/frames.js';
import type { Request } from '../execution/messages.js';
import { setKernelHooks } from '../hooks.js';
import { bundleOf } from '../mime/bundle.js';
import { createComms } from './comms.js';
import { currentContext, Interrupted } from './context.js';
import { display, input, resolveInput } from './display.js';
import { receive, send } from './link.js';
import { createModules } from './modules.js';
import { captureStreams, flush, print, report } from './output.js';
import { reportError } from './report.js';
import { createRunner } from './run.js';
import { installTraces } from './trace.js';
import { endWithParent } from './watchdog.js';

/** The execution child: runs the cells that the protocol process sends, one at a time, and their comms. */
const [kernelFile, root] = process.argv.slice(1);
const comms = createComms();
const modules = createModules(process.cwd(), root);
const runner = createRunner(modules, comms);

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
  send({ t: 'ready' });
}

function handle(request: Frame<Request>): void {
  switch (request.t) {
    case 'run':
    case 'evaluate':
      endWithParent();
      void runner.run(request);
      break;
    case 'comm':
      void runner.runComm(request);
      break;
    case 'interrupt':
      runner.interrupt();
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

/** Errors that no cell awaits any more are printed in the cell that caused them, and the process lives. */
function catchStrays(): void {
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    // What runs now is about to be terminated, with its microtasks: answer from the event loop.
    if (error?.code === 'ERR_KERNEL_INTERRUPT') return void setImmediate(runner.interrupt);
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
