import type { NamedBand } from '../attribution/regions.js';
import { type BootstrapOptions, bootstrapCounts, type Interval } from '../evaluation/bootstrap.js';
import { rocAuc } from '../evaluation/roc.js';
import { type Matrix, matrix, row } from '../numeric/matrix.js';
import { type Clusters, clustersOf } from '../numeric/resample.js';
import { AGEING_BANDS, overlapOf, PUBLISHED_LINKS, type PublishedLink } from './bands.js';
import type { CrossAttention, PairProbe } from './probe.js';
import { writesBand } from './truth.js';

/** Samples of known type with where their mark lies. */
export interface MarkedSamples {
  /** n classes. */
  readonly types: ArrayLike<number>;
  /** n × patches: 1 where the type marked more of the patch than of the mean one; all 0 where it left no mark. */
  readonly marked: Matrix;
  /** n particles, over which intervals are made. */
  readonly particles: readonly string[];
}

/** Links between bands and marks as cross-attention has them. */
export interface LinkMatrix {
  readonly bands: readonly NamedBand[];
  readonly types: readonly string[];
  /**
   * bands × types: log2 of the attention that marked patches of the type pay to the band over what patches of all types
   * pay to it. 0 is chance; NaN where no sample of the type has a mark.
   */
  readonly lift: Matrix;
  /** bands × types: 1 where the generator writes that band for that type. */
  readonly truth: Matrix;
  /** Area under the ROC curve of the cells, true links against others: 0.5 is chance. */
  readonly score: Interval;
}

/**
 * Cross-attention from marked patches to named bands, against the generator's truth: whether attention links what belongs
 * together.
 */
export function linkMatrix(
  probe: PairProbe,
  attention: CrossAttention,
  samples: MarkedSamples,
  { bands = AGEING_BANDS, ...options }: BootstrapOptions & { readonly bands?: readonly NamedBand[] } = {},
): LinkMatrix {
  const clusters = clustersOf(samples.particles);
  const paid = bands.map((band) => paidTo(probe, attention, samples, band));
  const cells = (draws: Int32Array) =>
    matrix(
      paid.map((ofBand) => probe.types.map((_, t) => liftOf(ofBand, samples.types, t, clusters, draws))),
    );
  const truth = matrix(bands.map(({ range }) => probe.types.map((_, t) => Number(writesBand(t, range)))));
  const lift = cells(new Int32Array(clusters.count).fill(1));
  const { score } = bootstrapCounts(
    clusters,
    (draws) => ({ score: cellScore(cells(draws), truth) }),
    options,
  );
  return { bands, types: probe.types, lift, truth, score };
}

/** For each sample the attention to a band: of its marked patches (NaN without), and of all its patches. */
interface Paid {
  readonly marked: Float64Array;
  readonly all: Float64Array;
}

function paidTo(
  { tokens, grid }: PairProbe,
  { toTokens }: CrossAttention,
  { marked }: MarkedSamples,
  { range }: NamedBand,
): Paid {
  const weights = tokens.map((token) => overlapOf(token, range));
  const patches = grid * grid;
  const out = { marked: new Float64Array(toTokens.rows), all: new Float64Array(toTokens.rows) };
  for (let i = 0; i < toTokens.rows; i++) {
    let [sum, all, count] = [0, 0, 0];
    for (let p = 0; p < patches; p++) {
      let share = 0;
      for (let s = 0; s < tokens.length; s++)
        share += weights[s] * toTokens.data[i * toTokens.cols + p * tokens.length + s];
      all += share;
      if (marked.data[i * patches + p] === 0) continue;
      sum += share;
      count++;
    }
    out.marked[i] = sum / count;
    out.all[i] = all / patches;
  }
  return out;
}

function liftOf(
  { marked, all }: Paid,
  types: ArrayLike<number>,
  type: number,
  { ofRow }: Clusters,
  draws: Int32Array,
): number {
  let [own, owns, whole, rows] = [0, 0, 0, 0];
  for (let i = 0; i < all.length; i++) {
    const times = draws[ofRow[i]];
    whole += times * all[i];
    rows += times;
    if (types[i] !== type || !Number.isFinite(marked[i])) continue;
    own += times * marked[i];
    owns += times;
  }
  return Math.log2(own / owns / (whole / rows));
}

function cellScore(lift: Matrix, truth: Matrix): number {
  const known = Array.from(lift.data.keys()).filter((k) => Number.isFinite(lift.data[k]));
  return rocAuc(
    known.map((k) => truth.data[k]),
    known.map((k) => lift.data[k]),
  );
}

