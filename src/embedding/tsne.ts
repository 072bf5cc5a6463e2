import { availableParallelism } from 'node:os';
import { checkChoice, checkFinite, checkRows, checkWhole } from '../numeric/check.js';
import { log } from '../numeric/elementary.js';
import type { Matrix } from '../numeric/matrix.js';
import { random } from '../numeric/random.js';
import { teamControl } from '../numeric/team.js';
import { floatsAt } from '../numeric/wasm/shared-memory.js';
import { mapOnWorkers } from '../numeric/workers.js';
import type { MapReport } from './descent.js';
import { writeData, writeQueries } from './map-data.js';
import { mapMemory } from './map-memory.js';
import { leadMap, type MapTask } from './map-threads.js';
import { pca } from './pca.js';

export interface TsneOptions {
  /** Effective number of neighbours. Default 30, or (n − 1) / 3 for fewer than 91 rows. */
  readonly perplexity?: number;
  /** Default 1000. */
  readonly iterations?: number;
  /** Factor on the attraction in the first 250 iterations. Default 12. */
  readonly earlyExaggeration?: number;
  /** Default 'auto': n / earlyExaggeration / 4, at least 50 (Belkina et al. 2019, doi:10.1038/s41467-019-13055-y). */
  readonly learningRate?: 'auto' | number;
  /** Where points start: along the principal components (default), at random, or at given n × 2 places. */
  readonly start?: 'pca' | 'random' | Matrix;
  /**
   * How repulsion is summed: over a quadtree ('barnes-hut'), or by interpolation on a grid ('interpolation'), whose
   * cost hardly grows with n. Default 'auto': the tree below 20,000 rows.
   */
  readonly method?: 'auto' | 'barnes-hut' | 'interpolation';
  /** Accuracy of the tree, smaller is finer: θ of Barnes & Hut. Default 0.5. */
  readonly angle?: number;
  readonly seed?: number;
  /** Threads; 0 works in the calling thread. Default: one per core, none for fewer than 500 rows. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Called with the map every `every` iterations. */
  readonly onIteration?: (map: TsneMap & { readonly iteration: number }) => void;
  /** Default 50. */
  readonly every?: number;
}

export interface TsneMap {
  /** n × 2, around zero. */
  readonly embedding: Matrix;
  /** Kullback–Leibler divergence of the map's affinities from the data's. */
  readonly klDivergence: number;
}

export interface Tsne extends TsneMap {
  readonly perplexity: number;
  readonly iterations: number;
  readonly learningRate: number;
  readonly seed: number;
}

/** Largest grid along a side: wide enough for maps of about 600 units. */
const GRID = 2048;

/**
 * A map on which near particles stay near: t-distributed stochastic neighbour embedding (van der Maaten & Hinton
 * 2008), with exact nearest neighbours and repulsion by Barnes & Hut (van der Maaten 2014). The same seed gives the
 * same bits for any number of threads.
 *
 * @param X - n × d, n at least 4; columns should be in comparable units.
 * @throws RangeError when a value is not finite or the perplexity is too large for so few rows.
 */
export async function tsne(X: Matrix, options: TsneOptions = {}): Promise<Tsne> {
  const { iterations = 1000, earlyExaggeration = 12, seed = 0, angle = 0.5, every = 50 } = options;
  checkRows('X', X, 4);
  checkFinite('X', X);
  checkWhole('iterations', iterations, 1);
  checkWhole('every', every, 1);
  checkPositive('earlyExaggeration', earlyExaggeration);
  checkPositive('angle', angle);
  checkChoice('method', options.method ?? 'auto', ['auto', 'barnes-hut', 'interpolation']);
  const perplexity = checkedPerplexity(X.rows, options.perplexity);
  const learningRate = rateFor(X.rows, earlyExaggeration, options.learningRate);
  const workers = options.workers ?? (X.rows < 500 ? 0 : availableParallelism());
  checkWhole('workers', workers, 0);
  const task = prepare(X, perplexity, Math.max(1, workers), {
    iterations,
    earlyExaggeration,
    learningRate,
    opening: angle,
    interpolate: interpolates(X.rows, options.method),
    every: options.onIteration ? every : 0,
  });
  floatsAt(task.map.memory, task.map.at.Y, 2 * X.rows).set(startPlaces(X, options.start ?? 'pca', seed));
  const { embedding, klDivergence } = await draw(task, workers, options);
  return { embedding: asMatrix(embedding), klDivergence, perplexity, iterations, learningRate, seed };
}

