import { connectInspector, type Inspector } from './inspector.js';

/** Thrown into the child's `uncaughtException` handler; it knows by the code that the user interrupted. */
const THROW = `process._fatalException(Object.assign(new Error('Interrupted'), { code: 'ERR_KERNEL_INTERRUPT' }))`;
const SETTLE_MS = 30;
const TRIES = 100;
const LAST_WORD_MS = 1000;

/**
 * Stops JavaScript that holds the child's event loop, and keeps the child's state: pause it, clear the async
 * stack through a fatal exception that is handled, and terminate on resuming. Terminating without the pause
 * kills Node when the loop runs in a timer or under AsyncLocalStorage.
 * @param pid - the child, started with `--inspect-port=0` and an `uncaughtException` handler.
 * @param address - resolves to the inspector's address, which the child prints once it is signalled.
 * @param patience - milliseconds to wait for JavaScript to run: a native call cannot be paused.
 * @returns whether the code was stopped.
 */
export async function terminate(
  pid: number,
  address: () => Promise<string>,
  patience: number,
): Promise<boolean> {
  const url = address();
  (process as unknown as { _debugProcess(pid: number): void })._debugProcess(pid);
  const inspector = await connectInspector(await url);
  try {
    return await pauseAndStop(inspector, patience);
  } finally {
    inspector.close();
  }
}

async function pauseAndStop(inspector: Inspector, patience: number): Promise<boolean> {
  void inspector.call('Debugger.enable');
  const callFrameId = await pause(inspector, patience);
  if (!callFrameId) {
    void inspector.call('Debugger.disable');
    return false;
  }
  await inspector.call('Debugger.evaluateOnCallFrame', { callFrameId, expression: THROW, silent: true });
  await Promise.race([inspector.call('Debugger.resume', { terminateOnResume: true }), wait(SETTLE_MS)]);
  await wait(SETTLE_MS);
  // Closed before it has answered, the inspector may go while it still tells of scripts, and the process with it.
  await Promise.race([inspector.call('Debugger.disable'), wait(LAST_WORD_MS)]);
  return true;
}

/** What Node's async hooks do between two states of the async stack (`lib/internal/async_hooks.js`). */
const IN_HOOKS = new Set([
  ...['emitInitNative', 'emitHook', 'emitBeforeScript', 'emitAfterScript'],
  ...['pushAsyncContext', 'popAsyncContext'],
]);

/**
 * Pauses outside of Node's async hooks: what is cleared and terminated within them leaves the async stack half-way, and
 * Node ends a process for that.
 * @returns the innermost call; one within the hooks only where nothing else was met in many tries.
 */
async function pause(inspector: Inspector, patience: number): Promise<string | undefined> {
  for (let tries = 1; ; tries++) {
    const paused = inspector.once('Debugger.paused');
    void inspector.call('Debugger.pause');
    const { callFrames = [] } = (await Promise.race([paused, wait(patience)])) ?? {};
    const isInHooks = callFrames.some(({ functionName }) => IN_HOOKS.has(functionName));
    if (!isInHooks || tries === TRIES) return callFrames[0]?.callFrameId;
    await inspector.call('Debugger.resume');
  }
}

const wait = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined));
