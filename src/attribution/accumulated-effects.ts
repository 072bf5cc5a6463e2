import { checkShare, checkWhole } from '../numeric/check.js';
import { type Clusters, clustersOf, type ResampleOptions, resampleClusters } from '../numeric/resample.js';
import { quantile } from '../numeric/statistics.js';

/** What a prediction changes by along one feature, everything else as it is in rows that have such values. */
export interface AccumulatedEffects {
  /** b + 1 values of the feature, from the smallest to the largest. */
  readonly edges: Float64Array;
  /** b + 1 effects at the edges, their mean over the rows being zero. */
  readonly effects: Float64Array;
  /** Bounds of the effects over resampled publications. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** b numbers of rows between neighbouring edges. */
  readonly counts: Int32Array;
}

export interface EffectsOptions extends ResampleOptions {
  /** Intervals between quantiles of the feature, at most; 20. */
  bins?: number;
  /** Publications of the rows, resampled as wholes; rows by themselves. */
  groups?: readonly string[];
  /** Coverage of the bounds at each edge; 0.95. */
  level?: number;
}

/** Predictions for some of the rows when the feature has other values there. */
export type PredictAt = (
  rows: Int32Array,
  values: Float64Array,
) => ArrayLike<number> | Promise<ArrayLike<number>>;

/**
 * Accumulated local effects: differences of predictions between the ends of each interval, made only for the rows that
 * lie in it, averaged and added up. Unlike a partial dependence it asks no model about combinations that do not occur.
 *
 * Apley & Zhu (2020), doi:10.1111/rssb.12377
 * @param values - the feature in n rows; rows where it is NaN are left out.
 * @param predictAt - predictions with the feature set; called twice.
 * @returns effects with bounds by a bootstrap over `groups`; an interval none of whose rows was drawn keeps its step.
 * @throws RangeError when the feature has fewer than two values, or lengths disagree.
 */
export async function accumulatedEffects(
  values: ArrayLike<number>,
  predictAt: PredictAt,
  { bins = 20, groups, level = 0.95, ...options }: EffectsOptions = {},
): Promise<AccumulatedEffects> {
  checkShare('level', level);
  if (groups && groups.length !== values.length)
    throw new RangeError(`groups must name ${values.length} rows like values, but name ${groups.length}`);
  const rows = Int32Array.from(values, (_, i) => i).filter((i) => Number.isFinite(values[i]));
  const known = Float64Array.from(rows, (i) => values[i]);
  const edges = quantileEdges(known, bins);
  const bin = Int32Array.from(known, (x) => intervalOf(edges, x));
  const low = await predictAt(
    rows,
    Float64Array.from(bin, (b) => edges[b]),
  );
  const high = await predictAt(
    rows,
    Float64Array.from(bin, (b) => edges[b + 1]),
  );
  checkAnswers(rows.length, low, high);
  const steps = Float64Array.from(rows, (_, k) => high[k] - low[k]);
  const clusters = clustersOf(groups ? Array.from(rows, (i) => groups[i]) : Array.from(rows, String));
  const { effects, counts } = accumulate(steps, bin, edges.length - 1);
  return { edges, effects, counts, ...bounds(steps, bin, edges.length - 1, clusters, level, options) };
}

/** Distinct values that occur, at about equal numbers of rows from one another. */
function quantileEdges(values: Float64Array, bins: number): Float64Array {
  checkWhole('bins', bins, 1);
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)];
  const edges = new Set(Array.from({ length: bins + 1 }, (_, k) => at(k / bins)));
  if (edges.size < 2)
    throw new RangeError(
      `values must differ for an effect to be seen, but ${values.length} rows hold ${edges.size}`,
    );
  return Float64Array.from(edges);
}

/** The interval that holds x: above its lower edge, up to its upper one; the smallest value is in the first. */
function intervalOf(edges: Float64Array, x: number): number {
  const upper = edges.findIndex((edge) => edge >= x);
  return Math.max(0, upper - 1);
}

function checkAnswers(rows: number, ...answers: ArrayLike<number>[]): void {
  for (const answer of answers) {
    if (answer.length !== rows)
      throw new RangeError(
        `predictAt must return one number for each of ${rows} rows, but returned ${answer.length}`,
      );
    const wrong = Array.from(answer).findIndex((p) => !Number.isFinite(p));
    if (wrong >= 0)
      throw new RangeError(`predictAt must return finite numbers, but returned ${answer[wrong]}`);
  }
}

/** Mean steps, added up, less the mean over the rows (each row taken at the middle of its interval). */
function accumulate(
  steps: Float64Array,
  bin: Int32Array,
  bins: number,
  weight: (k: number) => number = () => 1,
  fallback?: Float64Array,
) {
  const counts = new Int32Array(bins);
  const sums = new Float64Array(bins);
  for (let k = 0; k < steps.length; k++) {
    counts[bin[k]] += weight(k);
    sums[bin[k]] += weight(k) * steps[k];
  }
  const means = sums.map((sum, b) => (counts[b] > 0 ? sum / counts[b] : fallback![b]));
  const effects = new Float64Array(bins + 1);
  let [middle, rows] = [0, 0];
  for (let b = 0; b < bins; b++) {
    effects[b + 1] = effects[b] + means[b];
    middle += (counts[b] * (effects[b] + effects[b + 1])) / 2;
    rows += counts[b];
  }
  return { effects: effects.map((effect) => effect - middle / rows), counts, means };
}

function bounds(
  steps: Float64Array,
  bin: Int32Array,
  bins: number,
  { ofRow, count }: Clusters,
  level: number,
  options: ResampleOptions,
) {
  const { means } = accumulate(steps, bin, bins);
  const drawn = Array.from({ length: bins + 1 }, () => [] as number[]);
  resampleClusters(count, options, (draws) => {
    const { effects } = accumulate(steps, bin, bins, (k) => draws[ofRow[k]], means);
    for (let b = 0; b <= bins; b++) drawn[b].push(effects[b]);
  });
  const sorted = drawn.map((values) => Float64Array.from(values).sort());
  const tail = (1 - level) / 2;
  return {
    low: Float64Array.from(sorted, (values) => quantile(values, tail)),
    high: Float64Array.from(sorted, (values) => quantile(values, 1 - tail)),
  };
}
