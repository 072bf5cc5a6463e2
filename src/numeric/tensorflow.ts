import { createRequire } from 'node:module';
import util from 'node:util';
import type * as tf from '@tensorflow/tfjs-node';

const require = createRequire(import.meta.url);
let loaded: typeof tf | undefined;

/**
 * TensorFlow, loaded on first use: a notebook that only reads spectra should not pay for its time and memory. Its
 * messages at start-up are kept quiet, unless TF_CPP_MIN_LOG_LEVEL asks for them. NURDLE_DETERMINISTIC=1 gives each
 * operation one thread, and with it the same bits every time.
 *
 * Where the native addon is missing, tfjs runs in plain JavaScript under the same name, also for danfo and for cells
 * that import `@tensorflow/tfjs-node` afterwards, and says so once.
 */
export function tensorflow(): typeof tf {
  loaded ??= load();
  return loaded;
}

/** Which backend tfjs runs on (`tensorflow` is the native one) and its version. */
export function tensorflowState(): { readonly backend: string; readonly version: string } {
  const api = tensorflow();
  const native = api.getBackend() === 'tensorflow';
  const binding = (api.backend() as unknown as { binding?: { TF_Version?: string } }).binding;
  return {
    backend: api.getBackend(),
    version: native ? `TensorFlow ${binding?.TF_Version ?? ''}` : `tfjs ${api.version['tfjs-core']}`,
  };
}

function load(): typeof tf {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // On processors without AVX-512 TensorFlow leaves oneDNN off, and conv nets train far slower.
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1';
  if (process.env['NURDLE_DETERMINISTIC'] === '1')
    Object.assign(process.env, { TF_DETERMINISTIC_OPS: '1', TF_NUM_INTRAOP_THREADS: '1' });
  // tfjs-node 4.22 calls two functions that Node 23 took away.
  const gone = util as unknown as Record<string, (value: unknown) => boolean>;
  gone['isNullOrUndefined'] ??= (value) => value === null || value === undefined;
  gone['isArray'] ??= Array.isArray;
  try {
    if (process.env['NURDLE_TENSORFLOW'] === 'fallback')
      throw new Error('NURDLE_TENSORFLOW asks for the fallback');
    return require('@tensorflow/tfjs-node') as typeof tf;
  } catch (error) {
    return plainJavaScript(error as Error);
  }
}

/** tfjs without its addon, put where `require('@tensorflow/tfjs-node')` will find it. */
function plainJavaScript(reason: Error): typeof tf {
  const path = require.resolve('@tensorflow/tfjs-node');
  const api = require('@tensorflow/tfjs') as typeof tf;
  api.setBackend('cpu');
  // It would advise, at length and at the first operation, to install what could not be installed.
  (api.backend() as unknown as { firstUse: boolean }).firstUse = false;
  require.cache[path] = { id: path, filename: path, loaded: true, exports: api } as unknown as NodeJS.Module;
  console.warn(
    `nurdle: TensorFlow is not native here (${reason.message.split('\n')[0]}); tfjs models run in plain JavaScript, many times slower. npm run setup says what is missing.`,
  );
  return api;
}
