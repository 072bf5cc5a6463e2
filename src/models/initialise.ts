import type * as tf from '@tensorflow/tfjs-node';
import { type Random, random } from '../numeric/random.js';
import { tensorflow } from '../numeric/tensorflow.js';
import { layersOf } from './freeze.js';

/**
 * Fresh weights from a seed, in place, each drawn as its layer's initialiser asks: the same bits on every machine,
 * which tfjs's own seeds do not promise. Layers draw from streams of their own by their position, so that a model with
 * one more layer starts like the model without it.
 *
 * @param seed - an integer, or a text.
 * @param options.layers - the names of the layers to initialise. Default: all.
 * @returns the model.
 * @throws TypeError when a layer asks for an initialiser that is not zeros, ones, constant, (truncated) normal, uniform,
 * or one of Glorot's, He's and LeCun's; RangeError when a name is not a layer's.
 */
export function initialise<M extends tf.LayersModel>(
  model: M,
  seed: number | string,
  { layers }: { readonly layers?: readonly string[] } = {},
): M {
  const flat = layersOf(model);
  const names = flat.map((layer) => layer.name);
  for (const name of layers ?? [])
    if (!names.includes(name))
      throw new RangeError(`layers must name layers of the model (${names.join(', ')}), but names "${name}"`);
  const source = random(seed);
  flat.forEach((layer, i) => {
    if (layer.weights.length > 0 && (layers?.includes(layer.name) ?? true))
      fill(layer, source.fork(`layer ${i}`));
  });
  return model;
}

type Layer = tf.layers.Layer;

function fill(layer: Layer, source: Random): void {
  const { tensor, tidy } = tensorflow();
  const config = layer.getConfig() as Record<string, unknown>;
  tidy(() =>
    layer.setWeights(
      layer.weights.map((weight, i) => {
        const shape = weight.shape as number[];
        const name = weight.originalName.split('/').at(-1)!;
        const values = draw(initialiserOf(config, name, layer.name), shape, source.fork(`weight ${i}`));
        return tensor(values, shape, 'float32');
      }),
    ),
  );
}

/** An initialiser as tfjs writes it down. */
interface Initialiser {
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * `moving_mean` is described by `movingMeanInitializer`, `depthwise_kernel` by `depthwiseInitializer`; a bias that
 * nothing describes starts at zero.
 */
function initialiserOf(config: Record<string, unknown>, weight: string, layer: string): Initialiser {
  const camel = weight.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  const short = camel.replace(/Kernel$/, '');
  const found = (config[`${camel}Initializer`] ?? config[`${short}Initializer`]) as Initialiser | undefined;
  if (found === undefined && weight !== 'bias')
    throw new TypeError(`weight "${weight}" of layer "${layer}" must have an initialiser, but has none`);
  return found ?? { className: 'Zeros', config: {} };
}

function draw({ className, config }: Initialiser, shape: readonly number[], source: Random): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  const numbers = (next: () => number) => Float32Array.from({ length: size }, next);
  const number = (name: string, otherwise: number) => (config[name] as number | undefined) ?? otherwise;
  switch (className) {
    case 'Zeros':
      return new Float32Array(size);
    case 'Ones':
      return numbers(() => 1);
    case 'Constant':
      return numbers(() => number('value', 0));
    case 'RandomUniform': {
      const low = number('minval', -0.05);
      const width = number('maxval', 0.05) - low;
      return numbers(() => low + width * source.uniform());
    }
    case 'RandomNormal':
      return numbers(() => number('mean', 0) + number('stddev', 0.05) * source.normal());
    case 'TruncatedNormal':
      return numbers(() => number('mean', 0) + number('stddev', 0.05) * truncated(source));
    case 'VarianceScaling':
      return numbers(scaled(config, shape, source));
    default:
      throw new TypeError(`initialiser must be one that a seed can repeat, but is ${className}`);
  }
}

/** Glorot's, He's and LeCun's initialisers: variance `scale` / fan. Glorot & Bengio (2010), He et al. (2015). */
function scaled(config: Initialiser['config'], shape: readonly number[], source: Random): () => number {
  const field = shape.slice(0, -2).reduce((product, length) => product * length, 1);
  const fanIn = field * (shape.at(-2) ?? 1);
  const fanOut = field * shape.at(-1)!;
  const fans: Record<string, number> = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 };
  const variance = (config['scale'] as number) / Math.max(1, fans[config['mode'] as string]);
  if (config['distribution'] === 'uniform') {
    const limit = Math.sqrt(3 * variance);
    return () => limit * (2 * source.uniform() - 1);
  }
  return () => Math.sqrt(variance) * truncated(source);
}

/** A normal deviate within two standard deviations. */
function truncated(source: Random): number {
  for (;;) {
    const z = source.normal();
    if (Math.abs(z) <= 2) return z;
  }
}
