import type { LossChoice } from '../options.js';
import { settingsOf } from './losses.js';

/** What an output is compared with. */
export interface TargetSpec {
  /** The output's name. */
  readonly name: string;
  /** `classes`: one-hot along the last axis; `labels`: a class number for each row; `values`: like the output. */
  readonly kind: 'classes' | 'labels' | 'values';
  /** Without the rows. */
  readonly shape: readonly number[];
  /** The loss asks for probabilities, or for zeros and ones. */
  readonly range?: 'shares' | 'ends';
}

/** What a loss needs to be told about an output. */
export function targetSpec(name: string, outputShape: readonly number[], loss: LossChoice): TargetSpec {
  const kind = typeof loss === 'function' ? 'values' : targetKind(settingsOf(loss).kind, outputShape);
  return { name, kind, shape: kind === 'labels' ? [1] : outputShape, range: rangeOf(loss) };
}

function rangeOf(loss: LossChoice): TargetSpec['range'] {
  if (typeof loss === 'function') return undefined;
  const { kind } = settingsOf(loss);
  if (kind.endsWith('rossentropy')) return 'shares';
  return kind === 'focal' ? 'ends' : undefined;
}

function targetKind(loss: string, outputShape: readonly number[]): TargetSpec['kind'] {
  if (loss === 'triplet' || loss === 'centre') return 'labels';
  const isCategorical = loss.endsWith('ategoricalCrossentropy') || loss === 'focal';
  return isCategorical && (outputShape.at(-1) ?? 1) > 1 ? 'classes' : 'values';
}
