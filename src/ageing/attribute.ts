import { chordFill, flatFill } from '../attribution/fill.js';
import { occlusion } from '../attribution/occlusion.js';
import { bandRegions, type NamedBand, patchRegions } from '../attribution/regions.js';
import { topTwo } from '../evaluation/dual-attribution.js';
import { type Table, table } from '../frames/table.js';
import { type Matrix, row } from '../numeric/matrix.js';
import { AGEING_BANDS } from './bands.js';
import { rowsOf, withRows } from './explain-net.js';
import { type AgeingModel, looksAt } from './model.js';
import { GRID } from './nets/branches.js';
import { predictAgeing } from './predict.js';
import { type AgeingSamples, sampleCount } from './samples.js';

export interface AttributeOptions {
  /** Bands that are taken out of the spectrum one after another; those of ageing. */
  readonly bands?: readonly NamedBand[];
  readonly signal?: AbortSignal;
}

/** What a model says of n samples, and what in them it says it for. */
export interface AttributedSamples {
  readonly ids: readonly string[];
  readonly classes: readonly string[];
  /** n × K. */
  readonly probabilities: Matrix;
  /** n × 2: the two most probable classes. */
  readonly causes: readonly (readonly number[])[];
  readonly bands: readonly NamedBand[];
  /** n × bands: by how much the probability of the first cause falls without the band; NaN where there is no spectrum. */
  readonly bandFalls: Matrix;
  /** n × 64: the same for the patches of the micrograph, row by row from the upper left; NaN where there is none. */
  readonly patchFalls: Matrix;
}

/**
 * Attributes samples to causes, and the answer to bands and patches by occlusion, which asks the model itself and works
 * for every kind of net. It says what the model uses; whether that is what aged the particle it does not say.
 * @throws RangeError as `predictAgeing` does, and when no band lies on the axis.
 */
export async function attributeAgeing(
  model: AgeingModel,
  samples: AgeingSamples,
  { bands = AGEING_BANDS, signal }: AttributeOptions = {},
): Promise<AttributedSamples> {
  const { probabilities } = predictAgeing(model, samples);
  const n = sampleCount(samples);
  const causes = Array.from({ length: n }, (_, i) => topTwo(row(probabilities, i)));
  const rows = rowsOf(samples);
  const pixels = samples.images.size ** 2;
  const { wavenumbers } = samples.spectra;
  const [first, last] = [wavenumbers[0], wavenumbers[wavenumbers.length - 1]];
  const shown = bands.filter(({ range: [a, b] }) => a >= first && b <= last);
  if (shown.length === 0)
    throw new RangeError(`bands must lie within the spectra's ${first} to ${last} cm⁻¹, but none does`);
  const predict = (X: Matrix): Float64Array => {
    const { probabilities: P } = predictAgeing(model, withRows(samples, X));
    return Float64Array.from(causes, ([cause], i) => P.data[i * P.cols + cause]);
  };
  const inSpectrum = (whole: Float64Array, columns: Int32Array) =>
    chordFill(
      whole.subarray(pixels),
      columns.map((j) => j - pixels),
    );
  const bandFalls = looksAt(model.kind, 'spectrum')
    ? await occlusion(predict, rows, bandRegions(wavenumbers, shown, pixels), { fill: inSpectrum, signal })
    : unknown(n, shown.length);
  const patchFalls = looksAt(model.kind, 'image')
    ? await occlusion(
        predict,
        rows,
        patchRegions(samples.images.size, samples.images.size, samples.images.size / GRID),
        {
          ...{ fill: flatFill, signal },
        },
      )
    : unknown(n, GRID * GRID);
  blank(bandFalls, samples.spectra.present);
  blank(patchFalls, samples.images.present);
  return {
    ids: samples.ids,
    classes: model.classes,
    probabilities,
    causes,
    bands: shown,
    bandFalls,
    patchFalls,
  };
}

const unknown = (rows: number, cols: number): Matrix => ({
  rows,
  cols,
  data: new Float64Array(rows * cols).fill(Number.NaN),
});

/** Where a side is missing nothing is said of it. */
function blank(falls: Matrix, present: Uint8Array): void {
  present.forEach((there, i) => {
    if (!there) row(falls, i).fill(Number.NaN);
  });
}

/** One line a sample, for a file: the two causes, the fall of each band, and the patch that matters most. */
export function attributionTable(found: AttributedSamples): Table {
  const { ids, classes, probabilities, causes, bands, bandFalls, patchFalls } = found;
  const probability = (i: number, k: number) => probabilities.data[i * probabilities.cols + causes[i][k]];
  const strongest = ids.map((_, i) => {
    const falls = row(patchFalls, i);
    return Number.isNaN(falls[0]) ? -1 : falls.indexOf(falls.reduce((a, b) => Math.max(a, b)));
  });
  const place = (of: (patch: number) => number) => strongest.map((p) => (p < 0 ? Number.NaN : of(p)));
  return table([
    ['sample', [...ids]],
    ['cause', causes.map(([a]) => classes[a])],
    ['probability', ids.map((_, i) => probability(i, 0))],
    ['second cause', causes.map(([, b]) => classes[b])],
    ['second probability', ids.map((_, i) => probability(i, 1))],
    ...bands.map(
      ({ name }, k) =>
        [`without ${name}`, ids.map((_, i) => bandFalls.data[i * bandFalls.cols + k])] as const,
    ),
    ['strongest patch row', place((p) => Math.floor(p / GRID) + 1)],
    ['strongest patch column', place((p) => (p % GRID) + 1)],
    [
      'without strongest patch',
      ids.map((_, i) => (strongest[i] < 0 ? Number.NaN : row(patchFalls, i)[strongest[i]])),
    ],
  ]);
}
