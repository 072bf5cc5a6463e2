import type { Activation } from '../network.js';
import type { Arena } from './arena.js';
import { loadKernels } from './load.js';

/** A byte address in an arena. */
export type Pointer = number;

/** Activations that work number by number, in the order of the kernels' numbering; softmax works on rows. */
const ACTIVATIONS: readonly Activation[] = [
  ...(['linear', 'relu', 'sigmoid', 'tanh', 'elu'] as const),
  ...([
    'selu',
    'softplus',
    'swish',
    'gelu',
    'leakyRelu',
    'relu6',
    'hardSigmoid',
    'softsign',
    'mish',
  ] as const),
];

/** The kernels' number of an activation. */
export const activationNumber = (activation: Activation): number => ACTIVATIONS.indexOf(activation);

/** What assembly/network.ts exports; see there for the formulas. `ld` is a row length in floats, a multiple of 4. */
export interface NetworkKernels {
  matmul(
    ...args: [
      ...a: [A: Pointer, rowStride: number, colStride: number],
      ...b: [B: Pointer, ldb: number],
      ...c: [C: Pointer, ldc: number],
      ...sizes: [M: number, N: number, K: number],
    ]
  ): void;
  multiplyRows(
    ...args: [
      ...data: [A: Pointer, lda: number, B: Pointer, ldb: number, C: Pointer, ldc: number],
      ...sizes: [n: number, N: number, K: number, masks: Pointer],
    ]
  ): void;
  weightGradient(
    ...args: [
      ...data: [X: Pointer, ldx: number, G: Pointer, ldg: number, C: Pointer],
      ...sizes: [n: number, N: number, K: number, masks: Pointer, scratch: Pointer, sparse: number],
    ]
  ): void;
  transpose(W: Pointer, ldw: number, T: Pointer, ldt: number, rows: number, cols: number): void;
  columnSums(D: Pointer, out: Pointer, n: number, ld: number): void;
  gather(X: Pointer, indices: Pointer, out: Pointer, n: number, ld: number): void;
  gatherWeights(weights: Pointer, indices: Pointer, out: Pointer, n: number): void;
  multiply(A: Pointer, B: Pointer, length: number): void;
  activate(
    ...args: [
      ...what: [kind: number, Y: Pointer, bias: Pointer, D: Pointer, n: number, ld: number],
      ...dropout: [threshold: number, scale: number, state: Pointer],
    ]
  ): void;
  infer(kind: number, Y: Pointer, bias: Pointer, n: number, ld: number): void;
  softmax(Z: Pointer, bias: Pointer, n: number, cols: number, ld: number): void;
  binaryCrossentropy: LossKernel;
  categoricalCrossentropy: LossKernel;
  /** `setting` is the focusing parameter γ. */
  binaryFocal: LossKernel;
  /** `setting` is the focusing parameter γ. */
  categoricalFocal: LossKernel;
  /** `setting` is Huber's δ; ∞ gives the squared error. */
  residualLoss: LossKernel;
  normalise(
    ...args: [
      ...data: [X: Pointer, Y: Pointer, hat: Pointer, inverse: Pointer],
      ...weights: [gamma: Pointer, beta: Pointer, mean: Pointer, variance: Pointer],
      ...sizes: [n: number, ld: number, epsilon: number, momentum: number],
    ]
  ): void;
  normaliseBack(
    ...args: [
      ...data: [G: Pointer, hat: Pointer, inverse: Pointer, gamma: Pointer],
      ...out: [gGamma: Pointer, gBeta: Pointer, GX: Pointer, n: number, ld: number],
    ]
  ): void;
  affine(X: Pointer, Y: Pointer, a: Pointer, b: Pointer, n: number, ld: number): void;
  foldNorm(
    ...args: [
      ...weights: [gamma: Pointer, beta: Pointer, mean: Pointer, variance: Pointer],
      ...out: [a: Pointer, b: Pointer, ld: number, epsilon: number],
    ]
  ): void;
  adamStep(
    ...args: [
      ...state: [P: Pointer, G: Pointer, M: Pointer, V: Pointer, length: number, powers: Pointer],
      ...settings: [rate: number, beta1: number, beta2: number, epsilon: number, decay: number],
    ]
  ): void;
  descend(
    ...args: [
      ...state: [P: Pointer, G: Pointer, V: Pointer, length: number],
      ...settings: [rate: number, momentum: number, nesterov: number],
    ]
  ): void;
  pull(G: Pointer, P: Pointer, towards: Pointer, length: number, strength: number): void;
  clip(G: Pointer, length: number, limit: number): void;
  sumSquares(G: Pointer, length: number, sum: Pointer, first: number): void;
  shorten(G: Pointer, length: number, sum: Pointer, most: number): void;
  /** Runs a program (see program.ts) over batches of n rows; returns the losses times the rows. */
  run(program: Pointer, count: number, times: number, from: number, n: number): number;
  /** e to the power of a double, with the bits of `exp` in elementary.ts. */
  exp1(x: number): number;
  /** Natural logarithm of a normal double, with the bits of `log` in elementary.ts. */
  log1(x: number): number;
}

/** The weighted sum of the rows' losses; gradients go to G. */
export type LossKernel = (
  ...args: [
    ...data: [Z: Pointer, T: Pointer, weights: Pointer, G: Pointer],
    ...sizes: [n: number, cols: number, ld: number, setting: number],
  ]
) => number;

/** The kernels of feed-forward networks, working on an arena. */
export const networkKernels = (arena: Arena): NetworkKernels => loadKernels('network', arena);
