import type { TaskStore } from './store.js';
import type { Task } from './task.js';
import type { Worked } from './work.js';

export interface ExecuteOptions {
  /** Stops the work; what is stored stays. */
  readonly signal?: AbortSignal;
  /** Called with a task's key when it begins, by executors that know. */
  readonly onStart?: (key: string) => void;
  /** Called when a task has a result or has failed. */
  readonly onTask?: (worked: Worked) => void;
}

/**
 * Who works tasks off: worker threads here, a cluster's scheduler elsewhere. Results go into the store, and the store
 * alone is believed.
 */
export interface Executor {
  readonly name: string;
  /**
   * Returns when every task has a result or a failure in the store; a task that fails does not stop the others.
   * @param waves - the tasks of a wave are independent of each other; what they need is in the store, or in a wave
   * before theirs.
   * @throws the signal's reason when aborted.
   */
  execute(waves: readonly (readonly Task[])[], store: TaskStore, options: ExecuteOptions): Promise<void>;
}
