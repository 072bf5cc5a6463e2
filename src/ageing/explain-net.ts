import { integratedGradients } from '../attribution/gradients.js';
import { compileGraph } from '../graph/compile.js';
import type { CompiledNet } from '../graph/net.js';
import { initialise } from '../models/initialise.js';
import { type Matrix, matrix, row, takeRows } from '../numeric/matrix.js';
import { columnMeans } from '../numeric/statistics.js';
import type { AgeingModel } from './model.js';
import { GRID, POINTS_PER_TOKEN } from './nets/branches.js';
import { LOOKS } from './nets/net.js';
import { predictAgeing } from './predict.js';
import { averagedAxis, CHANNELS, prepare } from './prepare.js';
import type { CrossAttention, Localised, PairProbe } from './probe.js';
import type { AgeingSamples } from './samples.js';
import { packAgeing, unpackAgeing } from './store.js';
import { inputsOf } from './train.js';

/** Layers whose channels Grad-CAM weighs: the last convolution of each side. */
const LAST = { image: 'image_3_sum', spectrum: 'spectrum_3_relu' } as const;

/** A probe that holds a compiled net. */
export interface NetProbe extends PairProbe {
  /** Ends the net and frees its memory; the model stays. */
  dispose(): void;
}

/**
 * A fused model as attribution asks it.
 * @throws TypeError for a model of another kind: only the fused one has attention to look at.
 */
export async function compileAgeing(model: AgeingModel): Promise<NetProbe> {
  if (model.kind !== 'fused')
    throw new TypeError(
      `model must be fused to be asked for cross-attention, but is "${model.kind}"; train one of kind "fused"`,
    );
  const loss = model.net.outputs.map(() => 'sparseCategoricalCrossentropy' as const);
  const net = await compileGraph(model.net, { loss });
  const axis = averagedAxis(model.wavenumbers, model.points);
  const tokens = tokenRanges(axis);
  const inputs = (rows: Matrix) => inputsOf(prepare(samplesOf(model, rows), model.points), model.kind);
  return {
    ...{ types: model.classes, size: model.size, wavenumbers: model.wavenumbers, grid: GRID, tokens },
    probabilities: (rows) => firstOutput(net, inputs(rows)),
    features: (rows) => predictAgeing(model, samplesOf(model, rows)).features,
    attention: (rows) => crossAttention(net, inputs(rows), rows.rows),
    pathGradients: (rows, types, background, { steps, signal }) =>
      pathGradients(net, model.size, tokens.length, inputs(rows), types, inputs(background), {
        steps,
        signal,
      }),
    gradCam: (rows, types) => ({
      patches: camOf(net, inputs(rows), LAST.image, types, rows.rows, GRID * GRID),
      tokens: camOf(net, inputs(rows), LAST.spectrum, types, rows.rows, tokens.length),
    }),
    dispose: () => net.dispose(),
  };
}

/**
 * The same architecture with fresh weights: the control of attributions (Adebayo et al. 2018, arXiv:1810.03292).
 * @param seed - of the weights.
 */
export async function randomisedAgeing(model: AgeingModel, seed: number): Promise<AgeingModel> {
  const copy = await unpackAgeing(packAgeing(model));
  return { ...copy, net: initialise(copy.net, seed) };
}

/** Samples as rows: grey values, then absorbances. */
export function rowsOf({ images, spectra, ids }: AgeingSamples): Matrix {
  const [pixels, points] = [images.size ** 2, spectra.wavenumbers.length];
  const out = matrix(ids.length, pixels + points);
  for (let i = 0; i < ids.length; i++) {
    row(out, i).set(images.values.subarray(i * pixels, (i + 1) * pixels));
    row(out, i).set(spectra.values.subarray(i * points, (i + 1) * points), pixels);
  }
  return out;
}

/** The same samples with other grey values and absorbances: `rows` as `rowsOf` gives them. */
export function withRows(samples: AgeingSamples, rows: Matrix): AgeingSamples {
  const { images, spectra } = samples;
  const pixels = images.size ** 2;
  const [values, curves] = [new Float32Array(images.values.length), new Float32Array(spectra.values.length)];
  for (let i = 0; i < rows.rows; i++) {
    values.set(row(rows, i).subarray(0, pixels), i * pixels);
    curves.set(row(rows, i).subarray(pixels), i * spectra.wavenumbers.length);
  }
  return { ...samples, images: { ...images, values }, spectra: { ...spectra, values: curves } };
}

/** Rows as samples of which nothing but the numbers is known. */
function samplesOf({ size, wavenumbers, classes }: AgeingModel, rows: Matrix): AgeingSamples {
  const n = rows.rows;
  const [pixels, points] = [size * size, wavenumbers.length];
  if (rows.cols !== pixels + points)
    throw new RangeError(
      `rows must have ${pixels} pixels and ${points} points, but have ${rows.cols} columns`,
    );
  const names = Array.from({ length: n }, (_, i) => `row ${i}`);
  const present = new Uint8Array(n).fill(1);
  const blank: AgeingSamples = {
    ...{ ids: names, particles: names, batches: names, polymers: names.map(() => ''), classes },
    types: new Int32Array(n).fill(-1),
    images: {
      size,
      values: new Float32Array(n * pixels),
      present,
      micronsPerPixel: new Float64Array(n).fill(Number.NaN),
    },
    spectra: { wavenumbers, values: new Float32Array(n * points), present },
    synthetic: false,
  };
  return withRows(blank, rows);
}

