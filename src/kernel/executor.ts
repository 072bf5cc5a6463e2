import { busy } from './busy.js';
import { evaluateAll, internalError, runCell } from './cell.js';
import type { Outcome } from './execution/session.js';
import type { Kernel } from './kernel.js';
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

function plainText({ result }: Outcome): string | null {
  const text = result?.data['text/plain'];
  return typeof text === 'string' ? text : null;
}
