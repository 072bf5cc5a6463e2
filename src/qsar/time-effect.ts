import { drawStatistics, type Interval, percentileInterval } from '../evaluation/bootstrap.js';
import { type Coefficient, clusterRobustLogistic } from '../evaluation/cluster-regression.js';
import { type PairedDifference, twoSided } from '../evaluation/paired.js';
import { weightedMean } from '../evaluation/rates.js';
import { filterRows, withColumns } from '../frames/rows.js';
import { numbers, type Table, texts } from '../frames/table.js';
import { log } from '../numeric/elementary.js';
import { matrix } from '../numeric/matrix.js';
import { clustersOf, type ResampleOptions } from '../numeric/resample.js';
import type { TablePredict } from './table-predict.js';

export interface TimeEffectOptions {
  /** Particles below this size are nano, in nm; 1,000. */
  boundaryNm?: number;
}

/** What a doubling of exposure time does to predictions for particles of one class of size. */
export interface ClassEffect extends Interval {
  readonly rows: number;
  readonly publications: number;
}

/** The effect of time on nanoplastics against that on microplastics. */
export interface TimeEffect {
  readonly nano: ClassEffect;
  readonly micro: ClassEffect;
  /** Nano minus micro: above zero, nanoplastics gain more toxicity as time passes. */
  readonly difference: PairedDifference;
  readonly boundaryNm: number;
}

/**
 * Whether nanoplastics act faster, as a model sees it: how much the predicted probability of toxicity rises when each
 * row's exposure time doubles (from t / √2 to t √2, everything else as it is), for nano and for micro, and the
 * difference; intervals by a bootstrap over publications.
 * @param predict - `tablePredict(model)`.
 * @param table - rows in the common schema; those without size or time are left out.
 * @throws RangeError when there are no nano or no micro rows.
 */
export function timeEffect(
  predict: TablePredict,
  table: Table,
  { boundaryNm = 1000, ...options }: TimeEffectOptions & ResampleOptions = {},
): TimeEffect {
  const rows = withSizeAndTime(table, boundaryNm);
  const time = numbers(rows, 'time_h');
  const at = (factor: number) =>
    predict(withColumns(rows, [['time_h', { kind: 'number', values: time.map((t) => t * factor) }]]));
  const [early, late] = [at(Math.SQRT1_2), at(Math.SQRT2)];
  const rise = Float64Array.from(time, (_, i) => late[i] - early[i]);
  const isNano = Float64Array.from(numbers(rows, 'size_nm'), (size) => Number(size < boundaryNm));
  const names = groupNames(rows);
  const clusters = clustersOf(names);
  const nano = weightedMean('nano', { values: rise, among: isNano }, clusters);
  const micro = weightedMean('micro', { values: rise, among: isNano.map((n) => 1 - n) }, clusters);
  const { observed, drawn } = drawStatistics<'nano' | 'micro' | 'difference'>(
    clusters.count,
    (draws) => ({ nano: nano(draws), micro: micro(draws), difference: nano(draws) - micro(draws) }),
    options,
  );
  const ofClass = (name: 'nano' | 'micro', flag: number): ClassEffect => ({
    ...percentileInterval(observed[name], drawn[name]),
    rows: isNano.filter((n) => n === flag).length,
    publications: new Set(names.filter((_, i) => isNano[i] === flag)).size,
  });
  const difference = percentileInterval(observed.difference, drawn.difference);
  return {
    ...{ nano: ofClass('nano', 1), micro: ofClass('micro', 0), boundaryNm },
    difference: { ...difference, pValue: twoSided(drawn.difference) },
  };
}

/**
 * The same question put to the measurements, without a model: logistic regression of toxicity on log10 dose, log10
 * size, log2 of time in days, nano or not, and their product, with errors that allow for publications. The last
 * coefficient is how many log odds more a doubling of time adds for nanoplastics.
 * @param table - rows in the common schema with `toxic`; those without dose, size or time are left out.
 * @throws RangeError when nano or micro rows are missing, or the columns determine one another.
 */
export function timeRegression(table: Table, { boundaryNm = 1000 }: TimeEffectOptions = {}): Coefficient[] {
  const known = withSizeAndTime(table, boundaryNm);
  const dosed = numbers(known, 'dose_ug_mL');
  const rows = filterRows(known, (i) => dosed[i] > 0);
  const [dose, size, time] = ['dose_ug_mL', 'size_nm', 'time_h'].map((name) => numbers(rows, name));
  const X = matrix(
    Array.from({ length: rows.rows }, (_, i) => {
      const days = log(time[i] / 24) / Math.LN2;
      const nano = Number(size[i] < boundaryNm);
      return [log(dose[i]) / Math.LN10, log(size[i]) / Math.LN10, days, nano, nano * days];
    }),
  );
  const names = ['log10 dose', 'log10 size', 'log2 time', 'nano', 'nano × log2 time'];
  return clusterRobustLogistic(X, numbers(rows, 'toxic'), groupNames(rows), names);
}

const groupNames = (table: Table): string[] => texts(table, 'group').map((group, i) => group ?? `row ${i}`);

function withSizeAndTime(table: Table, boundaryNm: number): Table {
  const [size, time] = [numbers(table, 'size_nm'), numbers(table, 'time_h')];
  const rows = filterRows(table, (i) => size[i] > 0 && time[i] > 0);
  const nano = numbers(rows, 'size_nm').filter((nm) => nm < boundaryNm).length;
  if (nano > 0 && nano < rows.rows) return rows;
  throw new RangeError(
    `table must hold particles below and above ${boundaryNm} nm with a time, but ${nano} of ${rows.rows} are below; join several targets or move boundaryNm`,
  );
}