/** From the middle between a token's first point and the one before, to that behind its last. */
function tokenRanges(axis: Float64Array): [number, number][] {
  const half = (axis[1] - axis[0]) / 2;
  return Array.from({ length: Math.floor(axis.length / POINTS_PER_TOKEN) }, (_, k) => [
    axis[k * POINTS_PER_TOKEN] - half,
    axis[(k + 1) * POINTS_PER_TOKEN - 1] + half,
  ]);
}

/** The types' probabilities from the compiled net, which is several times faster than tfjs step by step. */
function firstOutput(net: CompiledNet, inputs: Float32Array[]): Matrix {
  const outputs = [net.predict(inputs, { batchSize: 64 })].flat();
  const [rows, cols] = outputs[0].shape as [number, number];
  const data = Float64Array.from(outputs[0].dataSync());
  for (const output of outputs) output.dispose();
  return { rows, cols, data };
}

/** Mean over the heads, both ways. */
function crossAttention(net: CompiledNet, inputs: Float32Array[], n: number): CrossAttention {
  return {
    toPatches: meanOverHeads(net, inputs, LOOKS.spectrum, n),
    toTokens: meanOverHeads(net, inputs, LOOKS.image, n),
  };
}

function meanOverHeads(net: CompiledNet, inputs: Float32Array[], layer: string, n: number): Matrix {
  const maps = net.attentionMaps(inputs, layer);
  const [, heads, queries, values] = maps.shape as [number, number, number, number];
  const data = maps.dataSync();
  maps.dispose();
  const width = queries * values;
  const out = matrix(n, width);
  for (let i = 0; i < n; i++)
    for (let h = 0; h < heads; h++)
      for (let k = 0; k < width; k++) out.data[i * width + k] += data[(i * heads + h) * width + k] / heads;
  return out;
}

/** A map over the places of a layer, brought to as many regions as asked: neighbours averaged. */
function camOf(
  net: CompiledNet,
  inputs: Float32Array[],
  layer: string,
  types: Int32Array,
  n: number,
  regions: number,
): Matrix {
  const map = net.gradCam(inputs, layer, { unit: types });
  const [height, width] = map.shape.length === 3 ? map.shape.slice(1) : [1, map.shape[1]!];
  const data = map.dataSync();
  map.dispose();
  const side = height > 1 ? Math.sqrt(regions) : 1;
  const [down, along] = [height > 1 ? height / side : 1, height > 1 ? width / side : width / regions];
  const out = matrix(n, regions);
  for (let i = 0; i < n; i++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const region = Math.floor(y / down) * (height > 1 ? side : 0) + Math.floor(x / along);
        if (region < regions)
          out.data[i * regions + region] += data[(i * height + y) * width + x] / (down * along);
      }
  return out;
}

async function pathGradients(
  net: CompiledNet,
  size: number,
  tokens: number,
  inputs: readonly Float32Array[],
  types: Int32Array,
  background: readonly Float32Array[],
  options: { readonly steps: number; readonly signal?: AbortSignal },
): Promise<Localised> {
  const n = types.length;
  const rows = beside(inputs, n);
  const all = beside(background, background[0].length / (size * size));
  const start = { rows: 1, cols: all.cols, data: columnMeans(all) };
  const out = { patches: matrix(n, GRID * GRID), tokens: matrix(n, tokens) };
  for (const type of new Set(types)) {
    const own = Array.from(types.keys()).filter((i) => types[i] === type);
    const probe = net.differentiable({ unit: type });
    const { values } = await integratedGradients(probe, takeRows(rows, own), start, options);
    own.forEach((i, k) => {
      addPatches(row(out.patches, i), row(values, k), size);
      addTokens(row(out.tokens, i), row(values, k).subarray(size * size));
    });
  }
  return out;
}

/** Inputs side by side, a row a sample. */
function beside(inputs: readonly Float32Array[], n: number): Matrix {
  const widths = inputs.map(({ length }) => length / n);
  const out = matrix(
    n,
    widths.reduce((a, b) => a + b, 0),
  );
  let at = 0;
  inputs.forEach((values, k) => {
    for (let i = 0; i < n; i++) row(out, i).set(values.subarray(i * widths[k], (i + 1) * widths[k]), at);
    at += widths[k];
  });
  return out;
}

function addPatches(to: Float64Array, values: Float64Array, size: number): void {
  const side = size / GRID;
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      to[Math.floor(y / side) * GRID + Math.floor(x / side)] += values[y * size + x];
}

function addTokens(to: Float64Array, values: Float64Array): void {
  const width = POINTS_PER_TOKEN * CHANNELS;
  for (let k = 0; k < to.length * width; k++) to[Math.floor(k / width)] += values[k];
}
