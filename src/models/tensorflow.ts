import { createRequire } from 'node:module';
import util from 'node:util';
import type * as tf from '@tensorflow/tfjs-node';

let loaded: typeof tf | undefined;

/**
 * TensorFlow, loaded on first use: it takes half a second and 300 MB, which a notebook that only reads spectra should
 * not pay. Its messages at start-up are kept quiet, unless TF_CPP_MIN_LOG_LEVEL asks for them.
 */
export function tensorflow(): typeof tf {
  loaded ??= load();
  return loaded;
}

function load(): typeof tf {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // tfjs-node 4.22 calls two functions that Node 23 took away.
  const gone = util as unknown as Record<string, (value: unknown) => boolean>;
  gone['isNullOrUndefined'] ??= (value) => value === null || value === undefined;
  gone['isArray'] ??= Array.isArray;
  return createRequire(import.meta.url)('@tensorflow/tfjs-node') as typeof tf;
}
