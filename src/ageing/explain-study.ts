import type { BootstrapOptions, Interval } from '../evaluation/bootstrap.js';
import { mapAgreement } from '../evaluation/map-agreement.js';
import { rateIntervals } from '../evaluation/rates.js';
import { type Matrix, matrix, row, takeRows } from '../numeric/matrix.js';
import { random } from '../numeric/random.js';
import { type Attributions, attributions } from './attributions.js';
import { compileAgeing, type NetProbe, randomisedAgeing, rowsOf } from './explain-net.js';
import { linkMatrix, type MarkedSamples } from './links.js';
import { predictAgeing } from './predict.js';
import { type CrossAttention, receivedAttention } from './probe.js';
import { type AgeingSamples, takeSamples } from './samples.js';
import { shufflePairs } from './shuffle-pairs.js';
import type { AgeingStudy } from './study.js';
import { markedPatches, markedShares } from './truth.js';

/** Held-out samples with all that is said of them and all that is true of them. */
export interface ExplainedStudy {
  readonly study: AgeingStudy;
  /** Rows of the study's samples. */
  readonly chosen: Int32Array;
  readonly samples: AgeingSamples;
  readonly rows: Matrix;
  /** n predicted types: what attributions explain. */
  readonly predicted: Int32Array;
  readonly probe: NetProbe;
  readonly attention: CrossAttention;
  readonly found: Attributions;
  /** True types, and the patches that they marked. */
  readonly truth: MarkedSamples;
}

export interface ExplainOptions {
  /** Held-out samples of each type; 12. */
  readonly perType?: number;
  readonly seed?: number;
}

/** Explains some held-out samples of each type by every method. The caller disposes of the probe. */
export async function explainStudy(
  study: AgeingStudy,
  { perType = 12, seed = 1 }: ExplainOptions = {},
): Promise<ExplainedStudy> {
  const { samples: all, held, train, set, model } = study;
  const draw = random(seed).fork('explained samples');
  const shuffled = fieldAfterField(
    Array.from(draw.permutation(held.length), (k) => held[k]),
    all.particles,
  );
  const chosen = Int32Array.from(
    all.classes.flatMap((_, type) => shuffled.filter((i) => all.types[i] === type).slice(0, perType)),
  );
  const samples = takeSamples(all, chosen);
  const rows = rowsOf(samples);
  const predicted = largest(predictAgeing(model, samples).probabilities);
  const probe = await compileAgeing(model);
  const background = rowsOf(takeSamples(all, train.slice(0, 128)));
  const marked = markedPatches(markedShares(set, chosen, samples.types, probe.grid));
  return {
    ...{ study, chosen, samples, rows, predicted, probe },
    attention: await probe.attention(rows),
    found: await attributions(probe, rows, predicted, background),
    truth: { types: samples.types, marked, particles: samples.particles },
  };
}

/** The first field of each particle, then the second ones: few samples shall come from many particles. */
function fieldAfterField(rows: readonly number[], particles: readonly string[]): number[] {
  const seen = new Map<string, number>();
  const turn = rows.map((i) => {
    const count = seen.get(particles[i]) ?? 0;
    seen.set(particles[i], count + 1);
    return count;
  });
  return rows
    .map((_, k) => k)
    .sort((a, b) => turn[a] - turn[b] || a - b)
    .map((k) => rows[k]);
}

const largest = (P: Matrix): Int32Array =>
  Int32Array.from({ length: P.rows }, (_, i) => {
    const p = row(P, i);
    return p.indexOf(p.reduce((a, b) => Math.max(a, b)));
  });

/** Mean of the rows of each class: K × columns; NaN for a class without rows. */
export function meanByClass(values: Matrix, types: ArrayLike<number>, classes: number): Matrix {
  const out = matrix(classes, values.cols);
  for (let k = 0; k < classes; k++) {
    const own = takeRows(
      values,
      Array.from({ length: types.length }, (_, i) => i).filter((i) => types[i] === k),
    );
    for (let j = 0; j < values.cols; j++) {
      let sum = 0;
      for (let i = 0; i < own.rows; i++) sum += own.data[i * own.cols + j];
      out.data[k * values.cols + j] = sum / own.rows;
    }
  }
  return out;
}

/** Attention over the points of the axis instead of tokens: each point has its token's, as a multiple of an even share. */
export function attentionOverAxis(
  tokens: readonly (readonly [number, number])[],
  attention: ArrayLike<number>,
  wavenumbers: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: wavenumbers.length }, (_, j) => {
    const k = tokens.findIndex(([low, high]) => wavenumbers[j] >= low && wavenumbers[j] <= high);
    return k < 0 ? 0 : attention[k] * tokens.length;
  });
}

/** What is left of attributions when they should say nothing. */
export interface AttributionControls {
  /** Agreement of a method's patches under the trained and under random weights: near 0 where the method sees the model. */
  readonly randomWeights: Readonly<Record<'attention' | 'Grad-CAM' | 'integrated gradients', Interval>>;
  /** Score of the links, true cells against others: trained, with random weights, with shuffled pairs. */
  readonly links: Readonly<Record<'trained' | 'random weights' | 'shuffled pairs', Interval>>;
  /** Share of samples named rightly by picture: with its own spectrum, and with that of another type. */
  readonly accuracy: Readonly<Record<'own pairs' | 'shuffled pairs', Interval>>;
}

/** Weight randomisation and shuffled pairs. */
export async function attributionControls(
  explained: ExplainedStudy,
  { seed = 1, ...options }: BootstrapOptions = {},
): Promise<AttributionControls> {
  const { probe, rows, predicted, found, attention, truth, samples, study } = explained;
  const random = await compileAgeing(await randomisedAgeing(study.model, seed + 1000));
  try {
    const randomAttention = await random.attention(rows);
    const patches = probe.grid * probe.grid;
    const background = rowsOf(takeSamples(study.samples, study.train.slice(0, 128)));
    const of = {
      attention: receivedAttention(randomAttention, patches, probe.tokens.length).patches,
      'Grad-CAM': (await random.gradCam(rows, predicted)).patches,
      'integrated gradients': (await random.pathGradients(rows, predicted, background, { steps: 12 }))
        .patches,
    };
    const agreement = (method: keyof typeof of) =>
      mapAgreement(found[method].patches, of[method], samples.particles, { seed, ...options }).spearman;
    const shuffled = shufflePairs(rows, samples.images.size ** 2, samples.types, seed).rows;
    const score = (from: NetProbe, looks: CrossAttention) =>
      linkMatrix(from, looks, truth, { seed, ...options }).score;
    const hits = (types: Int32Array) => ({
      values: types.map((type, i) => Number(type === samples.types[i])),
    });
    return {
      randomWeights: {
        attention: agreement('attention'),
        'Grad-CAM': agreement('Grad-CAM'),
        'integrated gradients': agreement('integrated gradients'),
      },
      links: {
        trained: score(probe, attention),
        'random weights': score(random, randomAttention),
        'shuffled pairs': score(probe, await probe.attention(shuffled)),
      },
      accuracy: rateIntervals(
        samples.particles,
        {
          'own pairs': hits(predicted),
          'shuffled pairs': hits(largest(await probe.probabilities(shuffled))),
        },
        { seed, ...options },
      ),
    };
  } finally {
    random.dispose();
  }
}
