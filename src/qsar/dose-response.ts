import { percentileInterval } from '../evaluation/bootstrap.js';
import { filterRows, takeTableRows, withColumns } from '../frames/rows.js';
import { numbers, type Table, texts } from '../frames/table.js';
import { exp, log } from '../numeric/elementary.js';
import { fitHill, type Hill, hillAt } from '../numeric/hill.js';
import { clustersOf, type ResampleOptions, resampleClusters } from '../numeric/resample.js';
import type { TablePredict } from './table-predict.js';

/** A quantity over dose, with a band. */
export interface DoseCurve {
  /** µg/mL, rising. */
  readonly doses: Float64Array;
  readonly values: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** A log-logistic curve through measured viabilities. */
export interface DoseResponse extends DoseCurve {
  readonly hill: Hill;
  /** Measured rows: dose in µg/mL, viability in %, publication. */
  readonly points: {
    readonly dose: Float64Array;
    readonly viability: Float64Array;
    readonly groups: string[];
  };
}

/** How many doses a curve is drawn through. */
const POINTS = 60;

/**
 * The log-logistic dose–response curve of measured viabilities, with a pointwise 95 % band by a bootstrap over
 * publications.
 * @param table - rows of one kind (one surface, one cell line …) in the common schema; those without a positive dose
 * or a viability are left out.
 * @throws RangeError when fewer than three rows are left.
 */
export function doseResponse(table: Table, { replicates = 500, seed }: ResampleOptions = {}): DoseResponse {
  const [allDoses, allViabilities] = [numbers(table, 'dose_ug_mL'), numbers(table, 'viability_pct')];
  const rows = filterRows(table, (i) => allDoses[i] > 0 && Number.isFinite(allViabilities[i]));
  const [dose, viability] = [numbers(rows, 'dose_ug_mL'), numbers(rows, 'viability_pct')];
  const groups = texts(rows, 'group').map((group, i) => group ?? `row ${i}`);
  const hill = fitHill(dose, viability);
  const doses = between(dose);
  const drawn: Hill[] = [];
  const { ofRow, count } = clustersOf(groups);
  resampleClusters(count, { replicates, seed }, (draws) => {
    const weights = ofRow.map((cluster) => draws[cluster]);
    const kept = new Set(dose.filter((_, i) => weights[i] > 0));
    if (kept.size > 1 && weights.filter((w) => w > 0).length > 2)
      drawn.push(fitHill(dose, viability, weights));
  });
  const band = Array.from(doses, (at) =>
    percentileInterval(
      hillAt(hill, at),
      drawn.map((curve) => hillAt(curve, at)),
    ),
  );
  return { doses, ...columns(band), hill, points: { dose, viability, groups } };
}

/**
 * What models predict for one particle over a range of doses: the mean of several (seeds, folds), and the range of
 * the middle 95 % of them as the band.
 * @param predicts - models as functions of rows; one makes a curve without a band.
 * @param particle - a table of one row.
 * @param doses - µg/mL; 60 from 0.1 to 1,000.
 * @throws RangeError when there is no model or the table has another number of rows.
 */
export function predictedDoses(
  predicts: readonly TablePredict[],
  particle: Table,
  doses: Float64Array = between(Float64Array.of(0.1, 1000)),
): DoseCurve {
  if (predicts.length === 0) throw new RangeError('predicts must hold at least one model, but is empty');
  if (particle.rows !== 1) throw new RangeError(`particle must be one row, but is ${particle.rows}`);
  const same = takeTableRows(particle, new Int32Array(doses.length));
  const asked = withColumns(same, [['dose_ug_mL', { kind: 'number', values: doses }]]);
  const answers = predicts.map((predict) => predict(asked));
  const band = Array.from(doses, (_, k) => {
    const values = answers.map((answer) => answer[k]);
    return percentileInterval(values.reduce((sum, v) => sum + v, 0) / values.length, values);
  });
  return { doses, ...columns(band) };
}

/** Doses evenly spaced in the logarithm between the smallest and the largest. */
function between(dose: Float64Array): Float64Array {
  const [low, high] = [log(Math.min(...dose)), log(Math.max(...dose))];
  return Float64Array.from({ length: POINTS }, (_, k) => exp(low + (k / (POINTS - 1)) * (high - low)));
}

const columns = (band: readonly { value: number; low: number; high: number }[]) => ({
  values: Float64Array.from(band, (at) => at.value),
  low: Float64Array.from(band, (at) => at.low),
  high: Float64Array.from(band, (at) => at.high),
});
