import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { sha256 } from '../frames/locate.js';
import { registerAttention } from '../graph/layers/attention.js';
import { tensorflow } from '../numeric/tensorflow.js';
import type { AgeingModel } from './model.js';
import { registerWavenumberEncoding } from './nets/wavenumber-encoding.js';

/** A model as plain data: what a task's result, a file and another machine can hold. */
export interface PackedAgeing extends Omit<AgeingModel, 'net'> {
  /** tfjs's description of the layers. */
  readonly topology: unknown;
  readonly specs: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly dtype: 'float32';
  }[];
  /** All weights one after another. */
  readonly weights: Float32Array;
}

/** @returns the model as plain data; `unpackAgeing` predicts the same from it, to the bit. */
export function packAgeing({ net, ...model }: AgeingModel): PackedAgeing {
  const arrays = net.weights.map((weight) => weight.read());
  const specs = net.weights.map((weight, i) => ({
    ...{ name: weight.originalName, shape: [...arrays[i].shape], dtype: 'float32' as const },
  }));
  const weights = new Float32Array(arrays.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const array of arrays) {
    weights.set(array.dataSync(), at);
    at += array.size;
  }
  return { ...model, topology: net.toJSON(null, false), specs, weights };
}

export async function unpackAgeing({
  topology,
  specs,
  weights,
  ...model
}: PackedAgeing): Promise<AgeingModel> {
  registerAttention();
  registerWavenumberEncoding();
  const { loadLayersModel, io } = tensorflow();
  const data = weights.slice().buffer;
  const artifacts = {
    modelTopology: topology,
    weightSpecs: specs,
    weightData: data,
  };
  return { ...model, net: await loadLayersModel(io.fromMemory(artifacts as never)) };
}

/** What a saved model says of itself, under `userDefinedMetadata.nurdle` of its model.json. */
interface Card extends Omit<PackedAgeing, 'topology' | 'specs' | 'weights' | 'wavenumbers'> {
  readonly method: 'ageing';
  readonly format: 1;
  readonly wavenumbers: readonly number[];
  readonly weightsSha256: string;
}

/**
 * Saves a model into a folder in TensorFlow.js's layers format (`model.json`, `weights.bin`). The folder is there whole or
 * not at all; one that holds a saved model is replaced, any other is left alone.
 * @throws Error when the folder exists and holds something else.
 */
export async function saveAgeingModel(model: AgeingModel, folder: string): Promise<void> {
  const target = resolve(folder);
  if (existsSync(target) && !existsSync(join(target, 'model.json')))
    throw new Error(`${folder} exists and holds no saved model; name another folder`);
  await mkdir(dirname(target), { recursive: true });
  const part = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    const { topology, specs, weights, ...rest } = packAgeing(model);
    const bytes = Buffer.from(weights.buffer);
    const nurdle: Card = {
      ...{ ...rest, method: 'ageing', format: 1, wavenumbers: [...rest.wavenumbers] },
      weightsSha256: sha256(bytes),
    };
    const file = {
      ...{ format: 'layers-model', generatedBy: 'nurdle', convertedBy: null, modelTopology: topology },
      weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
      userDefinedMetadata: { nurdle },
    };
    await writeFile(join(part, 'weights.bin'), bytes);
    await writeFile(join(part, 'model.json'), JSON.stringify(file));
    if (existsSync(target)) await rename(target, `${part}-old`);
    await rename(part, target);
    await rm(`${part}-old`, { recursive: true, force: true });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/**
 * Loads a model that `saveAgeingModel` wrote; it predicts what the saved one did.
 * @throws Error when the folder holds no such model, or one that is cut off or was changed.
 */
export async function loadAgeingModel(folder: string): Promise<AgeingModel> {
  const path = join(folder, 'model.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} cannot be read; name the folder that saveAgeingModel wrote`);
  });
  const file = parse(text, path);
  const card = file?.userDefinedMetadata?.nurdle as Card | undefined;
  if (file?.format !== 'layers-model' || card?.method !== 'ageing' || card.format !== 1)
    throw new Error(`${path} is no model for ageing types; save one with saveAgeingModel`);
  const bytes = await readFile(join(folder, 'weights.bin')).catch(() => Buffer.alloc(0));
  if (sha256(bytes) !== card.weightsSha256)
    throw new Error(
      `${join(folder, 'weights.bin')} was changed or cut off: its SHA-256 is not the one in model.json; save the model again`,
    );
  const { method, format, weightsSha256, wavenumbers, ...rest } = card;
  return unpackAgeing({
    ...{ ...rest, wavenumbers: Float64Array.from(wavenumbers) },
    topology: file.modelTopology,
    specs: file.weightsManifest[0].weights,
    weights: new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
  });
}

interface LayersFile {
  readonly format?: string;
  readonly modelTopology: unknown;
  readonly weightsManifest: readonly { readonly weights: PackedAgeing['specs'] }[];
  readonly userDefinedMetadata?: { readonly nurdle?: unknown };
}

function parse(text: string, path: string): LayersFile | null {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${path} is not JSON, it may be cut off; save the model again`);
  }
}
