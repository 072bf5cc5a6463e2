import type * as tf from '@tensorflow/tfjs-node';
import type { Matrix } from '../numeric/matrix.js';
import type { DenseLayer, DenseNetwork } from '../numeric/network.js';
import { type Arena, arena, padded } from '../numeric/wasm/arena.js';
import {
  activationNumber,
  type NetworkKernels,
  networkKernels,
  type Pointer,
} from '../numeric/wasm/network.js';
import { foldLayers } from './fold.js';
import { readLayers } from './read-layers.js';

/**
 * A fitted model as plain data, ready to predict: dropout is gone and batch normalisation is folded into the dense
 * layers.
 * @throws TypeError when the model has a layer that is not dense, dropout, batch normalisation or an activation.
 */
export function denseNetwork(model: tf.LayersModel): DenseNetwork {
  const read = readLayers(model);
  if ('unsupported' in read)
    throw new TypeError(`model must be made of dense layers, but ${read.unsupported}; use model.predict`);
  return foldLayers(read.layers);
}

const BLOCK = 64; // rows at a time: small enough for the cache

/**
 * The network's outputs for each row, in 32-bit floats, with the same bits on every machine and whatever the other
 * rows are. A row with NaN gives NaN.
 *
 * @param X - n × d, with d the inputs of the first layer.
 * @returns n × outputs.
 * @throws RangeError when X has another number of columns.
 */
export function predict(network: DenseNetwork, X: Matrix): Matrix {
  const { inputs } = network[0];
  if (X.cols !== inputs)
    throw new RangeError(`X must have ${inputs} columns like the network's input, but has ${X.cols}`);
  const outputs = network[network.length - 1].outputs;
  const data = new Float64Array(X.rows * outputs);
  const loaded = prepare(network);
  for (let from = 0; from < X.rows; from += BLOCK) predictBlock(loaded, X, from, data);
  return { rows: X.rows, cols: outputs, data };
}

interface Prepared {
  readonly room: Arena;
  readonly kernels: NetworkKernels;
  readonly input: Pointer;
  readonly layers: readonly PreparedLayer[];
}

interface PreparedLayer {
  readonly layer: DenseLayer;
  readonly weights: Pointer;
  readonly bias: Pointer;
  readonly output: Pointer;
}

/** Networks do not change: each is copied into an arena once, for as long as it lives. */
const prepared = new WeakMap<DenseNetwork, Prepared>();

function prepare(network: DenseNetwork): Prepared {
  let found = prepared.get(network);
  if (!found) prepared.set(network, (found = load(network)));
  return found;
}

function load(network: DenseNetwork): Prepared {
  const room = arena();
  const input = room.allocate(BLOCK * padded(network[0].inputs));
  const layers = network.map((layer) => loadLayer(room, layer));
  return { room, kernels: networkKernels(room), input, layers };
}

function loadLayer(room: Arena, layer: DenseLayer): PreparedLayer {
  const { inputs, outputs } = layer;
  const ld = padded(outputs);
  const weights = room.allocate(inputs * ld);
  const bias = room.allocate(ld);
  const output = room.allocate(BLOCK * ld);
  const view = room.floats(weights, inputs * ld);
  for (let i = 0; i < inputs; i++) view.set(layer.weights.subarray(i * outputs, (i + 1) * outputs), i * ld);
  room.floats(bias, ld).set(layer.bias);
  return { layer, weights, bias, output };
}

function predictBlock(
  { room, kernels, input, layers }: Prepared,
  X: Matrix,
  from: number,
  out: Float64Array,
) {
  const n = Math.min(BLOCK, X.rows - from);
  const stride = padded(X.cols);
  const rows = room.floats(input, n * stride);
  for (let i = 0; i < n; i++)
    rows.set(X.data.subarray((from + i) * X.cols, (from + i + 1) * X.cols), i * stride);
  let value = input;
  for (const { layer, weights, bias, output } of layers) {
    const { inputs, outputs, activation } = layer;
    const ld = padded(outputs);
    kernels.matmul(value, padded(inputs), 1, weights, ld, output, ld, n, ld, inputs);
    if (activation === 'softmax') kernels.softmax(output, bias, n, outputs, ld);
    else kernels.infer(activationNumber(activation), output, bias, n, ld);
    value = output;
  }
  const { outputs } = layers[layers.length - 1].layer;
  const result = room.floats(value, n * padded(outputs));
  for (let i = 0; i < n; i++)
    out.set(result.subarray(i * padded(outputs), i * padded(outputs) + outputs), (from + i) * outputs);
}
