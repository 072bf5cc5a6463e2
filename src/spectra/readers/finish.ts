import { FileError } from '../../frames/bytes/file-error.js';
import type { Spectrum } from '../spectrum.js';
import type { SpectrumReading } from './reading.js';

/** So many equal values in a row at the top or the bottom are no chance. */
const CLIPPED_RUN = 8;
/** More absorbance than this is no absorbance. */
const MOST_ABSORBANCE = 20;

/**
 * What every reading goes through: the points are put in order, and what an expert would remark is said: an axis in nm,
 * clipped or missing values, an absorbance that cannot be.
 * @param at - byte of the file that the remarks are about: where the points begin.
 */
export function finishReading(reading: SpectrumReading, at: number): SpectrumReading {
  const { spectrum, moved } = orderedPoints(reading.spectrum, at);
  const place = ` (byte ${at})`;
  const remarks = [moved, ...axisRemarks(spectrum), ...valueRemarks(spectrum)].filter(
    (remark) => remark !== '',
  );
  return {
    ...reading,
    spectrum,
    warnings: [...reading.warnings, ...remarks.map((remark) => remark + place)],
  };
}

/** x in one direction without repeats: points that stand elsewhere are sorted in, repeats become their mean. */
function orderedPoints(spectrum: Spectrum, at: number): { spectrum: Spectrum; moved: string } {
  const { x, y } = spectrum;
  if (!x.every(Number.isFinite)) throw new FileError('x must hold finite numbers', at);
  if (!y.some(Number.isFinite)) throw new FileError('y holds no finite number', at);
  const sign = Math.sign(x[x.length - 1] - x[0]) || 1;
  if (isOrdered(x, sign)) return { spectrum, moved: '' };
  const order = Uint32Array.from(x, (_, i) => i).sort((a, b) => sign * (x[a] - x[b]) || a - b);
  const merged = mergeRepeats(x, y, order);
  const moved = `x turns back or repeats; the ${x.length} points are sorted into ${merged.x.length}`;
  return { spectrum: { ...spectrum, ...merged }, moved };
}

function isOrdered(x: Float64Array, sign: number): boolean {
  for (let i = 1; i < x.length; i++) if (!(sign * (x[i] - x[i - 1]) > 0)) return false;
  return true;
}

function mergeRepeats(x: Float64Array, y: Float64Array, order: Uint32Array) {
  const xs = new Float64Array(order.length);
  const ys = new Float64Array(order.length);
  let n = 0;
  for (let i = 0; i < order.length; ) {
    let [sum, count] = [0, 0];
    const value = x[order[i]];
    for (; i < order.length && x[order[i]] === value; i++, count++) sum += y[order[i]];
    xs[n] = value;
    ys[n++] = sum / count;
  }
  return { x: xs.slice(0, n), y: ys.slice(0, n) };
}

function axisRemarks({ xUnit, x }: Spectrum): string[] {
  if (xUnit === 'nm' || xUnit === 'um')
    return [`x is a wavelength in ${xUnit}, not a wavenumber; toWavenumber() converts it`];
  if (xUnit !== 'cm-1') return [`x is in "${xUnit}", which is no axis of an optical spectrum`];
  return x.length < 3 ? [`the spectrum has ${x.length === 1 ? 'one point' : 'two points'}`] : [];
}

function valueRemarks({ y, yUnit }: Spectrum): string[] {
  const { min, max, missing } = extremes(y);
  const remarks: string[] = [];
  if (missing > 0) remarks.push(`${missing} of ${y.length} values are missing`);
  if (min === max) return [...remarks, `all values are ${max}`];
  const top = longestRun(y, max);
  const bottom = longestRun(y, min);
  if (top >= CLIPPED_RUN)
    remarks.push(`y is clipped: ${top} points in a row lie at its maximum, ${short(max)}`);
  if (bottom >= CLIPPED_RUN)
    remarks.push(`y is clipped: ${bottom} points in a row lie at its minimum, ${short(min)}`);
  if (yUnit === 'absorbance' && max > MOST_ABSORBANCE)
    remarks.push(
      `an absorbance of ${short(max)} cannot be; the unit in the file is wrong, as in many Raman exports`,
    );
  return remarks;
}

function extremes(values: Float64Array): { min: number; max: number; missing: number } {
  let [min, max, missing] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) missing++;
    else {
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return { min, max, missing };
}

function longestRun(y: Float64Array, value: number): number {
  let [longest, run] = [0, 0];
  for (const other of y) {
    run = other === value ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

const short = (x: number): string => String(Number(x.toPrecision(4)));
