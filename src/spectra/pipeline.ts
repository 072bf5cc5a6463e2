import { type AlignOptions, align } from './align.js';
import { type AtrCorrectionOptions, atrCorrection } from './atr.js';
import { evenSteps } from './axis.js';
import { BASELINE_SOURCES, type BaselineOptions, removeBaseline } from './baseline/baseline.js';
import { kubelkaMunk, toAbsorbance, toWavenumber } from './convert.js';
import { type CosmicRayOptions, removeCosmicRays } from './cosmic-rays.js';
import type { Range } from './integrate.js';
import { CO2, cutRange, type MaskOptions, mask } from './mask.js';
import { type NormaliseOptions, normalise } from './normalise.js';
import { type ResampleOptions, resample } from './resample.js';
import { type SavitzkyGolayOptions, savitzkyGolay } from './savitzky-golay.js';
import { emsc, msc } from './scatter.js';
import { spectrum as makeSpectrum, type Spectrum } from './spectrum.js';
import { type WhittakerOptions, whittaker } from './whittaker.js';

/** A spectrum inside a pipeline: plain arrays, so that it can be saved as JSON. */
export interface PlainReference {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** One step of a pipeline: its name and its choices, nothing but data. */
export type PipelineStep =
  | { readonly step: 'wavenumber' }
  | { readonly step: 'absorbance'; readonly floor?: number }
  | { readonly step: 'kubelka-munk' }
  | ({ readonly step: 'atr' } & AtrCorrectionOptions)
  | ({
      readonly step: 'resample';
      readonly from: number;
      readonly to: number;
      readonly by: number;
    } & ResampleOptions)
  | { readonly step: 'range'; readonly from: number; readonly to: number }
  | ({ readonly step: 'mask'; readonly ranges?: readonly Range[] } & MaskOptions)
  | ({ readonly step: 'cosmic-rays' } & CosmicRayOptions)
  | ({ readonly step: 'savitzky-golay' } & SavitzkyGolayOptions)
  | ({ readonly step: 'whittaker' } & WhittakerOptions)
  | ({ readonly step: 'baseline' } & BaselineOptions)
  | ({ readonly step: 'normalise' } & NormaliseOptions)
  | { readonly step: 'msc'; readonly reference: PlainReference }
  | { readonly step: 'emsc'; readonly reference: PlainReference; readonly degree?: number }
  | ({ readonly step: 'align'; readonly reference: PlainReference } & AlignOptions);

/** What is done to a spectrum, in order: plain data, to be saved beside the results and cited. */
export type Pipeline = readonly PipelineStep[];

type StepName = PipelineStep['step'];
type StepOf<N extends StepName> = Extract<PipelineStep, { step: N }>;

interface StepKind<N extends StepName> {
  readonly apply: (spectrum: Spectrum, step: StepOf<N>) => Spectrum;
  /** What it is, with its choices, for a methods section. */
  readonly describe: (step: StepOf<N>) => string;
}

const KINDS: { readonly [N in StepName]: StepKind<N> } = {
  wavenumber: { apply: (s) => toWavenumber(s), describe: () => 'converted to wavenumber' },
  absorbance: { apply: toAbsorbance, describe: () => 'converted to absorbance' },
  'kubelka-munk': {
    apply: (s) => kubelkaMunk(s),
    describe: () => 'Kubelka–Munk function (Kubelka 1948, doi:10.1364/JOSA.38.000448)',
  },
  atr: {
    apply: atrCorrection,
    describe: ({ crystal = 'diamond', angle = 45 }) =>
      `ATR correction, ${crystal} at ${angle}° (Harrick 1967)`,
  },
  resample: {
    apply: (s, { from, to, by, ...options }) => resample(s, evenSteps(from, to, by), options),
    describe: ({ from, to, by, method = 'linear' }) => `resampled from ${from} to ${to} by ${by}, ${method}`,
  },
  range: {
    apply: (s, { from, to }) => cutRange(s, from, to),
    describe: ({ from, to }) => `cut to ${from} to ${to}`,
  },
  mask: {
    apply: (s, { ranges = [CO2], fill }) => mask(s, ranges, { fill }),
    describe: ({ ranges = [CO2], fill = 'line' }) =>
      `masked ${ranges.map((r) => r.join('–')).join(', ')} (${fill})`,
  },
  'cosmic-rays': {
    apply: (s, options) => removeCosmicRays(s, options).spectrum,
    describe: () => 'cosmic rays removed (Whitaker & Hayes 2018, doi:10.1016/j.chemolab.2018.06.009)',
  },
  'savitzky-golay': {
    apply: savitzkyGolay,
    describe: ({ window = 11, degree = 3, derivative = 0 }) =>
      `Savitzky–Golay, window ${window}, degree ${degree}, derivative ${derivative} (Savitzky & Golay 1964, doi:10.1021/ac60214a047)`,
  },
  whittaker: {
    apply: whittaker,
    describe: ({ lambda = 100 }) => `Whittaker smoothing, λ = ${lambda} (Eilers 2003, doi:10.1021/ac034173t)`,
  },
  baseline: {
    apply: removeBaseline,
    describe: ({ method }) => `baseline by ${method} (${BASELINE_SOURCES[method]})`,
  },
  normalise: { apply: normalise, describe: ({ method }) => `normalised by ${method}` },
  msc: {
    apply: (s, { reference }) => msc(s, referenceFor(s, reference)),
    describe: () => 'multiplicative scatter correction (Geladi et al. 1985, doi:10.1366/0003702854248656)',
  },
  emsc: {
    apply: (s, { reference, degree }) => emsc(s, referenceFor(s, reference), { degree }),
    describe: ({ degree = 2 }) =>
      `extended multiplicative scatter correction, degree ${degree} (Afseth & Kohler 2012, doi:10.1016/j.chemolab.2012.03.004)`,
  },
  align: {
    apply: (s, { reference, maxShift }) => align(s, referenceFor(s, reference), { maxShift }).spectrum,
    describe: ({ maxShift = 10 }) => `aligned by cross-correlation, at most ${maxShift}`,
  },
};

const referenceFor = (like: Spectrum, { x, y }: PlainReference): Spectrum =>
  makeSpectrum(x, y, { title: 'reference', xUnit: like.xUnit, yUnit: like.yUnit });

/**
 * Applies the steps of a pipeline in order.
 * @throws Error with the number and name of the step that refused the spectrum.
 */
export function applyPipeline(spectrum: Spectrum, pipeline: Pipeline): Spectrum {
  checkPipeline(pipeline);
  return pipeline.reduce((current, step, k) => {
    try {
      return applyStep(current, step);
    } catch (error) {
      const { message } = error as Error;
      throw new RangeError(`step ${k + 1} (${step.step}) of the pipeline: ${message}`, { cause: error });
    }
  }, spectrum);
}

function applyStep<N extends StepName>(spectrum: Spectrum, step: StepOf<N>): Spectrum {
  const kind = KINDS[step.step as N];
  return kind.apply(spectrum, withoutUndefined(step));
}

/** Choices that are `undefined` are none: the defaults stand. */
const withoutUndefined = <T extends object>(step: T): T =>
  Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined)) as T;

