import type { Matrix } from '../numeric/matrix.js';
import type { DenseLayer, DenseNetwork } from '../numeric/network.js';
import { type Arena, arena, padded } from '../numeric/wasm/arena.js';
import { activationNumber } from '../numeric/wasm/network.js';
import { type ShapleyKernels, shapleyKernels } from '../numeric/wasm/shapley.js';
import { conditionalWeights } from './conditional.js';
import { gaussianCompletion } from './gaussian.js';

/** Some coalitions of a network's game, for one thread. */
export interface NetworkTask {
  /** The last layer holds the explained output alone, unless it is a softmax. */
  readonly network: DenseNetwork;
  readonly output: number;
  readonly rows: Matrix;
  readonly background: Matrix;
  /** count × g. */
  readonly members: Uint8Array;
  readonly ofColumn: Int32Array;
  readonly groups: number;
  /** Of the conditional expectation; absent for the marginal one. */
  readonly bandwidth?: number;
  /** Whether unknown columns follow the known ones as normal columns do. */
  readonly gaussian?: boolean;
}

const TILE = 32;
const LAYER_WORDS = 5;

/** v(S) for each row and each of the task's coalitions: n × count. */
export function networkValues(task: NetworkTask): Float64Array {
  const game = prepare(task);
  const { rows, members, groups, background } = task;
  const count = members.length / groups;
  const values = new Float64Array(rows.rows * count);
  const weigh =
    task.bandwidth === undefined
      ? undefined
      : conditionalWeights(rows, background, members, task.ofColumn, groups, task.bandwidth);
  const complete = task.gaussian ? gaussianCompletion(rows, background, task.ofColumn) : undefined;
  for (let c = 0; c < count; c++) {
    const known = Int32Array.from(task.ofColumn, (g) => members[c * groups + g]);
    if (weigh) for (let i = 0; i < rows.rows; i++) game.weights.set(weigh(c, i), i * background.rows);
    const completed = complete?.(members.subarray(c * groups, (c + 1) * groups));
    const v = completed ? game.sums(completed.background, completed.rows) : game.evaluate(known);
    for (let i = 0; i < rows.rows; i++) values[i * count + c] = v[i];
  }
  return values;
}

interface Game {
  /** Weights of the background rows, for each explained row where they are conditional. */
  readonly weights: Float64Array;
  evaluate(known: Int32Array): Float64Array;
  /** The mean output for each row, added to each background row. */
  sums(background: Matrix, rows: Matrix): Float64Array;
}

function prepare({ network, output, rows, background, bandwidth }: NetworkTask): Game {
  const memory = arena();
  const kernels = shapleyKernels(memory);
  const [first, ...rest] = network;
  const width = padded(first.outputs);
  const widest = Math.max(...network.map((layer) => padded(layer.outputs)));
  const at = {
    firstWeights: putWeights(memory, first),
    layers: putLayers(memory, rest),
    xs: memory.allocate(Math.max(rows.rows, background.rows) * first.inputs),
    P: memory.allocate(background.rows * width),
    Q: memory.allocate(rows.rows * width),
    weights: memory.allocate(2 * background.rows * (bandwidth === undefined ? 1 : rows.rows)),
    scratch: memory.allocate(2 * TILE * widest + 2 * TILE * Math.ceil(widest / 64)),
    V: memory.allocate(2 * rows.rows),
  };
  const doubles = (address: number, length: number) =>
    new Float64Array(memory.memory.buffer, address, length);
  const weightRows = bandwidth === undefined ? 1 : rows.rows;
  const weights = doubles(at.weights, background.rows * weightRows).fill(1 / background.rows);
  const stride = bandwidth === undefined ? 0 : 8 * background.rows;
  const V = doubles(at.V, rows.rows);

  const evaluate = (known: Int32Array): Float64Array =>
    sums(only(background, known, 0), only(rows, known, 1));

  function sums(background: Matrix, rows: Matrix): Float64Array {
    firstSums(kernels, memory, at, background, at.P, first);
    addBias(memory.floats(at.P, background.rows * width), first.bias, width);
    firstSums(kernels, memory, at, rows, at.Q, first);
    kernels.meanOutputs(
      ...([at.P, background.rows, at.Q, rows.rows, width, kindOf(first)] as const),
      ...([at.layers, rest.length, network.at(-1)!.outputs] as const),
      ...([at.weights, stride, at.scratch, widest, output, at.V, 8] as const),
    );
    return V;
  }
  return { weights, evaluate, sums };
}

/** Softmax has no number among the kernels' activations: −1, as in assembly/shapley.ts. */
const kindOf = (layer: DenseLayer): number => activationNumber(layer.activation);

/** Weights with rows padded to a multiple of 4 outputs, and `inputs` rows padded likewise. */
function putWeights(memory: Arena, { inputs, outputs, weights }: DenseLayer): number {
  const ld = padded(outputs);
  const address = memory.allocate(padded(inputs) * ld);
  const W = memory.floats(address, padded(inputs) * ld);
  for (let k = 0; k < inputs; k++) W.set(weights.subarray(k * outputs, (k + 1) * outputs), k * ld);
  return address;
}

/** The weights of a single output, one after another. */
function putColumn(memory: Arena, { inputs, weights }: DenseLayer): number {
  const address = memory.allocate(padded(inputs));
  memory.floats(address, inputs).set(weights);
  return address;
}

/** The layers after the first; the last one has a single output, unless it is a softmax. */
function putLayers(memory: Arena, layers: readonly DenseLayer[]): number {
  const words = layers.flatMap((layer, l) => {
    const single = l === layers.length - 1 && layer.activation !== 'softmax';
    const W = single ? putColumn(memory, layer) : putWeights(memory, layer);
    const bias = memory.allocate(padded(layer.outputs));
    memory.floats(bias, layer.outputs).set(layer.bias);
    return [kindOf(layer), padded(layer.inputs), padded(layer.outputs), W, bias];
  });
  const table = memory.allocate(layers.length * LAYER_WORDS);
  memory.integers(table, words.length).set(words);
  return table;
}

/** X with zeros in the columns that are known (side 0) or not (side 1). */
const only = (X: Matrix, known: Int32Array, side: number): Matrix => ({
  ...X,
  data: X.data.map((x, o) => (known[o % X.cols] === side ? x : 0)),
});

/** `X W`, in single precision. */
function firstSums(
  kernels: ShapleyKernels,
  memory: Arena,
  at: { xs: number; firstWeights: number },
  X: Matrix,
  out: number,
  { inputs, outputs }: DenseLayer,
): void {
  const width = padded(outputs);
  memory.floats(at.xs, X.rows * inputs).set(X.data);
  kernels.matmul(
    ...([at.xs, inputs, 1, at.firstWeights, width] as const),
    ...([out, width, X.rows, width, inputs] as const),
  );
}

function addBias(P: Float32Array, bias: Float32Array, width: number): void {
  for (let o = 0; o < P.length; o += width) for (let j = 0; j < bias.length; j++) P[o + j] += bias[j];
}
