import { bandRegions, patchRegions, type Region } from '../attribution/regions.js';
import type { Matrix } from '../numeric/matrix.js';

/**
 * A model of pairs as attribution sees it: what it says of rows, and where it looks. A row is one
 * sample: size × size grey values and then the absorbances of the spectrum, so that a region of either is a set of columns.
 */
export interface PairProbe {
  /** K names of classes. */
  readonly types: readonly string[];
  /** Pixels a side of the picture. */
  readonly size: number;
  /** cm⁻¹ of the points of the spectrum. */
  readonly wavenumbers: Float64Array;
  /** Patches a side of the picture that attention tells apart. */
  readonly grid: number;
  /** The range in cm⁻¹ that each token of the spectrum stands for. */
  readonly tokens: readonly (readonly [number, number])[];
  /** n × K. */
  probabilities(rows: Matrix): Matrix | Promise<Matrix>;
  /** n × d: the joint features before the last layer. */
  features(rows: Matrix): Matrix | Promise<Matrix>;
  /** Cross-attention, averaged over heads. */
  attention(rows: Matrix): CrossAttention | Promise<CrossAttention>;
  /**
   * Integrated gradients of the probability of one class a row, from the mean of the background, added up over patches
   * and tokens.
   */
  pathGradients(
    rows: Matrix,
    types: Int32Array,
    background: Matrix,
    options: { readonly steps: number; readonly signal?: AbortSignal },
  ): Localised | Promise<Localised>;
  /** Grad-CAM of each branch for one class a row: n × patches and n × tokens. */
  gradCam(rows: Matrix, types: Int32Array): Localised | Promise<Localised>;
}

/** Where the model looks from where. */
export interface CrossAttention {
  /** n × (tokens · patches): row by row, from each token of the spectrum to the patches; each token's add up to 1. */
  readonly toPatches: Matrix;
  /** n × (patches · tokens): from each patch to the tokens; each patch's add up to 1. */
  readonly toTokens: Matrix;
}

/** One map over the patches and one over the tokens for each row. */
export interface Localised {
  /** n × grid². */
  readonly patches: Matrix;
  /** n × tokens. */
  readonly tokens: Matrix;
}

/** The patches of the picture as columns of a row. */
export const patchesOf = ({ size, grid }: PairProbe): Region[] => patchRegions(size, size, size / grid);

/** The tokens of the spectrum as columns of a row. */
export const tokensOf = ({ size, tokens, wavenumbers }: PairProbe): Region[] =>
  bandRegions(
    wavenumbers,
    tokens.map((range) => ({ name: `${Math.round(range[0])}–${Math.round(range[1])}`, range })),
    size * size,
  );

/** Attention that each patch and each token receives, averaged over where it comes from. */
export function receivedAttention(
  { toPatches, toTokens }: CrossAttention,
  patches: number,
  tokens: number,
): Localised {
  return { patches: columnBlocksMean(toPatches, patches), tokens: columnBlocksMean(toTokens, tokens) };
}

/** n × (blocks · width) to n × width. */
function columnBlocksMean(M: Matrix, width: number): Matrix {
  const blocks = M.cols / width;
  const data = new Float64Array(M.rows * width);
  for (let i = 0; i < M.rows; i++)
    for (let b = 0; b < blocks; b++)
      for (let k = 0; k < width; k++) data[i * width + k] += M.data[i * M.cols + b * width + k] / blocks;
  return { rows: M.rows, cols: width, data };
}
