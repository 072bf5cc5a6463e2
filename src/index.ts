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
export { type LoadReport, reportLines } from './frames/report.js';
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

// Spectra: files of instruments, processing, degradation indices, library search.
export { SpectrumFileError } from './spectra/readers/file-error.js';
export {
  type FileResult,
  readSpectra,
  readSpectrumFile,
  readSpectrumFiles,
} from './spectra/readers/read.js';
export type { SpectrumFormat, SpectrumReading } from './spectra/readers/reading.js';
export * from './spectra/spectrum.js';
export { evenSteps } from './spectra/axis.js';
export * from './spectra/convert.js';
export * from './spectra/atr.js';
export { type ResampleOptions, resample, valueAt } from './spectra/resample.js';
export { type SavitzkyGolayOptions, savitzkyGolay } from './spectra/savitzky-golay.js';
export { type WhittakerOptions, whittaker } from './spectra/whittaker.js';
export * from './spectra/baseline/baseline.js';
export { type NormaliseOptions, normalise } from './spectra/normalise.js';
export { emsc, meanRow, msc } from './spectra/scatter.js';
export * from './spectra/mask.js';
export { type AlignOptions, align } from './spectra/align.js';
export { type CosmicRayOptions, removeCosmicRays } from './spectra/cosmic-rays.js';
export { noise, signalToNoise } from './spectra/noise.js';
export { checkQuality, findOutliers, type Outlier, type QualityReport } from './spectra/quality.js';
export { findPeaks, type Peak, type PeakOptions } from './spectra/peaks.js';
export * from './spectra/pseudo-voigt.js';
export { bandArea, bandHeight, type BandOptions, type Range } from './spectra/integrate.js';
export * from './spectra/degradation-index.js';
export * from './spectra/indices.js';
export * from './spectra/set.js';
export * from './spectra/map.js';
export * from './spectra/pipeline.js';
export { POLYMER_BANDS, type PolymerBand, type PolymerName } from './spectra/polymer-bands.js';
export { type SyntheticPolymerOptions, syntheticPolymer } from './spectra/synthetic-polymer.js';
export { type LoadedSpectra, loadSpectra } from './spectra/load.js';
export * from './spectra/library/library.js';
export { type LibraryOrSynthetic, loadLibraryOrSynthetic } from './spectra/library/fallback.js';
export { findSuspects, type Suspect } from './spectra/library/leave-out.js';
export { LIBRARY_PIPELINE, type LoadedLibrary, loadLibrary } from './spectra/library/load.js';
export type { Metric } from './spectra/library/metric.js';
export { fitMixture, type MixtureFit } from './spectra/library/mixture.js';
export { type Hit, type LibraryMatch, type SearchOptions, searchLibrary } from './spectra/library/search.js';
export { chooseThreshold, type ThresholdChoice } from './spectra/library/threshold.js';

// Descriptors: from a table to numbers.
export { encode } from './descriptors/encode.js';
export * from './descriptors/encoder.js';
export type { Features } from './descriptors/features.js';
export { pickFeatures } from './descriptors/pick.js';

// Models: training, fine-tuning, keeping.
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
export * from './evaluation/confusion.js';
export { type CrossValidateOptions, crossValidate, type FitPredict } from './evaluation/cross-validate.js';
export { type FoldTables, foldTables } from './evaluation/fold-tables.js';
export { type CrossValidation, type FoldResult, gatherFolds } from './evaluation/gather-folds.js';
export { formatInterval, type ScoreIntervals, scoreIntervals } from './evaluation/intervals.js';
export { type FoldUse, findLeaks, type Leak, refuseLeaks } from './evaluation/leakage.js';
export { PUBLISHED_SCORES } from './evaluation/published.js';
export { type RocPoint, rocAuc, rocCurve } from './evaluation/roc.js';
export { type ScoreName, type Scores, scores } from './evaluation/scores.js';

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
export { indexFigure, type NamedIndex } from './plots/degradation.js';
export { matchFigure, thresholdFigure } from './plots/library-match.js';
export { type BandLabel, type SpectraOptions, spectraFigure } from './plots/spectra.js';

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
