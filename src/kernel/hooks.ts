import type { CommContent, MimeBundle } from './execution/messages.js';

/** What the library's display and widget functions need from a running kernel. */
export interface KernelHooks {
  /** Shows a value in the cell that runs; `update` replaces what was shown under `id`. */
  display(value: unknown, options?: { id?: string; update?: boolean; metadata?: object }): void;
  clearOutput(wait: boolean): void;
  input(prompt: string, password: boolean): Promise<string>;
  /** Aborted when the user interrupts the cell that asks. */
  signal(): AbortSignal;
  /** The MIME bundle that `display` would send. */
  bundle(value: unknown): MimeBundle;
  /** The Jupyter message that the running code answers. */
  parentId(): string;
  comms: Comms;
}

/** Two-way connections to the front end. */
export interface Comms {
  open(target: string, data: object, options?: CommOptions): Comm;
  /** Called with each connection that the front end opens to `target`. */
  register(
    target: string,
    onOpen: (comm: Comm, data: CommContent['data'], buffers: Uint8Array[]) => unknown,
  ): void;
}

export interface Comm {
  readonly id: string;
  readonly target: string;
  onMessage?: (data: CommContent['data'], buffers: Uint8Array[]) => unknown;
  onClose?: () => unknown;
  send(data: object, options?: CommOptions): void;
  close(): void;
}

export interface CommOptions {
  metadata?: object;
  buffers?: readonly Uint8Array[];
}

const KEY = Symbol.for('nurdle.kernel');

/** The kernel this code runs in, or undefined in a plain Node program. */
export function kernelHooks(): KernelHooks | undefined {
  return (globalThis as Record<symbol, KernelHooks | undefined>)[KEY];
}

/** Called once by the execution child. */
export function setKernelHooks(hooks: KernelHooks): void {
  (globalThis as Record<symbol, KernelHooks | undefined>)[KEY] = hooks;
}
