import { busy } from './busy.js';
import type { Frame } from './execution/frames.js';
import type { Report } from './execution/messages.js';
import { Session } from './execution/session.js';
import { createExecutor, type Executor } from './executor.js';
import type { History } from './history.js';
import type { LanguageBackend } from './language/backend.js';
import type { Connection } from './protocol/connection.js';
import { type Channel, openSockets, type Sockets } from './protocol/sockets.js';
import type { Message } from './protocol/wire.js';
import { replies } from './replies.js';
import { tidyWhenQuiet } from './tidy.js';

export interface KernelOptions {
  connection: Connection;
  /** Loads the language backend; called once, when it is first needed or when there is time. */
  backend(): LanguageBackend;
  history: History;
  /** The compiled execution child. */
  childScript: string;
  /** The folder of this package. */
  root: string;
  /** Versions of this package and of TypeScript. */
  version: string;
  languageVersion: string;
  log(line: string): void;
}

/** What the answers to messages need. */
export interface Kernel {
  readonly options: KernelOptions;
  readonly sockets: Sockets;
  readonly session: Session;
  readonly executor: Executor;
  /** Comms that are open, by id: what comm_info lists. */
  readonly comms: Map<string, string>;
  backend(): LanguageBackend;
  /** A number for a request, under which its output finds its parent. */
  track(request: Message): number;
  /** Called after each request. */
  tidy(): void;
  shutdown(): void;
}

/** Whom output, or a question, answers: of a request no more is kept. */
export type Addressee = Pick<Message, 'header' | 'identities'>;

const TRACKED = 2_000;

/** Binds the sockets and serves until it is shut down. */
export async function startKernel(options: KernelOptions): Promise<Kernel> {
  const requests = new Map<number, Addressee>();
  let backend: LanguageBackend | undefined;
  let count = 0;
  const kernel = {
    options,
    comms: new Map<string, string>(),
    backend: () => (backend ??= options.backend()),
    track: ({ header, identities }: Message) => {
      requests.set(++count, { header, identities });
      requests.delete(count - TRACKED);
      return count;
    },
    tidy: tidyWhenQuiet(),
    shutdown: () => shutdown(kernel),
  } as { -readonly [K in keyof Kernel]: Kernel[K] };
  kernel.session = new Session({
    script: options.childScript,
    root: options.root,
    backend: kernel.backend,
    onReport: (report) => relay(kernel, 'id' in report ? requests.get(report.id) : undefined, report),
    log: options.log,
  });
  kernel.executor = createExecutor(kernel);
  kernel.sockets = await openSockets(options.connection, {
    onMessage: (channel, message) => void dispatch(kernel, channel, message),
    onPressure: (isHigh) => kernel.session.hold(isHigh),
    log: options.log,
  });
  kernel.sockets.publish({ type: 'status', content: { execution_state: 'starting' } });
  return kernel;
}

/** Execute requests wait their turn; everything else is answered at once, also while a cell runs. */
async function dispatch(kernel: Kernel, channel: Channel, message: Message): Promise<void> {
  const { msg_type: type } = message.header;
  if (type === 'input_reply')
    return kernel.session.send({ t: 'input', value: String(message.content?.value ?? '') });
  if (type === 'execute_request') return kernel.executor.enqueue(channel, message);
  const reply = replies[type];
  if (!reply) return kernel.options.log(`${channel}: ignored a message of unknown type ${type}`);
  await busy(kernel, message.header, async () => {
    try {
      const content = await reply(kernel, message);
      if (content)
        kernel.sockets.reply(channel, message, {
          type: type.replace('_request', '_reply'),
          content: { status: 'ok', ...content },
        });
    } catch (error) {
      refuse(kernel, channel, message, error as Error);
    }
  });
  if (type === 'shutdown_request') kernel.shutdown();
}

function refuse(kernel: Kernel, channel: Channel, message: Message, error: Error): void {
  const { msg_type: type } = message.header;
  kernel.options.log(`${type} failed: ${error.stack}`);
  if (!type.endsWith('_request')) return;
  kernel.sockets.reply(channel, message, {
    type: type.replace('_request', '_reply'),
    content: { status: 'error', ename: error.name, evalue: error.message, traceback: [] },
  });
}

/** What the child reports, as the iopub message that it becomes. */
function relay(kernel: Kernel, request: Addressee | undefined, report: Frame<Report>): void {
  const parent = request?.header ?? {};
  const publish = (type: string, content: object, metadata?: object) =>
    kernel.sockets.publish({ type, content, parent, metadata, buffers: report.buffers });
  switch (report.t) {
    case 'stream':
      return publish('stream', { name: report.name, text: report.text });
    case 'clear':
      return publish('clear_output', { wait: report.wait });
    case 'display': {
      const { output, displayId, update } = report;
      const transient = displayId === undefined ? {} : { display_id: displayId };
      return publish(update ? 'update_display_data' : 'display_data', { metadata: {}, ...output, transient });
    }
    case 'comm':
      if (report.type === 'comm_open')
        kernel.comms.set(report.content.comm_id, report.content.target_name ?? '');
      if (report.type === 'comm_close') kernel.comms.delete(report.content.comm_id);
      return publish(report.type, report.content, report.metadata);
    case 'input':
      if (request)
        kernel.sockets.reply('stdin', request, {
          type: 'input_request',
          content: { prompt: report.prompt, password: report.password },
        });
  }
}

function shutdown({ session, sockets, options }: Kernel): void {
  session.close();
  options.history.close();
  void sockets.flush().then(() => {
    sockets.close();
    setTimeout(() => process.exit(0), 20);
  });
}
