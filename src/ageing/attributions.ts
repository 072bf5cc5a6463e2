import { chordFill, type Fill, flatFill } from '../attribution/fill.js';
import { occlusion } from '../attribution/occlusion.js';
import type { Matrix } from '../numeric/matrix.js';
import { type Localised, type PairProbe, patchesOf, receivedAttention, tokensOf } from './probe.js';

/** Ways of saying where a model looks, or what it uses. */
export const METHODS = ['attention', 'occlusion', 'integrated gradients', 'Grad-CAM'] as const;
export type Method = (typeof METHODS)[number];

/** The same rows explained by every method, over the same patches and tokens. */
export type Attributions = Readonly<Record<Method, Localised>>;

export interface AttributionsOptions {
  /** Points on the way of integrated gradients; 12. */
  readonly steps?: number;
  readonly signal?: AbortSignal;
}

/**
 * Explains the probability of one class a row by attention, occlusion, integrated gradients and Grad-CAM.
 * @param rows - n samples. @param types - n classes to explain, such as those predicted.
 * @param background - samples whose mean is where integrated gradients start from.
 */
export async function attributions(
  probe: PairProbe,
  rows: Matrix,
  types: Int32Array,
  background: Matrix,
  { steps = 12, signal }: AttributionsOptions = {},
): Promise<Attributions> {
  if (types.length !== rows.rows)
    throw new RangeError(`types must name a class for each of ${rows.rows} rows, but has ${types.length}`);
  const [patches, tokens] = [patchesOf(probe), tokensOf(probe)];
  const received = receivedAttention(await probe.attention(rows), patches.length, tokens.length);
  const of = explained(probe, types);
  const occluded: Localised = {
    patches: await occlusion(of, rows, patches, { fill: flatFill, signal }),
    tokens: await occlusion(of, rows, tokens, { fill: spectrumFill(probe), signal }),
  };
  return {
    attention: received,
    occlusion: occluded,
    'integrated gradients': await probe.pathGradients(rows, types, background, { steps, signal }),
    'Grad-CAM': await probe.gradCam(rows, types),
  };
}

/** The probability of each row's own class. */
export const explained =
  (probe: PairProbe, types: Int32Array) =>
  async (X: Matrix): Promise<Float64Array> => {
    const P = await probe.probabilities(X);
    return Float64Array.from({ length: X.rows }, (_, i) => P.data[i * P.cols + types[i]]);
  };

/** The straight line between a band's ends, without looking over the edge into the picture. */
export function spectrumFill({ size }: PairProbe): Fill {
  const first = size * size;
  return (whole, columns) =>
    chordFill(
      whole.subarray(first),
      columns.map((j) => j - first),
    );
}
