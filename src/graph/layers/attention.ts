import type * as tf from '@tensorflow/tfjs-node';
import { checkWhole } from '../../numeric/check.js';
import { tensorflow } from '../../numeric/tensorflow.js';

/** How attention is built. */
export interface AttentionOptions {
  readonly heads: number;
  /** The length of a head's queries and keys. */
  readonly keyDim: number;
  /** The length of a head's values. Default `keyDim`. */
  readonly valueDim?: number;
  /** The length of an output. Default that of the query. */
  readonly outputDim?: number | null;
  readonly name?: string;
  readonly trainable?: boolean;
}

/**
 * Multi-head attention (Vaswani et al. 2017, arXiv:1706.03762), which tfjs lacks, as a layer:
 * `attention({ heads: 4, keyDim: 16 }).apply([query, value])`, with queries n × t × d, values n × s × e, and perhaps a
 * mask n × s of ones and zeros behind them; a mask that travels with the values (`embedding` with `maskZero`) counts
 * too. Gives n × t × outputDim.
 */
export function attention(options: AttentionOptions): tf.layers.Layer {
  checkWhole('heads', options.heads, 1);
  checkWhole('keyDim', options.keyDim, 1);
  return new (registerAttention())(options as never);
}

type AttentionClass = new (options: AttentionOptions) => tf.layers.Layer;
let registered: AttentionClass | undefined;

/** Makes `tf.loadLayersModel` know the layer; `attention` does so by itself. */
export function registerAttention(): AttentionClass {
  registered ??= defineAttention();
  return registered;
}

const MASKED = -1e9; // added to scores that do not count
const GLOROT = {
  className: 'VarianceScaling',
  config: { scale: 1, mode: 'fanAvg', distribution: 'uniform' },
};
const PARTS = ['query', 'key', 'value'] as const;

// The class is made on demand, since tfjs is loaded on demand.
function defineAttention(): AttentionClass {
  const { layers, initializers, serialization, tidy } = tensorflow();

  class Attention extends layers.Layer {
    static className = 'NurdleAttention';
    private readonly heads: number;
    private readonly keyDim: number;
    private readonly valueDim: number;
    private readonly outputDim: number | null;
    private readonly parts: Record<string, tf.LayerVariable> = {};

    constructor(options: AttentionOptions) {
      super(options as never);
      this.heads = options.heads;
      this.keyDim = options.keyDim;
      this.valueDim = options.valueDim ?? options.keyDim;
      this.outputDim = options.outputDim ?? null;
      this.supportsMasking = true;
    }

    override build(shapes: tf.Shape | tf.Shape[]): void {
      const [query, value] = checkedShapes(this.name, shapes);
      const widths = {
        query: [query, this.heads * this.keyDim],
        key: [value, this.heads * this.keyDim],
        value: [value, this.heads * this.valueDim],
        output: [this.heads * this.valueDim, this.outputDim ?? query],
      };
      for (const [part, shape] of Object.entries(widths)) {
        const glorot = initializers.glorotUniform({});
        this.parts[part] = this.addWeight(`${part}/kernel`, shape, 'float32', glorot);
        this.parts[`${part} bias`] = this.addWeight(
          `${part}/bias`,
          [shape[1]],
          'float32',
          initializers.zeros(),
        );
      }
      this.built = true;
    }

    override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor {
      const [query, value, given] = inputs as tf.Tensor[];
      return tidy(() => {
        const masks = kwargs?.['mask'] as (tf.Tensor | null)[] | undefined;
        const [q, k, v] = PARTS.map((part, i) => this.split(this.project(i === 0 ? query : value, part)));
        const scores = q.matMul(k, false, true).mul(1 / Math.sqrt(this.keyDim));
        const shares = masked(masked(scores, given), masks?.[1] ?? undefined).softmax(-1);
        const [rows, length] = query.shape;
        const joined = shares
          .matMul(v)
          .transpose([0, 2, 1, 3])
          .reshape([rows, length!, this.heads * this.valueDim]);
        return this.project(joined, 'output');
      });
    }

    /** x W + b along the last axis. */
    private project(x: tf.Tensor, part: string): tf.Tensor {
      const kernel = this.parts[part].read() as tf.Tensor2D;
      const flat = x.reshape([-1, x.shape.at(-1)!]) as tf.Tensor2D;
      const sums = flat.matMul(kernel).add(this.parts[`${part} bias`].read());
      return sums.reshape([...x.shape.slice(0, -1), kernel.shape[1]]);
    }

    /** n × t × (heads · d) to n × heads × t × d. */
    private split(x: tf.Tensor): tf.Tensor {
      const [rows, length, width] = x.shape;
      return x.reshape([rows, length!, this.heads, width! / this.heads]).transpose([0, 2, 1, 3]);
    }

    override computeOutputShape(shapes: tf.Shape | tf.Shape[]): tf.Shape {
      const [query] = shapes as tf.Shape[];
      return [query[0], query[1], this.outputDim ?? query[2]];
    }

    override computeMask(_: tf.Tensor | tf.Tensor[], mask?: tf.Tensor | tf.Tensor[]): tf.Tensor {
      return (Array.isArray(mask) ? mask[0] : mask) as tf.Tensor;
    }

    override getConfig(): tf.serialization.ConfigDict {
      const { heads, keyDim, valueDim, outputDim } = this;
      return { ...super.getConfig(), heads, keyDim, valueDim, outputDim, kernelInitializer: GLOROT };
    }
  }

  serialization.registerClass(Attention as never);
  return Attention as unknown as AttentionClass;
}

function checkedShapes(name: string, shapes: tf.Shape | tf.Shape[]): [query: number, value: number] {
  const [query, value] = shapes as tf.Shape[];
  if (!Array.isArray(query) || query.length !== 3 || value?.length !== 3)
    throw new RangeError(
      `layer "${name}" must be applied to [query, value] of n × t × d each, but the shapes are ${JSON.stringify(shapes)}`,
    );
  return [query[2]!, value[2]!];
}

/** Scores n × heads × t × s, with those of masked values far below all others. */
function masked(scores: tf.Tensor, mask: tf.Tensor | undefined): tf.Tensor {
  if (!mask) return scores;
  const [rows, , , values] = scores.shape;
  const off = tensorflow().sub(1, mask.cast('float32')).mul(MASKED);
  return scores.add(off.reshape([rows, 1, 1, values!]));
}