function interpolates(n: number, method: TsneOptions['method'] = 'auto'): boolean {
  return method === 'auto' ? n >= 20_000 : method === 'interpolation';
}

function checkPositive(name: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY))
    throw new RangeError(`${name} must be a positive number, but is ${value}`);
}

function checkedPerplexity(n: number, perplexity = Math.min(30, (n - 1) / 3)): number {
  if (!(perplexity >= 1 && perplexity <= (n - 1) / 3))
    throw new RangeError(
      `perplexity must be in 1 … (n − 1) / 3 = ${Number(((n - 1) / 3).toFixed(2))} for ${n} rows, but is ${perplexity}; it is the number of neighbours that count`,
    );
  return perplexity;
}

function rateFor(n: number, earlyExaggeration: number, rate: 'auto' | number = 'auto'): number {
  if (rate === 'auto') return Math.max(50, n / earlyExaggeration / 4);
  checkPositive('learningRate', rate);
  return rate;
}

function prepare(X: Matrix, perplexity: number, threads: number, descent: MapTask['descent']): MapTask {
  const k = Math.max(1, Math.floor(3 * perplexity));
  const map = mapMemory(X.rows, X.cols, k, threads, descent.interpolate ? GRID : 0);
  const bounds = writeData(map.memory, map.at, X);
  writeQueries(map.memory, map.at.X, X, bounds);
  return {
    thread: 0,
    control: teamControl(),
    map,
    blocks: { bounds, logPerplexity: log(perplexity) },
    descent,
  };
}

/** Where points start: at a scale of 1e-4, and never two at exactly one place. */
function startPlaces(X: Matrix, start: 'pca' | 'random' | Matrix, seed: number): Float64Array {
  if (typeof start !== 'string') return givenPlaces(X, start);
  const r = random(seed).fork('start');
  const noise = Float64Array.from({ length: 2 * X.rows }, () => 1e-4 * r.normal());
  if (start === 'random' || X.cols < 2) return noise;
  const { scores, explainedVariance } = pca(X);
  const deviation = Math.sqrt(explainedVariance[0]);
  if (!(deviation > 0)) return noise;
  return scores.data.map((score, k) => (1e-4 * score) / deviation + 0.01 * noise[k]);
}

function givenPlaces(X: Matrix, start: Matrix): Float64Array {
  if (start.rows !== X.rows || start.cols !== 2)
    throw new RangeError(`start must be ${X.rows} × 2, but is ${start.rows} × ${start.cols}`);
  checkFinite('start', start);
  return start.data;
}

async function draw(
  task: MapTask,
  workers: number,
  { signal, onIteration }: TsneOptions,
): Promise<MapReport> {
  const onReport = (value: unknown): void => {
    const { iteration, embedding, klDivergence } = value as MapReport;
    onIteration?.({ iteration, embedding: asMatrix(embedding), klDivergence });
  };
  if (workers === 0) return leadMap(task, onReport, breather(signal));
  const tasks = Array.from({ length: workers }, (_, thread) => ({ ...task, thread }));
  const module = new URL('./map-threads.js', import.meta.url);
  const [map] = await mapOnWorkers<MapTask, MapReport>(module, 'drawMap', tasks, {
    workers,
    signal,
    onReport,
  });
  return map;
}

/** Lets the event loop turn every 20 ms, and hears an abort. */
function breather(signal?: AbortSignal): () => Promise<void> {
  let last = performance.now();
  signal?.throwIfAborted();
  return async () => {
    if (performance.now() - last < 20) return;
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
    last = performance.now();
  };
}

const asMatrix = (data: Float64Array): Matrix => ({ rows: data.length / 2, cols: 2, data });
