import type { Activation } from '../../numeric/network.js';
import { type Arena, padded } from '../../numeric/wasm/arena.js';
import { activationNumber, type Pointer } from '../../numeric/wasm/network.js';
import type { Operations } from '../../numeric/wasm/program.js';

/** What follows a stage's sums: bias, activation and dropout in one pass over the numbers. */
export interface Epilogue {
  forward(Y: Pointer, bias: Pointer, n: number): void;
  infer(Y: Pointer, bias: Pointer, n: number): void;
  /** The gradient of the sums from that of the outputs, in place. */
  backward(G: Pointer, n: number): void;
}

export interface EpilogueOptions {
  readonly activation: Activation;
  /** Share of the numbers to drop, to the nearest of 1 / 65,536. */
  readonly dropout: number;
  readonly cols: number;
  /** Most rows at once. */
  readonly rows: number;
  /** Four words that start the random stream of dropout, none of them zero. */
  readonly state: ArrayLike<number>;
}

/** An epilogue with its derivatives and its dropout's random state in the arena. */
export function epilogue(room: Arena, kernels: Operations, options: EpilogueOptions): Epilogue {
  const { activation, dropout, cols, rows } = options;
  const ld = padded(cols);
  const kind = activationNumber(activation);
  const plain = activation === 'linear' && dropout === 0;
  const derivative = plain ? 0 : room.allocate(rows * ld);
  const state = room.allocate(4);
  room.integers(state, 4).set(options.state);
  const threshold = Math.round(dropout * 65536);
  const scale = 65536 / (65536 - threshold);
  return {
    forward(Y, bias, n) {
      if (plain) kernels.infer(kind, Y, bias, n, ld);
      else kernels.activate(kind, Y, bias, derivative, n, ld, threshold, scale, state);
    },
    infer: (Y, bias, n) => kernels.infer(kind, Y, bias, n, ld),
    backward(G, n) {
      if (!plain) kernels.multiply(G, derivative, n * ld);
    },
  };
}
