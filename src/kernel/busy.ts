import type { Kernel } from './kernel.js';
import type { Header } from './protocol/wire.js';

/** Publishes busy before and idle after, with the request as the parent. */
export async function busy(kernel: Kernel, parent: Header, f: () => Promise<void>): Promise<void> {
  const { publish } = kernel.sockets;
  publish({ type: 'status', content: { execution_state: 'busy' }, parent });
  await f();
  publish({ type: 'status', content: { execution_state: 'idle' }, parent });
  kernel.tidy();
}
