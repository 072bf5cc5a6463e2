import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs-node';
import { nativeBackend } from './native.js';
import { NotCompilable } from './recording.js';

/** A graph that TensorFlow has loaded; variables live in it. */
export interface Session {
  /** Runs what some nodes need and returns their values. */
  run(
    inputs: readonly (readonly [name: string, value: tf.Tensor])[],
    outputs: readonly string[],
  ): tf.Tensor[];
  dispose(): void;
}

/** Loads a SavedModel from its bytes. */
export function openSession(savedModel: Uint8Array): Session {
  const backend = nativeBackend();
  if (typeof backend === 'string') throw new NotCompilable(backend);
  const id = load(savedModel, (folder) => backend.loadSavedModelMetaGraph(folder, 'serve'));
  let open = true;
  return {
    run(inputs, outputs) {
      if (!open) throw new Error('the compiled net was disposed of; compile it again');
      return backend.runSavedModel(
        id,
        inputs.map(([, value]) => value),
        inputs.map(([name]) => ({ name: withPort(name), tfDtype: '' })),
        outputs.map(withPort),
      );
    },
    dispose() {
      if (open) backend.deleteSavedModel(id);
      open = false;
    },
  };
}

/** TensorFlow reads SavedModels from folders only. */
function load(savedModel: Uint8Array, read: (folder: string) => number): number {
  const folder = mkdtempSync(join(tmpdir(), 'nurdle-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), savedModel);
    return read(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const withPort = (name: string): string => (name.includes(':') ? name : `${name}:0`);
