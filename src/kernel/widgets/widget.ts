import { inspect } from 'node:util';
import { type Comm, kernelHooks } from '../hooks.js';
import { forgetModel, registerModel } from './registry.js';
import { packState, unpackState } from './state.js';

/** Module, version and class names by which a front end finds a widget's model and view. */
export interface ModelNames {
  _model_module: string;
  _model_module_version: string;
  _model_name: string;
  _view_module: string | null;
  _view_module_version: string;
  _view_name: string | null;
}

type Listener = (value: never, previous: never) => unknown;

/**
 * A widget: named state that the kernel and the front end share. A change on one side is sent to the other;
 * listeners run for changes that the front end makes and for those made here with `set`.
 */
export class Widget<S extends object = Record<string, unknown>> {
  /** The front end's name for this model. */
  readonly modelId: string;
  protected readonly values: S;
  private readonly comm?: Comm;
  private readonly listeners = new Map<PropertyKey, Set<Listener>>();
  private readonly messageListeners = new Set<(content: never, buffers: Uint8Array[]) => unknown>();

  /** @param state - all fields, and the module and class names of the model. */
  constructor(state: S & ModelNames) {
    this.values = { ...state };
    const { state: data, paths, buffers } = packState(this.values);
    this.comm = kernelHooks()?.comms.open(
      'jupyter.widget',
      { state: data, buffer_paths: paths },
      { metadata: { version: '2.1.0' }, buffers },
    );
    this.modelId = this.comm?.id ?? `detached-${Math.random().toString(36).slice(2)}`;
    if (this.comm) this.comm.onMessage = (message, received) => this.receive(message, received);
    registerModel(this);
  }

  get<K extends keyof S>(key: K): S[K] {
    return this.values[key];
  }

  /** Changes fields, tells the front end, then calls the listeners of what changed. */
  set(patch: Partial<S>): this {
    this.send('update', patch);
    this.apply(patch);
    return this;
  }

  /** Calls `listener` with the new and the old value of a field; returns what ends that. */
  on<K extends keyof S>(key: K, listener: (value: S[K], previous: S[K]) => unknown): () => void {
    const listeners = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, listeners.add(listener as Listener));
    return () => void listeners.delete(listener as Listener);
  }

  /** Calls `listener` with the name of every field that changes. */
  observe(listener: (key: keyof S, value: unknown) => unknown): () => void {
    const ends = (Object.keys(this.values) as (keyof S)[]).map((key) =>
      this.on(key, (value) => listener(key, value)),
    );
    return () => ends.forEach((end) => void end());
  }

  /** Calls `listener` with messages that the front end sends beside the state. */
  onMessage(listener: (content: never, buffers: Uint8Array[]) => unknown): () => void {
    this.messageListeners.add(listener);
    return () => void this.messageListeners.delete(listener);
  }

  /** Sends a message beside the state; typed arrays go as bytes. */
  sendMessage(content: object, buffers: readonly Uint8Array[] = []): void {
    this.comm?.send({ method: 'custom', content }, { buffers });
  }

  /** Removes the widget from the front end. */
  close(): void {
    this.comm?.close();
    forgetModel(this);
  }

  /** All fields, for a front end that starts anew. */
  snapshot(): S {
    return this.values;
  }

  [Symbol.for('Jupyter.display')](): Record<string, unknown> {
    return {
      'application/vnd.jupyter.widget-view+json': {
        version_major: 2,
        version_minor: 0,
        model_id: this.modelId,
      },
      'text/plain': this.text(),
    };
  }

  [inspect.custom](): string {
    return this.text();
  }

  private text(): string {
    const shown = Object.entries(this.values).filter(([key]) => SHOWN.includes(key));
    return `${this.constructor.name}(${shown.map(([key, value]) => `${key}: ${inspect(value)}`).join(', ')})`;
  }

  private receive(message: Record<string, unknown>, buffers: Uint8Array[]): unknown {
    const { method, state, buffer_paths: paths = [], content } = message as unknown as WidgetMessage;
    if (method === 'request_state') return this.send('update', this.values);
    if (method === 'custom')
      return Promise.all([...this.messageListeners].map((listener) => listener(content as never, buffers)));
    if (method !== 'update') return undefined;
    const patch = unpackState(state, paths, buffers) as Partial<S>;
    // The front end waits for the echo before it shows what somebody else sets.
    this.send('echo_update', patch);
    return this.apply(patch);
  }

  private send(method: string, patch: object): void {
    const { state, paths, buffers } = packState(patch);
    this.comm?.send({ method, state, buffer_paths: paths }, { buffers });
  }

  private apply(patch: Partial<S>): Promise<unknown> {
    const previous = { ...this.values };
    Object.assign(this.values, patch);
    const calls = (Object.keys(patch) as (keyof S)[]).flatMap((key) =>
      [...(this.listeners.get(key) ?? [])].map((listener) =>
        listener(patch[key] as never, previous[key] as never),
      ),
    );
    return Promise.all(calls);
  }
}

const SHOWN = ['description', 'value', 'min', 'max', 'index'];

interface WidgetMessage {
  method: string;
  state: Record<string, unknown>;
  buffer_paths?: (string | number)[][];
  content?: unknown;
}
