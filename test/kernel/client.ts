import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dealer, Subscriber } from 'zeromq';
import { KERNELS, kernelspec } from '../../src/kernel/install/kernelspec.js';
import { packageRoot } from '../../src/kernel/install/root.js';
import { decode, encode, type Message } from '../../src/kernel/protocol/wire.js';

const KEY = 'a key for tests';

/** A kernel in a process of its own, and a Jupyter client in front of it. */
export interface Client {
  /** Sends a request, waits for its reply and for idle; resolves to both. */
  request(type: string, content?: object, options?: SendOptions): Promise<Answer>;
  execute(code: string, content?: object): Promise<Answer>;
  /** Sends and waits for nothing; returns the message's id. */
  send(type: string, content: object, options?: SendOptions): string;
  /** Raw frames on a channel. */
  sendRaw(channel: 'shell' | 'control', frames: (string | Buffer)[]): Promise<void>;
  /** Resolves with the next iopub message that satisfies `test`. */
  next(test: (message: Message) => boolean): Promise<Message>;
  /** Answers input requests. */
  onInput?: (prompt: string, password: boolean) => string;
  log(): string;
  readonly process: ChildProcess;
  close(): Promise<void>;
}

export interface SendOptions {
  channel?: 'shell' | 'control';
  buffers?: readonly Uint8Array[];
  metadata?: object;
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: each reply has its own content
  reply: any;
  /** What iopub said with this request as the parent, without busy and idle. */
  output: Message[];
  /** The text on stdout and stderr. */
  printed: string;
  /** `text/plain` of the result. */
  result?: string;
}

export interface ClientOptions {
  backend?: 'live' | 'tslab';
  /** Another kernel's command line, in which `{connection_file}` is filled in. */
  command?: readonly string[];
  node?: string;
  directory?: string;
  env?: NodeJS.ProcessEnv;
}