function checkPipeline(pipeline: Pipeline): void {
  pipeline.forEach((step, k) => {
    if (!Object.hasOwn(KINDS, step?.step))
      throw new RangeError(
        `step ${k + 1} of the pipeline must be one of ${Object.keys(KINDS).join(', ')}, but is "${step?.step}"`,
      );
  });
}

/** One line a step, with its choices and its source: for a caption or a methods section. */
export function describePipeline(pipeline: Pipeline): string[] {
  checkPipeline(pipeline);
  return pipeline.map((step) => describeStep(step));
}

const describeStep = <N extends StepName>(step: StepOf<N>): string => KINDS[step.step as N].describe(step);

const FORMAT = 'nurdle spectrum pipeline';
const VERSION = 1;

/** The pipeline as JSON, with its format and version. */
export const savePipeline = (pipeline: Pipeline): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, steps: pipeline }, null, 2)}\n`;

/**
 * The pipeline in such a JSON text.
 * @throws RangeError when it is something else or holds a step that is not known.
 */
export function loadPipeline(json: string): Pipeline {
  const { format, version, steps } = JSON.parse(json) as {
    format?: string;
    version?: number;
    steps?: Pipeline;
  };
  if (format !== FORMAT || version !== VERSION || !Array.isArray(steps))
    throw new RangeError(
      `a saved pipeline must have format "${FORMAT}" and version ${VERSION}, but has "${format}" and ${version}`,
    );
  checkPipeline(steps);
  return steps;
}
