import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Encoder } from '../descriptors/encoder.js';
import { featureNames } from '../descriptors/encoder.js';
import { sha256 } from '../frames/locate.js';
import type { Activation, DenseLayer, DenseNetwork } from '../numeric/network.js';
import type { Stage, ToxicityModel } from './toxicity-model.js';

/** Where the training rows came from: data set or file, with its SHA-256. */
export interface DataSource {
  readonly id: string;
  readonly sha256: string;
}

/** What a saved model says of itself, under `userDefinedMetadata.nurdle` of its model.json. */
export interface ModelCard {
  readonly format: 1;
  readonly nurdle: string;
  readonly node: string;
  readonly data: readonly DataSource[];
  readonly encoder: Encoder;
  readonly dropout: number;
  readonly stages: readonly Stage[];
  readonly seen: ToxicityModel['seen'];
  /** SHA-256 of weights.bin. */
  readonly weightsSha256: string;
}

/** The parts of TensorFlow.js's layers format that we write and read. */
interface LayersFile {
  readonly format: 'layers-model';
  readonly modelTopology: {
    readonly config: { readonly layers: readonly { readonly config: LayerConfig }[] };
  };
  readonly weightsManifest: readonly { readonly weights: readonly { readonly shape: readonly number[] }[] }[];
  readonly userDefinedMetadata?: { readonly nurdle?: ModelCard };
}

interface LayerConfig {
  readonly name: string;
  readonly units: number;
  readonly activation: Activation;
}

/**
 * Saves a model into a folder in TensorFlow.js's layers format (`model.json`, `weights.bin`), which
 * `tf.loadLayersModel` reads too; encoder, stages, versions and data hashes travel in its metadata. The folder is there
 * whole or not at all; one that holds a saved model is replaced, any other is left alone.
 * @param options.data - the tables the model was trained on.
 * @throws Error when the folder exists and holds something else.
 */
export async function saveModel(
  model: ToxicityModel,
  folder: string,
  { data = [] }: { data?: readonly DataSource[] } = {},
): Promise<void> {
  const target = resolve(folder);
  if (existsSync(target) && !existsSync(join(target, 'model.json')))
    throw new Error(`${folder} exists and holds no saved model; name another folder`);
  await mkdir(dirname(target), { recursive: true });
  const part = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const weights = weightBytes(model.network);
    await writeFile(join(part, 'weights.bin'), weights);
    await writeFile(join(part, 'model.json'), JSON.stringify(await layersFile(model, weights, data)));
    await replaceFolder(part, target);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

async function replaceFolder(part: string, target: string): Promise<void> {
  if (!existsSync(target)) return rename(part, target);
  const old = `${part}-old`;
  await rename(target, old);
  await rename(part, target);
  await rm(old, { recursive: true });
}

/** Kernel and bias of each layer, little-endian, as the manifest lists them. */
function weightBytes(network: DenseNetwork): Uint8Array {
  const arrays = network.flatMap(({ weights, bias }) => [weights, bias]);
  const bytes = new DataView(new ArrayBuffer(4 * arrays.reduce((sum, array) => sum + array.length, 0)));
  let at = 0;
  for (const array of arrays) for (const value of array) bytes.setFloat32(4 * at++, value, true);
  return new Uint8Array(bytes.buffer);
}

async function layersFile(model: ToxicityModel, weights: Uint8Array, data: readonly DataSource[]) {
  const { encoder, dropout, stages, seen, network } = model;
  const nurdle: ModelCard = {
    ...{ format: 1, nurdle: await ownVersion(), node: process.versions.node, data },
    ...{ encoder, dropout, stages, seen, weightsSha256: sha256(weights) },
  };
  return {
    ...{ format: 'layers-model', generatedBy: `nurdle ${nurdle.nurdle}`, convertedBy: null },
    modelTopology: {
      ...{ class_name: 'Sequential', keras_version: 'tfjs-layers 4.22.0', backend: 'tensor_flow.js' },
      config: { name: 'toxicity', layers: network.map(layerConfig) },
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: network.flatMap(weightEntries) }],
    userDefinedMetadata: { nurdle },
  };
}

function layerConfig({ name, inputs, outputs, activation }: DenseLayer, k: number) {
  const config = { name: plainName(name), units: outputs, activation, use_bias: true, trainable: true };
  return {
    class_name: 'Dense',
    config: k === 0 ? { ...config, batch_input_shape: [null, inputs], dtype: 'float32' } : config,
  };
}

const weightEntries = ({ name, inputs, outputs }: DenseLayer) => [
  { name: `${plainName(name)}/kernel`, shape: [inputs, outputs], dtype: 'float32' },
  { name: `${plainName(name)}/bias`, shape: [outputs], dtype: 'float32' },
];

/** tfjs names its weights after layers and splits at blanks and slashes. */
const plainName = (name: string): string => name.replace(/[\s/]+/g, '_');

async function ownVersion(): Promise<string> {
  const file = new URL('../../../package.json', import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')).version;
}

/**
 * Loads a model that `saveModel` wrote; it predicts what the saved one did, to the bit.
 * @throws Error when the folder holds no saved model, or one that is cut off or was changed.
 */
export async function loadModel(folder: string): Promise<ToxicityModel & { readonly card: ModelCard }> {
  const file = await readLayersFile(folder);
  const card = file.userDefinedMetadata?.nurdle;
  if (file.format !== 'layers-model' || !card || card.format !== 1)
    throw new Error(`${join(folder, 'model.json')} is not a model of nurdle's; save one with saveModel`);
  const weights = await readFile(join(folder, 'weights.bin'));
  if (sha256(weights) !== card.weightsSha256)
    throw new Error(
      `${join(folder, 'weights.bin')} was changed or cut off: its SHA-256 is not the one in model.json; save the model again`,
    );
  const { encoder, dropout, stages, seen } = card;
  return { encoder, dropout, stages, seen, network: readNetwork(file, weights, folder), card };
}

async function readLayersFile(folder: string): Promise<LayersFile> {
  const path = join(folder, 'model.json');
  const words = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} cannot be read; name the folder that saveModel wrote`);
  });
  try {
    return JSON.parse(words);
  } catch {
    throw new Error(`${path} is not JSON, it may be cut off; save the model again`);
  }
}

function readNetwork(file: LayersFile, bytes: Buffer, folder: string): DenseNetwork {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shapes = file.weightsManifest[0].weights.map((entry) => entry.shape);
  const needed = 4 * shapes.reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const configs = file.modelTopology.config.layers.map((layer) => layer.config);
  const inputs = featureNames(file.userDefinedMetadata!.nurdle!.encoder).names.length;
  if (needed !== bytes.length || shapes.length !== 2 * configs.length || shapes[0][0] !== inputs)
    throw new Error(
      `the shapes in ${join(folder, 'model.json')} do not fit its weights; save the model again`,
    );
  let at = 0;
  const take = (length: number) => Float32Array.from({ length }, () => view.getFloat32(4 * at++, true));
  return configs.map(({ name, units, activation }, k): DenseLayer => {
    const [rows, cols] = shapes[2 * k];
    return {
      ...{ name: name.replaceAll('_', ' '), inputs: rows, outputs: units, activation },
      weights: take(rows * cols),
      bias: take(units),
    };
  });
}
