import { tensorflow } from '../numeric/tensorflow.js';
import type { Engine } from './engine/engine.js';
import type { Steps } from './step/steps.js';

/** Keeps the weights of a model and of its engine the same. */
export interface WeightSync {
  /** Into the engine, when the model's have been set since. */
  push(): void;
  /** Into the model. */
  pull(): void;
  /** The engine's weights. */
  read(): Float32Array[];
  /** The engine's weights in the model while something runs. */
  borrow<T>(run: () => T): T;
}

/** @param steps - whose first variables are the model's weights. */
export function weightSync(engine: Engine, { variables, weightCount }: Steps): WeightSync {
  const weights = variables.slice(0, weightCount);
  const read = () => engine.read().slice(0, weightCount);
  if (engine.kind === 'tfjs') return { push() {}, pull() {}, read, borrow: (run) => run() };
  const identities = () => weights.map(({ dataId }) => dataId);
  let known = identities();

  function put(values: readonly Float32Array[]): void {
    tensorflow().tidy(() => {
      weights.forEach((variable, i) => {
        variable.assign(tensorflow().tensor(values[i], variable.shape, variable.dtype));
      });
    });
  }

  const copies = () => weights.map((variable) => variable.dataSync().slice() as Float32Array);

  return {
    read,
    push() {
      if (identities().every((identity, i) => identity === known[i])) return;
      engine.write([...copies(), ...engine.read().slice(weightCount)]);
      known = identities();
    },
    pull() {
      put(engine.read());
      known = identities();
    },
    borrow(run) {
      const own = copies();
      put(engine.read());
      try {
        return run();
      } finally {
        put(own);
        known = identities();
      }
    },
  };
}
