// The table of contents, in the order in which data flow.

// Numbers: matrices, seeded random numbers, TensorFlow on demand, worker threads.
export * from './numeric/matrix.js';
export type { Activation, DenseLayer, DenseNetwork } from './numeric/network.js';
export { type Random, random } from './numeric/random.js';
export { tensorflow } from './numeric/tensorflow.js';
export { mapOnWorkers, type PoolOptions, shared } from './numeric/workers.js';

// Tables: files and data sets in one schema, and the splits of their rows.
export { type Card, type CardFile, cardNamed, listCards } from './frames/cards.js';
export { toDanfo } from './frames/danfo.js';
export { readCsv, readCsvFile, scanCsv } from './frames/csv/csv.js';
export type { CsvOptions } from './frames/csv/reading.js';
export { type WriteCsvOptions, writeCsv } from './frames/csv/write.js';
export { type Aggregate, type AggregateRule, aggregate } from './frames/aggregate.js';
export { toArquero } from './frames/arquero.js';
export { readParquet } from './frames/parquet/parquet.js';
export { readXlsx } from './frames/xlsx.js';
export { loadOrSynthetic } from './frames/fallback.js';
export { type Harmonised, type HarmoniseOptions, harmonise } from './frames/harmonise.js';
export { type LoadedTable, type LoadOptions, loadCard, loadTable } from './frames/load.js';
export { type ReadOptions, readTable } from './frames/read.js';
export { type LabelKind, type LoadReport, reportLines } from './frames/report.js';
export { type DuplicateOptions, duplicateRows, rowsInBoth } from './frames/duplicates.js';
export {
  type Publication,
  type PublicationColumns,
  type PublicationOverlap,
  type SharedPublication,
  sharedPublications,
  withoutPublications,
} from './frames/publications.js';
export { concatTables, filterRows, onlyColumns, takeTableRows, withColumns } from './frames/rows.js';
export {
  type ColumnRule,
  type ColumnSource,
  type Mapping,
  SCHEMA,
  type SchemaName,
} from './frames/schema.js';
export { type Seen, seenIn } from './frames/seen.js';
export { groupFolds, randomSplit, type Split, stratifiedFolds } from './frames/splits.js';
export * from './frames/table.js';
export { type Targets, yanTargets } from './frames/targets.js';
export { loadTransferTables, type TransferTables } from './frames/transfer-tables.js';

// Descriptors: from a table to numbers.
export { encode } from './descriptors/encode.js';
export * from './descriptors/encoder.js';
export type { Features } from './descriptors/features.js';
export { pickFeatures } from './descriptors/pick.js';

// Models: training, fine-tuning, keeping; the traditional ones to compare with.
export * from './models/classical/classical.js';
export {
  type BoostedModel,
  type BoostedOptions,
  boostedProbabilities,
  fitBoosted,
  predictBoosted,
} from './models/classical/boosted.js';
export {
  type ForestModel,
  type ForestOptions,
  fitForest,
  forestProbabilities,
  predictForest,
} from './models/classical/forest.js';
export { fitForestOnThreads } from './models/classical/forest-threads.js';
export {
  fitNeighbours,
  type NeighbourModel,
  type NeighbourOptions,
  neighbourProbabilities,
  predictNeighbours,
} from './models/classical/knn.js';
export type { ClassOptions } from './models/classical/labels.js';
export {
  fitLogistic,
  type LogisticModel,
  type LogisticOptions,
  logisticProbabilities,
  predictLogistic,
} from './models/classical/logistic.js';
export { fitSvm, predictSvm, type SvmModel, type SvmOptions } from './models/classical/svm.js';
export { fit } from './models/fit.js';

export * from './models/fit-many.js';
export { initialise } from './models/initialise.js';
export type { LayerSpec } from './models/layers.js';
export { denseNetwork, predict } from './models/network.js';
export { type DataSource, loadModel, type ModelCard, saveModel } from './models/store.js';
export { modelFeatures, predictToxicity, type Stage, type ToxicityModel } from './models/toxicity-model.js';
export {
  type FineTuneOptions,
  finetune,
  type NetworkOptions,
  pretrain,
  type TrainingOptions,
  trainFromScratch,
} from './models/toxicity-training.js';
export type * from './models/training/options.js';
export type { Trained } from './models/training/train.js';
export type { TrainJob } from './models/training/train-job.js';
export { fitLayers } from './models/fit-layers.js';