/** What speaks for one of the paper's links, and what chance would give. */
export interface LinkEvidence {
  readonly link: PublishedLink;
  /** Samples of the type that show a mark. */
  readonly rows: number;
  /** Attention to the band in samples of the type, as a multiple of an even share: 1 is chance. */
  readonly band: Interval;
  /** The same minus that of samples of other types: 0 is chance. */
  readonly bandAgainstOthers: Interval;
  /** Area under the ROC curve of the attention from the band's tokens to the patches, marked against others: 0.5 is chance. */
  readonly place: Interval;
  /** The same minus that of the other tokens: 0 where the band's attention is nothing special. */
  readonly placeAgainstOtherBands: Interval;
  /** Whether the generator has this link. */
  readonly inGenerator: boolean;
  /** Whether all four intervals lie above chance. */
  readonly held: boolean;
}

/** The paper's three links tested on attention, each against its chance. */
export function testLinks(
  probe: PairProbe,
  attention: CrossAttention,
  samples: MarkedSamples,
  {
    links = PUBLISHED_LINKS,
    ...options
  }: BootstrapOptions & { readonly links?: readonly PublishedLink[] } = {},
): LinkEvidence[] {
  const clusters = clustersOf(samples.particles);
  return links.map((link) => {
    const type = probe.types.indexOf(link.type);
    if (type < 0)
      throw new RangeError(`link's type must be one of ${probe.types.join(', ')}, but is "${link.type}"`);
    const { all } = paidTo(probe, attention, samples, link.band);
    const even = evenShare(probe, link.band);
    const places = placesOf(probe, attention, samples, link.band, type);
    const measured = bootstrapCounts(
      clusters,
      (draws) => evidence(all, even, places, samples.types, type, clusters, draws),
      options,
    );
    const { band, bandAgainstOthers, place, placeAgainstOtherBands } = measured;
    return {
      ...{ link, rows: places.band.filter(Number.isFinite).length, ...measured },
      inGenerator: writesBand(type, link.band.range),
      held: band.low > 1 && bandAgainstOthers.low > 0 && place.low > 0.5 && placeAgainstOtherBands.low > 0,
    };
  });
}

/** What an even attention pays to a band: its length over that of the axis. */
function evenShare({ tokens }: PairProbe, { range }: NamedBand): number {
  return tokens.reduce((sum, token) => sum + overlapOf(token, range), 0) / tokens.length;
}

interface Places {
  /** Within-sample areas of the band's tokens; NaN for samples that do not count. */
  readonly band: Float64Array;
  readonly others: Float64Array;
}

function placesOf(
  { tokens, grid }: PairProbe,
  { toPatches }: CrossAttention,
  { types, marked }: MarkedSamples,
  { range }: NamedBand,
  type: number,
): Places {
  const patches = grid * grid;
  const weights = tokens.map((token) => overlapOf(token, range));
  const areas = (weightOf: (token: number) => number) =>
    Float64Array.from({ length: toPatches.rows }, (_, i) => {
      const own = row(marked, i);
      const count = own.reduce((sum, one) => sum + one, 0);
      if (types[i] !== type || count === 0 || count === patches) return Number.NaN;
      const looks = new Float64Array(patches);
      for (let s = 0; s < tokens.length; s++)
        for (let p = 0; p < patches; p++)
          looks[p] += weightOf(s) * toPatches.data[i * toPatches.cols + s * patches + p];
      return rocAuc(own, looks);
    });
  return { band: areas((s) => weights[s]), others: areas((s) => Number(weights[s] === 0)) };
}

function evidence(
  all: Float64Array,
  even: number,
  places: Places,
  types: ArrayLike<number>,
  type: number,
  { ofRow }: Clusters,
  draws: Int32Array,
) {
  const [own, other, place, elsewhere] = [mean(), mean(), mean(), mean()];
  for (let i = 0; i < all.length; i++) {
    const times = draws[ofRow[i]];
    (types[i] === type ? own : other).add(all[i] / even, times);
    place.add(places.band[i], times);
    elsewhere.add(places.others[i], times);
  }
  return {
    ...{ band: own.value(), bandAgainstOthers: own.value() - other.value() },
    ...{ place: place.value(), placeAgainstOtherBands: place.value() - elsewhere.value() },
  };
}

/** A weighted mean that passes over what is not known. */
function mean() {
  let [sum, weight] = [0, 0];
  return {
    add(value: number, times: number): void {
      if (!Number.isFinite(value)) return;
      sum += times * value;
      weight += times;
    },
    value: () => sum / weight,
  };
}
