import { createRequire } from 'node:module';
import type * as tf from '@tensorflow/tfjs-node';
import { engine, type NativeBackend } from '../native.js';
import { type Distribution, NotCompilable } from '../recording.js';

/** Random numbers as they are made in JavaScript. */
export interface RandomSource {
  /** The distribution that an array was drawn from while listening. */
  readonly distributionOf: (values: unknown) => Distribution | undefined;
  readonly undo: () => void;
}

type Draw = (shape: number[], first?: number, second?: number, ...rest: never[]) => tf.Tensor;
type Core = Record<'randomUniform' | 'randomNormal' | 'truncatedNormal' | 'randomStandardNormal', Draw>;

const NOT_DRAWN = new Set(['randomGamma__op', 'multinomial__op', 'randomUniformInt__op']);
const STANDARD: Distribution = { kind: 'uniform', offset: 0, scale: 1 };

/**
 * Listens to tfjs's random functions. `dropout` calls the uniform one from inside of tfjs-core, where only the scope
 * tells; all others go through the exports, where the arguments can be seen.
 */
export function interceptRandom(backend: NativeBackend): RandomSource {
  const drawn = new Map<unknown, Distribution>();
  const mark = (tensor: tf.Tensor, distribution: Distribution) => {
    const { values } = backend.tensorMap.get(tensor.dataId);
    if (values) drawn.set(values, distribution);
  };
  const exports = interceptExports(mark);
  const scopes = interceptScopes(mark, exports.isInside);
  return {
    distributionOf: (values) => drawn.get(values),
    undo: () => {
      scopes();
      exports.undo();
    },
  };
}

function interceptExports(mark: (tensor: tf.Tensor, distribution: Distribution) => void) {
  const core = tfjsCore();
  const real = { ...core };
  let depth = 0;
  const wrap = (name: keyof Core, toDistribution: (a?: number, b?: number) => Distribution) => {
    core[name] = (shape, a, b, ...rest) => {
      depth++;
      try {
        const tensor = real[name](shape, a, b, ...rest);
        mark(tensor, toDistribution(a, b));
        return tensor;
      } finally {
        depth--;
      }
    };
  };
  wrap('randomUniform', (low = 0, high = 1) => ({ kind: 'uniform', offset: low, scale: high - low }));
  wrap('randomNormal', (mean = 0, deviation = 1) => ({ kind: 'normal', offset: mean, scale: deviation }));
  wrap('truncatedNormal', (mean = 0, deviation = 1) => ({
    ...{ kind: 'truncated', offset: mean, scale: deviation },
  }));
  wrap('randomStandardNormal', () => ({ kind: 'normal', offset: 0, scale: 1 }));
  const undo = () => {
    const { randomUniform, randomNormal, truncatedNormal, randomStandardNormal } = real;
    Object.assign(core, { randomUniform, randomNormal, truncatedNormal, randomStandardNormal });
  };
  return { isInside: () => depth > 0, undo };
}

/** The module that tfjs-node's own parts share. */
function tfjsCore(): Core {
  const ours = createRequire(import.meta.url);
  return createRequire(ours.resolve('@tensorflow/tfjs-node'))('@tensorflow/tfjs-core') as Core;
}

function interceptScopes(
  mark: (tensor: tf.Tensor, distribution: Distribution) => void,
  isInside: () => boolean,
): () => void {
  const core = engine();
  const { startScope, endScope } = core;
  const open: (string | undefined)[] = [];
  core.startScope = function (name) {
    if (NOT_DRAWN.has(name ?? '') || (name === 'randomNormal__op' && !isInside()))
      throw new NotCompilable(`${name!.replace('__op', '')} draws random numbers that a graph cannot repeat`);
    open.push(name);
    startScope.call(this, name);
  };
  core.endScope = function (result) {
    if (open.pop() === 'randomUniform__op' && result) mark(result as tf.Tensor, STANDARD);
    endScope.call(this, result);
  };
  return () => {
    const own = core as Partial<typeof core>;
    delete own.startScope;
    delete own.endScope;
  };
}
