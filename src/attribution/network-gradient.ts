import type { Matrix } from '../numeric/matrix.js';
import type { DenseLayer, DenseNetwork } from '../numeric/network.js';
import { type Arena, arena, padded } from '../numeric/wasm/arena.js';
import { activationNumber, type NetworkKernels, networkKernels } from '../numeric/wasm/network.js';
import { checkChain, onlyOutput } from './network-output.js';

/** A model that can tell how its prediction changes with each column. */
export interface Differentiable {
  predict(rows: Matrix): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** n × d derivatives of each row's prediction. */
  gradient(rows: Matrix): Matrix | Promise<Matrix>;
}

/** One layer in an arena: weights both ways round, and what a batch leaves behind. */
interface Stage {
  readonly kind: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly classes: number;
  readonly W: number;
  readonly transposed: number;
  readonly bias: number;
  /** Activations, their slopes, and the gradient that reaches them: batch × outputs. */
  readonly Y: number;
  readonly slope: number;
  readonly G: number;
}

const SOFTMAX = -1;

/**
 * One output of a dense network with its gradient, in single precision: forward, then back through the same kernels
 * that train it.
 * @param batch - rows at a time.
 */
export function networkGradient(network: DenseNetwork, output?: number, batch = 256): Differentiable {
  const { network: layers, output: chosen } = onlyOutput(network, output);
  checkChain(layers, layers[0].inputs);
  const memory = arena();
  const kernels = networkKernels(memory);
  const stages = layers.map((layer) => stage(memory, kernels, layer, batch));
  const width = stages[0].inputs;
  const X = memory.allocate(batch * width);
  const GX = memory.allocate(batch * width);
  const last = stages[stages.length - 1];

  function each(rows: Matrix, use: (from: number, m: number) => void): void {
    for (let from = 0; from < rows.rows; from += batch) {
      const m = Math.min(batch, rows.rows - from);
      const x = memory.floats(X, m * width);
      for (let i = 0; i < m; i++)
        for (let j = 0; j < rows.cols; j++) x[i * width + j] = rows.data[(from + i) * rows.cols + j];
      ahead(kernels, stages, X, m);
      use(from, m);
    }
  }

  return {
    predict(rows) {
      const out = new Float64Array(rows.rows);
      each(rows, (from, m) => {
        const Y = memory.floats(last.Y, m * last.outputs);
        for (let i = 0; i < m; i++) out[from + i] = Y[i * last.outputs + chosen];
      });
      return out;
    },
    gradient(rows) {
      const data = new Float64Array(rows.data.length);
      each(rows, (from, m) => {
        start(memory, last, chosen, m);
        back(kernels, stages, GX, m);
        const gx = memory.floats(GX, m * width);
        for (let i = 0; i < m; i++)
          for (let j = 0; j < rows.cols; j++) data[(from + i) * rows.cols + j] = gx[i * width + j];
      });
      return { ...rows, data };
    },
  };
}

function stage(memory: Arena, kernels: NetworkKernels, layer: DenseLayer, batch: number): Stage {
  const inputs = padded(layer.inputs);
  const outputs = padded(layer.outputs);
  const at = {
    W: memory.allocate(inputs * outputs),
    transposed: memory.allocate(inputs * outputs),
    bias: memory.allocate(outputs),
    Y: memory.allocate(batch * outputs),
    slope: memory.allocate(batch * outputs),
    G: memory.allocate(batch * outputs),
  };
  const W = memory.floats(at.W, inputs * outputs);
  for (let k = 0; k < layer.inputs; k++)
    W.set(layer.weights.subarray(k * layer.outputs, (k + 1) * layer.outputs), k * outputs);
  memory.floats(at.bias, layer.outputs).set(layer.bias);
  kernels.transpose(at.W, outputs, at.transposed, inputs, inputs, outputs);
  return { kind: activationNumber(layer.activation), inputs, outputs, classes: layer.outputs, ...at };
}

function ahead(kernels: NetworkKernels, stages: readonly Stage[], X: number, m: number): void {
  let from = X;
  for (const { kind, inputs, outputs, classes, W, bias, Y, slope } of stages) {
    kernels.matmul(from, inputs, 1, W, outputs, Y, outputs, m, outputs, inputs);
    if (kind === SOFTMAX) kernels.softmax(Y, bias, m, classes, outputs);
    else kernels.activate(kind, Y, bias, slope, m, outputs, 0, 1, bias);
    from = Y;
  }
}

/** The gradient at the last sums: the slope, or for a softmax `p_c (δ_cj − p_j)`. */
function start(memory: Arena, { kind, outputs, Y, slope, G }: Stage, chosen: number, m: number): void {
  const g = memory.floats(G, m * outputs);
  if (kind !== SOFTMAX) {
    g.set(memory.floats(slope, m * outputs));
    return;
  }
  const y = memory.floats(Y, m * outputs);
  for (let o = 0; o < m * outputs; o++) {
    const row = o - (o % outputs);
    g[o] = y[row + chosen] * (Number(o - row === chosen) - y[o]);
  }
}

function back(kernels: NetworkKernels, stages: readonly Stage[], GX: number, m: number): void {
  for (let l = stages.length - 1; l >= 0; l--) {
    const { inputs, outputs, transposed, G } = stages[l];
    const before = stages[l - 1];
    const to = before ? before.G : GX;
    kernels.matmul(G, outputs, 1, transposed, inputs, to, inputs, m, inputs, outputs);
    if (before) kernels.multiply(before.G, before.slope, m * inputs);
  }
}