// Evaluation: how good, and how sure.
export { type BootstrapOptions, clusterBootstrap, type Interval } from './evaluation/bootstrap.js';
export {
  type Calibrator,
  type CalibrationKind,
  calibrate,
  calibrateOutOfFold,
  fitCalibrator,
} from './evaluation/calibration.js';
export { twoClasses } from './evaluation/class-probabilities.js';
export { type Conformal, conformalSets, fitConformal, type PredictionSets } from './evaluation/conformal.js';
export type { ConformalOptions } from './evaluation/conformal-weights.js';
export * from './evaluation/confusion.js';
export { type CorrectedT, correctedT } from './evaluation/corrected-t.js';
export { type Coverage, coverage } from './evaluation/coverage.js';
export { crossConformalSets, type OutOfFold, outOfFoldSets } from './evaluation/cross-conformal.js';
export { type CrossValidateOptions, crossValidate, type FitPredict } from './evaluation/cross-validate.js';
export * from './evaluation/delong.js';
export { type FoldTables, foldTables } from './evaluation/fold-tables.js';
export { type CrossValidation, type FoldResult, gatherFolds } from './evaluation/gather-folds.js';
export { holm } from './evaluation/holm.js';
export { formatInterval, type ScoreIntervals, scoreIntervals } from './evaluation/intervals.js';
export { type FoldUse, findLeaks, type Leak, refuseLeaks } from './evaluation/leakage.js';
export * from './evaluation/learning-curve.js';
export {
  compareModels,
  type ModelComparison,
  type PairedDifference,
  pairedDifferences,
} from './evaluation/paired.js';
export * from './evaluation/permutation-test.js';
export * from './evaluation/prevalence.js';
export { PUBLISHED_SCORES, type PublishedScores } from './evaluation/published.js';
export { type Rate, rateIntervals } from './evaluation/rates.js';
export { type ReliabilityBin, reliabilityCurve } from './evaluation/reliability.js';
export { type RocPoint, rocAuc, rocCurve } from './evaluation/roc.js';
export {
  ERROR_SCORES,
  SCORE_NAMES,
  type ScoreName,
  type ScoreOptions,
  type Scores,
  scores,
} from './evaluation/scores.js';
export { type ChosenThreshold, chooseThreshold, type ThresholdGoal } from './evaluation/threshold.js';
export { wilson } from './evaluation/wilson.js';

// Attribution: what a prediction is made of.
export * from './attribution/attribution.js';
export { type ShapleyOptions, shapley } from './attribution/shapley.js';
export {
  type ExpectedGradientsOptions,
  expectedGradients,
  type IntegratedGradientsOptions,
  integratedGradients,
} from './attribution/gradients.js';
export { type Interactions, shapleyInteractions } from './attribution/interactions.js';
export { type Differentiable, networkGradient } from './attribution/network-gradient.js';

// Embedding: where a particle lies among the others.
export { type CovarianceOptions, type LedoitWolf, ledoitWolf } from './embedding/ledoit-wolf.js';
export * from './embedding/mahalanobis.js';
export * from './embedding/nearest-neighbours.js';
export * from './embedding/pca.js';
export { type PlaceOptions, placeOnMap } from './embedding/place.js';
export * from './embedding/quality.js';
export { type Tsne, type TsneMap, type TsneOptions, tsne } from './embedding/tsne.js';

// Method A put together.
export { type SourceDistances, sourceDistances } from './qsar/domain.js';
export type { Arm } from './qsar/fold.js';
export {
  type ArmResult,
  compareArms,
  type ExperimentOptions,
  QUICK_ARMS,
  type SplitName,
} from './qsar/experiment.js';
export { type ExplainOptions, type Explanation, explainToxicity } from './qsar/explain.js';
export { type GroupImportance, importances } from './qsar/importance.js';
export { type Landscape, landscape } from './qsar/landscape.js';

// Figures: plain data for plotly.
export { type BeeswarmData, beeswarmFigure } from './plots/beeswarm.js';
export { type DistanceSet, distanceFigure } from './plots/distances.js';
export type { Figure, FigureOptions } from './plots/figure.js';
export { type Curve, historyFigure } from './plots/history.js';
export { type Importance, importanceFigure } from './plots/importance.js';
export { type IntervalRow, intervalFigure } from './plots/intervals.js';
export { type MapOptions, mapFigure } from './plots/map.js';
export { armsFigure, SCORE_LABELS, scoresFigure } from './plots/scores.js';

// The notebook: what a cell shows, progress, widgets.
export {
  clearOutput,
  type DisplayHandle,
  display,
  input,
  interruptSignal,
} from './kernel/display/display.js';
export {
  type Displayable,
  html,
  javascript,
  jpeg,
  json,
  latex,
  markdown,
  mime,
  png,
  svg,
} from './kernel/display/mime.js';
export { type ProgressBar, progress, progressBar } from './kernel/display/progress.js';
export { AnyWidget, type AnyWidgetOptions } from './kernel/widgets/anywidget.js';
export { Accordion, GridBox, HBox, Tab, VBox } from './kernel/widgets/boxes.js';
export { Dropdown, RadioButtons, Select, SelectMultiple, ToggleButtons } from './kernel/widgets/choices.js';
export { Layout } from './kernel/widgets/control.js';
export { interact } from './kernel/widgets/interact.js';
export { jslink, link } from './kernel/widgets/link.js';
export {
  FloatLogSlider,
  FloatRangeSlider,
  FloatSlider,
  FloatText,
  IntRangeSlider,
  IntSlider,
  IntText,
  Play,
  Progress,
} from './kernel/widgets/numbers.js';
export { Output } from './kernel/widgets/output.js';
export {
  Button,
  Checkbox,
  ColorPicker,
  FileUpload,
  HTML,
  Image,
  Label,
  Text,
  Textarea,
  ToggleButton,
  type UploadedFile,
} from './kernel/widgets/simple.js';
export { Widget } from './kernel/widgets/widget.js';
