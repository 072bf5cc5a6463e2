// Attribution and embedding: what a prediction is made of, and where a particle lies among the others.
export * from './attribution/attribution.js';
export { type ShapleyOptions, shapley } from './attribution/shapley.js';
export type { Features } from './descriptors/features.js';
export { type CovarianceOptions, type LedoitWolf, ledoitWolf } from './embedding/ledoit-wolf.js';
export * from './embedding/mahalanobis.js';
export * from './embedding/nearest-neighbours.js';
export * from './embedding/pca.js';
export * from './embedding/quality.js';
export { type Tsne, type TsneMap, type TsneOptions, tsne } from './embedding/tsne.js';
// Tables: files and data sets in one schema, and the splits of their rows.
export { type Card, type CardFile, cardNamed, listCards } from './frames/cards.js';
export { toDanfo } from './frames/danfo.js';
export { loadOrSynthetic } from './frames/fallback.js';
export { type Harmonised, type HarmoniseOptions, harmonise } from './frames/harmonise.js';
export { type LoadedTable, type LoadOptions, loadCard, loadTable } from './frames/load.js';
export { type ReadOptions, readTable } from './frames/read.js';
export { type LoadReport, reportLines } from './frames/report.js';
export { concatTables, filterRows, takeTableRows, withColumns } from './frames/rows.js';
export {
  type ColumnRule,
  type ColumnSource,
  type Mapping,
  SCHEMA,
  type SchemaName,
} from './frames/schema.js';
export { groupFolds, randomSplit, type Split, stratifiedFolds } from './frames/splits.js';
export * from './frames/table.js';
export { type Targets, yanTargets } from './frames/targets.js';
// Models: training, prediction, and seeds for both.
export { fit, fitLayers } from './models/fit.js';
export { initialise } from './models/initialise.js';
export { denseNetwork, predict } from './models/network.js';
export { tensorflow } from './models/tensorflow.js';
export type * from './models/training/options.js';
export * from './numeric/matrix.js';
export type { Activation, DenseLayer, DenseNetwork } from './numeric/network.js';
export { type Random, random } from './numeric/random.js';
export { mapOnWorkers, type PoolOptions, shared } from './numeric/workers.js';
