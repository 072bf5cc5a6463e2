import { randomUUID } from 'node:crypto';
import { Publisher, Reply, Router } from 'zeromq';
import { PacedOutput } from '../output/paced.js';
import { address, type Connection } from './connection.js';
import { decode, encode, type Message, type Outgoing } from './wire.js';

export type Channel = 'shell' | 'control' | 'stdin';

/** The five sockets of a kernel, bound. */
export interface Sockets {
  /** Broadcasts on iopub; messages leave in the order of the calls, none faster than Jupyter Server takes them. */
  publish(message: Outgoing): void;
  /** What is held back of the messages on iopub. */
  readonly output: PacedOutput;
  /** Sends to the peer that sent `request`, on the channel that it came from (or on another). */
  reply(channel: Channel, request: Pick<Message, 'header' | 'identities'>, message: Outgoing): void;
  /** Waits until what was sent so far, held back or not, has been handed to ZeroMQ. */
  flush(): Promise<void>;
  close(): void;
}

export interface SocketsOptions {
  onMessage(channel: Channel, message: Message): void;
  /** Told of every message that could not be read; the kernel goes on. */
  log(line: string): void;
  /** Called with true when much output waits to be sent, then with false. */
  onPressure(isHigh: boolean): void;
}

/** Binds all ports of `connection` and hands each message that is well formed and signed to `onMessage`. */
export async function openSockets(connection: Connection, options: SocketsOptions): Promise<Sockets> {
  // A publisher drops what exceeds its high-water mark: no limit, so that no line of output is lost.
  const iopub = new Publisher({ sendHighWaterMark: 0, linger: 1000 });
  const routers = { shell: router(), control: router(), stdin: router() };
  const heartbeat = new Reply({ linger: 0 });
  await Promise.all([
    iopub.bind(address(connection, connection.iopub_port)),
    routers.shell.bind(address(connection, connection.shell_port)),
    routers.control.bind(address(connection, connection.control_port)),
    routers.stdin.bind(address(connection, connection.stdin_port)),
    heartbeat.bind(address(connection, connection.hb_port)),
  ]);
  for (const channel of ['shell', 'control', 'stdin'] as const)
    void listen(routers[channel], channel, connection.key, options);
  void echo(heartbeat);
  return senders(iopub, routers, connection.key, options);
}

const router = () => new Router({ linger: 1000, sendHighWaterMark: 0 });

async function listen(socket: Router, channel: Channel, key: string, { onMessage, log }: SocketsOptions) {
  for await (const frames of socket) {
    try {
      onMessage(channel, decode(frames, key));
    } catch (error) {
      log(`${channel}: dropped a message: ${(error as Error).message}`);
    }
  }
}

async function echo(heartbeat: Reply) {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}

type Frames = ReturnType<typeof encode>;

function senders(
  iopub: Publisher,
  routers: Record<Channel, Router>,
  key: string,
  { log, onPressure }: SocketsOptions,
): Sockets {
  const session = randomUUID();
  const queues = new Map<Publisher | Router, Promise<void>>();
  // A ZeroMQ socket takes one send at a time: each waits for the one before.
  const send = (socket: Publisher | Router, frames: Frames) => {
    const before = queues.get(socket) ?? Promise.resolve();
    queues.set(
      socket,
      before.then(() => socket.send(frames)).catch((error) => log(`could not send: ${error.message}`)),
    );
  };
  const output = new PacedOutput({
    send: (message) => send(iopub, encode(message, { session, key, identities: [message.type] })),
    onPressure,
  });
  return {
    output,
    publish: (message) => output.publish(message),
    reply: (channel, { identities, header }, message) =>
      send(routers[channel], encode({ parent: header, ...message }, { session, key, identities })),
    flush: async () => {
      output.rush();
      await Promise.all(queues.values());
    },
    close: () => {
      for (const socket of [iopub, ...Object.values(routers)]) socket.close();
    },
  };
}
