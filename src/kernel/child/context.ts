import { AsyncLocalStorage } from 'node:async_hooks';

/** One request under way in the child. Output, uncaught errors and interrupts find it through async hooks. */
export interface Context {
  readonly id: number;
  /** The Jupyter message that this answers. */
  readonly parentId: string;
  readonly allowStdin: boolean;
  readonly abort: AbortController;
  /** Rejects the request when it is interrupted; its code may never settle by itself. */
  fail?: (error: unknown) => void;
}

const storage = new AsyncLocalStorage<Context>();
let latest: Context = createContext(0);

export function createContext(id: number, parentId = '', allowStdin = false): Context {
  return { id, parentId, allowStdin, abort: new AbortController() };
}

/** Runs `f` so that all that it starts, timers and promises too, belongs to `context`. */
export function within<T>(context: Context, f: () => T): T {
  latest = context;
  return storage.run(context, f);
}

/** The request that the running code belongs to; for code outside of any, the latest one. */
export function currentContext(): Context {
  return storage.getStore() ?? latest;
}

/** Thrown into a cell that the user interrupts. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  constructor() {
    super('the cell was interrupted; variables are kept');
  }
}

/** Called after each await in a cell: a cell that was interrupted goes no further. */
export function step<T>(value?: T): T | undefined {
  if (storage.getStore()?.abort.signal.aborted) throw new Interrupted();
  return value;
}