export async function startClient({
  backend = 'live',
  command,
  node,
  directory,
  env,
}: ClientOptions = {}): Promise<Client> {
  const folder = mkdtempSync(join(tmpdir(), 'nurdle-client-'));
  const ports = await freePorts(5);
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
  const connection = { transport: 'tcp', ip: '127.0.0.1', key: KEY, signature_scheme: 'hmac-sha256' };
  const file = join(folder, 'connection.json');
  writeFileSync(
    file,
    JSON.stringify({ ...connection, shell_port, iopub_port, stdin_port, control_port, hb_port }),
  );
  const spec = kernelspec(packageRoot(), KERNELS.find((kernel) => kernel.backend === backend)!, node) as Spec;
  const argv = command ?? spec.argv;
  const [program, ...args] = argv.map((argument) => argument.replace('{connection_file}', file));
  const kernel = spawn(program, args, {
    cwd: directory ?? folder,
    env: { ...process.env, NURDLE_HISTORY: join(folder, 'history.jsonl'), ...spec.env, ...env },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  return connect(kernel, ports, folder);
}

interface Spec {
  argv: string[];
  env: NodeJS.ProcessEnv;
}

type Listener = (message: Message) => void;

async function connect(kernel: ChildProcess, ports: readonly number[], folder: string): Promise<Client> {
  let log = '';
  kernel.stderr!.on('data', (chunk) => (log += chunk));
  const session = randomUUID();
  const [shellPort, iopubPort, stdinPort, controlPort] = ports;
  const identity = randomUUID();
  const dealers = {
    shell: dealer(shellPort, identity),
    control: dealer(controlPort, identity),
    stdin: dealer(stdinPort, identity),
  };
  const iopub = new Subscriber({ receiveHighWaterMark: 0, reconnectInterval: 10 });
  iopub.connect(`tcp://127.0.0.1:${iopubPort}`);
  iopub.subscribe();
  const listeners = new Set<Listener>();
  const listen = async (socket: AsyncIterable<Buffer[]>) => {
    for await (const frames of socket) for (const listener of [...listeners]) listener(decode(frames, KEY));
  };
  for (const socket of [dealers.shell, dealers.control, iopub]) void listen(socket).catch(() => {});
  const sends = new Map<Dealer, Promise<void>>();
  const post = (socket: Dealer, frames: (string | Buffer | Uint8Array)[]) => {
    const sent = (sends.get(socket) ?? Promise.resolve()).then(() => socket.send(frames));
    sends.set(socket, sent);
    return sent;
  };
  const client: Client = {
    process: kernel,
    log: () => log,
    send: (type, content, { channel = 'shell', buffers, metadata } = {}) => {
      const frames = encode({ type, content, buffers, metadata }, { session, key: KEY });
      void post(dealers[channel], frames);
      return JSON.parse(String(frames[2])).msg_id;
    },
    sendRaw: (channel, frames) => post(dealers[channel], frames),
    next: (test) =>
      new Promise((resolve) => {
        const listener: Listener = (message) => {
          if (!test(message)) return;
          listeners.delete(listener);
          resolve(message);
        };
        listeners.add(listener);
      }),
    request: (type, content = {}, options) => collect(client, listeners, type, content, options),
    execute: (code, content = {}) =>
      collect(client, listeners, 'execute_request', { ...EXECUTE, code, ...content }, undefined),
    close: async () => {
      const gone = new Promise((resolve) => kernel.once('exit', resolve));
      if (kernel.exitCode === null && kernel.signalCode === null) {
        kernel.kill('SIGKILL');
        await gone;
      }
      for (const socket of [...Object.values(dealers), iopub]) socket.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  void answerInputs(dealers.stdin, client, (frames) => post(dealers.stdin, frames), session).catch(() => {});
  await greet(client);
  return client;
}

/** Subscriptions take a moment: asks, one question at a time, until an answer comes on iopub too. */
async function greet(client: Client): Promise<void> {
  let isHeard = false;
  void client.next(({ header }) => header.msg_type === 'status').then(() => (isHeard = true));
  while (!isHeard) {
    const replied = client.next(({ header }) => header.msg_type === 'kernel_info_reply');
    client.send('kernel_info_request', {});
    await replied;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const EXECUTE = {
  silent: false,
  store_history: true,
  user_expressions: {},
  allow_stdin: true,
  stop_on_error: true,
};

function dealer(port: number, routingId: string): Dealer {
  const socket = new Dealer({ routingId, linger: 0, sendHighWaterMark: 0, reconnectInterval: 10 });
  socket.connect(`tcp://127.0.0.1:${port}`);
  return socket;
}

/** Gathers what answers one request, until its reply and its idle have both come. */
function collect(
  client: Client,
  listeners: Set<Listener>,
  type: string,
  content: object,
  options?: SendOptions,
): Promise<Answer> {
  return new Promise((resolve) => {
    const answer: Answer = { reply: undefined, output: [], printed: '' };
    let isIdle = false;
    let id = '';
    const listener: Listener = (message) => {
      if (message.parent.msg_id !== id) return;
      const { msg_type } = message.header;
      if (msg_type === 'status') isIdle ||= message.content.execution_state === 'idle';
      else if (msg_type.endsWith('_reply')) answer.reply = message.content;
      else answer.output.push(message);
      if (msg_type === 'stream') answer.printed += message.content.text;
      if (msg_type === 'execute_result') answer.result = message.content.data['text/plain'];
      const hasReply = !type.endsWith('_request') || answer.reply !== undefined;
      if (!isIdle || !hasReply) return;
      listeners.delete(listener);
      resolve(answer);
    };
    listeners.add(listener);
    id = client.send(type, content, options);
  });
}

async function answerInputs(
  stdin: Dealer,
  client: Client,
  post: (frames: (string | Buffer | Uint8Array)[]) => Promise<void>,
  session: string,
): Promise<void> {
  for await (const frames of stdin) {
    const { content, header } = decode(frames as Buffer[], KEY);
    const value = client.onInput?.(content.prompt, content.password) ?? '';
    await post(encode({ type: 'input_reply', content: { value }, parent: header }, { session, key: KEY }));
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
