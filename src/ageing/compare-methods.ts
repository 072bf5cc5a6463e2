import { deletionCurves, randomOrder } from '../attribution/deletion.js';
import { flatFill } from '../attribution/fill.js';
import type { BootstrapOptions, Interval } from '../evaluation/bootstrap.js';
import { type Localisation, localisation } from '../evaluation/localisation.js';
import { mapAgreement } from '../evaluation/map-agreement.js';
import { type Rate, rateIntervals } from '../evaluation/rates.js';
import type { Matrix } from '../numeric/matrix.js';
import { type Attributions, explained, METHODS, type Method, spectrumFill } from './attributions.js';
import { type PairProbe, patchesOf, tokensOf } from './probe.js';

export type Side = 'patches' | 'tokens';

/** How far the methods agree with one another. */
export interface MethodAgreement {
  readonly methods: readonly Method[];
  /** methods × methods mean Spearman correlations, row by row. */
  readonly spearman: Matrix;
  readonly intervals: Readonly<Record<string, Interval>>;
}

/** Mean rank agreement of each pair of methods over the patches or the tokens; NaN where a method is constant. */
export function methodAgreement(
  found: Attributions,
  side: Side,
  particles: readonly string[],
  options: BootstrapOptions = {},
): MethodAgreement {
  const m = METHODS.length;
  const spearman = { rows: m, cols: m, data: new Float64Array(m * m).fill(1) };
  const intervals: Record<string, Interval> = {};
  for (let a = 0; a < m; a++)
    for (let b = 0; b < a; b++) {
      const agreement = agreementOf(found[METHODS[a]][side], found[METHODS[b]][side], particles, options);
      spearman.data[a * m + b] = spearman.data[b * m + a] = agreement.value;
      intervals[`${METHODS[b]} – ${METHODS[a]}`] = agreement;
    }
  return { methods: METHODS, spearman, intervals };
}

const UNKNOWN: Interval = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

/** A map that says the same of all regions of all rows has no ranks to agree with. */
function agreementOf(
  a: Matrix,
  b: Matrix,
  particles: readonly string[],
  options: BootstrapOptions,
): Interval {
  const constant = ({ rows, cols, data }: Matrix) => {
    for (let i = 0; i < rows; i++)
      for (let k = 1; k < cols; k++) if (data[i * cols + k] !== data[i * cols]) return false;
    return true;
  };
  return constant(a) || constant(b) ? UNKNOWN : mapAgreement(a, b, particles, options).spearman;
}

/** How well each method points at the regions that the generator marked. */
export function methodLocalisation(
  found: Attributions,
  side: Side,
  marked: Matrix,
  particles: readonly string[],
  options: BootstrapOptions = {},
): Readonly<Record<Method, Localisation>> {
  const of = (method: Method) => localisation(found[method][side], marked, particles, options);
  return Object.fromEntries(METHODS.map((method) => [method, of(method)])) as Record<Method, Localisation>;
}

/** A mean deletion curve with its interval over particles. */
export interface MeanDeletion {
  readonly name: string;
  readonly shares: Float64Array;
  readonly mean: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** The area under the curve. */
  readonly area: Interval;
}

/** Deletion curves in the order of each method and in a random one. */
export async function methodDeletion(
  probe: PairProbe,
  rows: Matrix,
  types: Int32Array,
  found: Attributions,
  side: Side,
  particles: readonly string[],
  { steps, ...options }: BootstrapOptions & { readonly steps?: number } = {},
): Promise<MeanDeletion[]> {
  const regions = side === 'patches' ? patchesOf(probe) : tokensOf(probe);
  const fill = side === 'patches' ? flatFill : spectrumFill(probe);
  const orders: [string, Matrix][] = [
    ...METHODS.map((method): [string, Matrix] => [method, found[method][side]]),
    ['random order', randomOrder(rows.rows, regions.length, options.seed)],
  ];
  const curves: MeanDeletion[] = [];
  for (const [name, scores] of orders) {
    const { shares, values, areas } = await deletionCurves(explained(probe, types), rows, regions, scores, {
      fill,
      ...(steps ? { steps } : {}),
    });
    const points = Array.from(shares.keys());
    const atPoints = points.map((s) => [`${s}`, { values: columnOf(values, s) }] as const);
    const rates: Record<string, Rate> = { ...Object.fromEntries(atPoints), area: { values: areas } };
    const at = rateIntervals(particles, rates, options);
    curves.push({
      ...{ name, shares, area: at['area'] },
      mean: Float64Array.from(points, (s) => at[`${s}`].value),
      low: Float64Array.from(points, (s) => at[`${s}`].low),
      high: Float64Array.from(points, (s) => at[`${s}`].high),
    });
  }
  return curves;
}

const columnOf = ({ rows, cols, data }: Matrix, k: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => data[i * cols + k]);
