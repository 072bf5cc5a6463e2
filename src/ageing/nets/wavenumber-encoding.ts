import type * as tf from '@tensorflow/tfjs-node';
import { cosine, exp } from '../../numeric/elementary.js';
import { tensorflow } from '../../numeric/tensorflow.js';

export interface WavenumberEncodingOptions {
  /** The middle of each token's range in cm⁻¹. */
  readonly wavenumbers: readonly number[];
  readonly name?: string;
}

/**
 * Adds to each token of a spectrum where it lies: sines and cosines of its wavenumber, from waves of 100 to 8,000 cm⁻¹,
 * as Vaswani et al. (2017, arXiv:1706.03762) do with places in a sentence. Gives n × tokens × width, as it gets.
 */
export function wavenumberEncoding(options: WavenumberEncodingOptions): tf.layers.Layer {
  return new (registerWavenumberEncoding())(options);
}

type EncodingClass = new (options: WavenumberEncodingOptions) => tf.layers.Layer;
let registered: EncodingClass | undefined;

/** Makes `tf.loadLayersModel` know the layer. */
export function registerWavenumberEncoding(): EncodingClass {
  registered ??= defineEncoding();
  return registered;
}

function defineEncoding(): EncodingClass {
  const { layers, serialization, tensor3d, tidy } = tensorflow();

  class WavenumberEncoding extends layers.Layer {
    static className = 'NurdleWavenumberEncoding';
    private readonly wavenumbers: readonly number[];

    constructor(options: WavenumberEncodingOptions) {
      super(options as never);
      this.wavenumbers = options.wavenumbers;
    }

    override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
      const [tokens] = [inputs].flat();
      const width = tokens.shape.at(-1)!;
      return tidy(() =>
        tokens.add(tensor3d(waves(this.wavenumbers, width), [1, this.wavenumbers.length, width])),
      );
    }

    override computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape {
      return shape as tf.Shape;
    }

    override getConfig(): tf.serialization.ConfigDict {
      return { ...super.getConfig(), wavenumbers: [...this.wavenumbers] };
    }
  }

  serialization.registerClass(WavenumberEncoding as never);
  return WavenumberEncoding as unknown as EncodingClass;
}

function waves(wavenumbers: readonly number[], width: number): Float32Array {
  const values = new Float32Array(wavenumbers.length * width);
  wavenumbers.forEach((wavenumber, k) => {
    for (let j = 0; j < width; j++) {
      const length = 100 * exp((Math.floor(j / 2) / (width / 2)) * LOG_RANGE);
      const angle = (2 * Math.PI * wavenumber) / length;
      values[k * width + j] = anyCosine(j % 2 === 0 ? angle - Math.PI / 2 : angle);
    }
  });
  return values;
}

function anyCosine(angle: number): number {
  const rest = angle - 2 * Math.PI * Math.floor(angle / (2 * Math.PI));
  return cosine(Math.min(rest, 2 * Math.PI - rest));
}

const LOG_RANGE = 4.382026634673881; // ln(8000 / 100)
