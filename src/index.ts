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
export { alignTables } from './frames/align.js';
export { toArquero } from './frames/arquero.js';
export { readParquet } from './frames/parquet/parquet.js';
export { readXlsx } from './frames/xlsx.js';
export { loadEveryTable } from './frames/every-table.js';
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

// Spectra: files of instruments, processing, degradation indices, library search.
export { FileError } from './frames/bytes/file-error.js';
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
export { chooseMatchThreshold, type ThresholdChoice } from './spectra/library/threshold.js';

// Micrographs: from a file to a texture and to particles.
export { detectInfoBar, withoutInfoBar } from './images/info-bar.js';
export * from './images/micrograph.js';
export { type Patch, patches } from './images/patches.js';
export { type ImageReading, readImage, readImageFile } from './images/readers/read.js';
export { type ClaheOptions, clahe } from './images/filters/clahe.js';
export { flatField } from './images/filters/flat-field.js';
export { gaussian } from './images/filters/gaussian.js';
export { medianFilter } from './images/filters/median.js';
export { resize } from './images/filters/resize.js';
export { type RidgeOptions, ridges } from './images/filters/ridges.js';
export { type CrackOptions, type Cracks, cracks } from './images/texture/cracks.js';
export { fractalDimension } from './images/texture/fractal.js';
export { gaborEnergies } from './images/texture/gabor.js';
export { coOccurrence, type GlcmProperties, glcmProperties } from './images/texture/glcm.js';
export { localBinaryPatterns } from './images/texture/lbp.js';
export { type Orientation, orientation, structureTensor } from './images/texture/orientation.js';
export { type PoreOptions, type Pores, pores } from './images/texture/pores.js';
export { type Texture, textureDescriptors } from './images/texture/texture.js';
export { labelRegions, type Regions } from './images/particles/label.js';
export {
  findParticles,
  largestParticle,
  type Particles,
  type SegmentOptions,
} from './images/particles/segment.js';
export { type Shape, shapeOf } from './images/particles/shape.js';
export { skeleton, skeletonLength } from './images/particles/skeleton.js';
export { otsuThreshold } from './images/particles/threshold.js';

// Synthetic pairs of micrographs and spectra, aged in seven ways.
export { type Difficulty, referenceDifficulty } from '../data/synthetic-ageing/difficulty.js';
export { ageingMicrographs } from '../data/synthetic-ageing/fields.js';
export { fingerprint as ageingFingerprint } from '../data/synthetic-ageing/fingerprint.js';
export { type AgeingOptions, type AgeingSet, generateAgeing } from '../data/synthetic-ageing/generate.js';
export {
  type AgeingType,
  MARKS as AGEING_MARKS,
  TYPES as AGEING_TYPES,
} from '../data/synthetic-ageing/world.js';

// Descriptors: from a table to numbers.
export { type Collinearity, collinearity } from './descriptors/collinearity.js';
export * from './descriptors/describe-materials.js';
export { DOSE_FORMS, doseForms } from './descriptors/dose-forms.js';
export { encode } from './descriptors/encode.js';
export * from './descriptors/encoder.js';
export type { Features } from './descriptors/features.js';
export { shapeFeatures } from './descriptors/shape-features.js';
export { textureFeatures } from './descriptors/texture-features.js';
export { pickFeatures } from './descriptors/pick.js';
export type { DescriptorBlock } from './descriptors/quantum.js';

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

// Conv nets and their like: a tfjs training step as one TensorFlow graph.
export { compileGraph } from './graph/compile.js';
export type {
  Augmentation,
  ImageAugmentation,
  SpectrumAugmentation,
} from './graph/data/augmentation.js';
export type { BatchGenerator, BatchRequest, MadeBatch } from './graph/data/source.js';
export type { PerName, Values } from './graph/data/values.js';
export type { Gradients, OutputChoice } from './graph/explain/explain.js';
export type {
  BatchLog,
  CheckpointOptions,
  FitCallbacks,
  GraphEpochLog,
  GraphFitOptions,
  GraphHistory,
} from './graph/fit/options.js';
export { type AttentionOptions, attention, registerAttention } from './graph/layers/attention.js';
export type { CompiledNet } from './graph/net.js';
export type {
  CentreSettings,
  GraphOptions,
  LayerLoss,
  LossChoice,
  LossFunction,
  LossSettings,
  MetricChoice,
  TripletSettings,
} from './graph/options.js';

// Evaluation: how good, and how sure.
export { type RankAgreement, rankAgreement, spearman } from './evaluation/agreement.js';
export { type BootstrapOptions, clusterBootstrap, type Interval } from './evaluation/bootstrap.js';
export {
  type Calibrator,
  type CalibrationKind,
  calibrate,
  calibrateOutOfFold,
  fitCalibrator,
} from './evaluation/calibration.js';
export { twoClasses } from './evaluation/class-probabilities.js';
export { type Coefficient, clusterRobustLogistic } from './evaluation/cluster-regression.js';
export { type Conformal, conformalSets, fitConformal, type PredictionSets } from './evaluation/conformal.js';
export type { ConformalOptions } from './evaluation/conformal-weights.js';
export * from './evaluation/confusion.js';
export { type CorrectedT, correctedT } from './evaluation/corrected-t.js';
export { type Coverage, coverage } from './evaluation/coverage.js';
export { crossConformalSets, type OutOfFold, outOfFoldSets } from './evaluation/cross-conformal.js';
export { type CrossValidateOptions, crossValidate, type FitPredict } from './evaluation/cross-validate.js';
export * from './evaluation/delong.js';
export {
  applicabilityDomain,
  type Domain,
  type DomainOptions,
  type DomainVerdict,
} from './evaluation/domain.js';
export { type DualAttribution, dualAttribution } from './evaluation/dual-attribution.js';
export { foldDifferences } from './evaluation/fold-differences.js';
export { type FoldTables, foldTables } from './evaluation/fold-tables.js';
export { type CrossValidation, type FoldResult, gatherFolds } from './evaluation/gather-folds.js';
export { holm } from './evaluation/holm.js';
export { formatInterval, formatPValue, type ScoreIntervals, scoreIntervals } from './evaluation/intervals.js';
export { type FoldUse, findLeaks, type Leak, refuseLeaks } from './evaluation/leakage.js';
export * from './evaluation/learning-curve.js';
export { type Leverages, leverages } from './evaluation/leverage.js';
export {
  compareModels,
  type ModelComparison,
  type PairedDifference,
  pairedDifferences,
} from './evaluation/paired.js';
export * from './evaluation/permutation-test.js';
export * from './evaluation/prevalence.js';
export { type ProportionIntervals, proportionIntervals } from './evaluation/proportions.js';
export { PUBLISHED_SCORES, type PublishedScores } from './evaluation/published.js';
export { type Rate, rateIntervals } from './evaluation/rates.js';
export { type ReliabilityBin, reliabilityCurve } from './evaluation/reliability.js';
export { pearsonResiduals } from './evaluation/residuals.js';
export { type PrPoint, precisionRecallCurve } from './evaluation/precision-recall.js';
export { type RocPoint, rocAuc, rocCurve } from './evaluation/roc.js';
export {
  SCORE_NAMES,
  type ScoreName,
  type ScoreOptions,
  type Scores,
  scores,
} from './evaluation/scores.js';
export { type PartScores, scoresBy } from './evaluation/scores-by.js';
export {
  type ChosenThreshold,
  chooseThreshold,
  type ThresholdGoal,
  thresholdOutOfFold,
} from './evaluation/threshold.js';
export { type Localisation, localisation } from './evaluation/localisation.js';
export { type MapAgreement, mapAgreement } from './evaluation/map-agreement.js';
export { type Novelty, type NoveltyOptions, novelty } from './evaluation/novelty.js';
export * from './evaluation/share-band.js';
export { wilson } from './evaluation/wilson.js';
export * from './evaluation/search.js';
export * from './evaluation/search-space.js';

// Attribution: what a prediction is made of.
export {
  type AccumulatedEffects,
  accumulatedEffects,
  type EffectsOptions,
} from './attribution/accumulated-effects.js';
export * from './attribution/attribution.js';
export {
  type DeletionCurves,
  type DeletionOptions,
  deletionCurves,
  randomOrder,
} from './attribution/deletion.js';
export { chordFill, type Fill, flatFill, meanFill } from './attribution/fill.js';
export { type OcclusionOptions, occlusion } from './attribution/occlusion.js';
export * from './attribution/regions.js';
export { type Unmixed, unmix } from './attribution/unmix.js';
export { columnEffects } from './attribution/column-effects.js';
export { type ShapleyOptions, shapley } from './attribution/shapley.js';
export {
  type ExpectedGradientsOptions,
  expectedGradients,
  type IntegratedGradientsOptions,
  integratedGradients,
} from './attribution/gradients.js';
export { type InteractionStrength, interactionStrengths } from './attribution/interaction-strengths.js';
export {
  type InteractionOptions,
  type Interactions,
  shapleyInteractions,
} from './attribution/interactions.js';
export { type Differentiable, networkGradient } from './attribution/network-gradient.js';

// Embedding: where a particle lies among the others.
export { type ClassOverlap, type ClassOverlapOptions, classOverlap } from './embedding/class-overlap.js';
export { type ClassSeparation, classSeparation } from './embedding/class-separation.js';
export { type Silhouette, silhouette } from './embedding/silhouette.js';
export { type CovarianceOptions, type LedoitWolf, ledoitWolf } from './embedding/ledoit-wolf.js';
export * from './embedding/mahalanobis.js';
export * from './embedding/nearest-neighbours.js';
export * from './embedding/pca.js';
export { type PlaceOptions, placeOnMap } from './embedding/place.js';
export * from './embedding/quality.js';
export { type Tsne, type TsneMap, type TsneOptions, tsne } from './embedding/tsne.js';

// Method A put together.
export { classicalFit, networkFit } from './qsar/fit-predict.js';
export { encoderDomain, type ModelDomain, modelDomain } from './qsar/applicability.js';
export { type ClaimCheck, checkFaster, checkLeaders } from './qsar/claims.js';
export * from './qsar/dose-response.js';
export { type SourceDistances, sourceDistances } from './qsar/domain.js';
export { type Arm, ARMS } from './qsar/arm.js';
export {
  type ArmResult,
  compareArms,
  type ExperimentOptions,
  QUICK_ARMS,
} from './qsar/experiment.js';
export { SPLIT_NAMES, type SplitName, splitFolds } from './qsar/split-folds.js';
export { type ExplainOptions, type Explanation, explainRows, explainToxicity } from './qsar/explain.js';
export { type PredictOptions, type QsarPrediction, qsarPredict } from './qsar/predict/predict-file.js';
export { predictionColumns } from './qsar/predict/prediction-columns.js';
export type { NearRow, RowPrediction } from './qsar/predict/predict-rows.js';
export { checkNewRows, type NewRows, type RefusedRow } from './qsar/predict/new-rows.js';
export { checkConfig, type QsarSettings } from './qsar/run/check-config.js';
export type { QsarRunOptions } from './qsar/run/compute-run.js';
export { DEFAULT_CONFIG, type QsarConfig } from './qsar/run/config.js';
export { curvePoints } from './qsar/run/curve-points.js';
export { type LoadedModels, loadKept, predictKept } from './qsar/run/kept-models.js';
export type {
  ArmComparison,
  ArmScores,
  KeptArm,
  QsarRun,
  TestScores,
} from './qsar/run/run-result.js';
export { type FoldDomains, foldDomains } from './qsar/fold-domains.js';
export { type GroupImportance, importances } from './qsar/importance.js';
export { type Landscape, landscape } from './qsar/landscape.js';
export { importanceStability, type Stability, type StabilityOptions } from './qsar/stability.js';
export { tableEffects } from './qsar/table-effects.js';
export { type TablePredict, tablePredict } from './qsar/table-predict.js';
export { type TimeEffect, timeEffect, timeRegression } from './qsar/time-effect.js';
export { type Explainable, type Particle, particleTable, type WhatIf, whatIf } from './qsar/what-if.js';

// Method B explained: attention, attribution, mixtures, maps.
export {
  type Attributions,
  attributions,
  METHODS as ATTRIBUTION_METHODS,
  type Method as AttributionMethodName,
} from './ageing/attributions.js';
export { type AttributedSamples, attributeAgeing, attributionTable } from './ageing/attribute.js';
export { AGEING_BANDS, PUBLISHED_LINKS, type PublishedLink } from './ageing/bands.js';
export * from './ageing/compare-methods.js';
export { compileAgeing, type NetProbe, randomisedAgeing, rowsOf } from './ageing/explain-net.js';
export * from './ageing/explain-study.js';
export {
  type LinkEvidence,
  type LinkMatrix,
  linkMatrix,
  type MarkedSamples,
  testLinks,
} from './ageing/links.js';
export * from './ageing/mixture-report.js';
export * from './ageing/mixture-study.js';
export * from './ageing/mixtures.js';
export { type CauseFrequencies, causeFrequencies, type NaturalOptions } from './ageing/natural.js';
export {
  type CrossAttention,
  type Localised,
  type PairProbe,
  receivedAttention,
} from './ageing/probe.js';
export * from './ageing/separation.js';
export { newcomers } from './ageing/newcomers.js';
export { shufflePairs } from './ageing/shuffle-pairs.js';
export { type AgeingStudy, type AgeingStudyOptions, ageingStudy } from './ageing/study.js';
export { type MixtureTraining, trainMixtures } from './ageing/train-mixtures.js';
export { markedPatches, markedShares, markedTokens, trueShares } from './ageing/truth.js';

// Figures: plain data for plotly.
export { type AttentionStrip, attentionFigure } from './plots/attention.js';
export { type DeletionLine, deletionFigure } from './plots/deletion.js';
export { type MatrixFigureOptions, matrixFigure } from './plots/matrix.js';
export { type ShareRow, sharesFigure } from './plots/shares.js';
export { type CumulativeOptions, cumulativeFigure, type NamedValues } from './plots/cumulative.js';
export { filledFigure } from './plots/missing.js';
export { type BeeswarmData, beeswarmFigure } from './plots/beeswarm.js';
export * from './plots/confusion.js';
export { type CoverageRow, coverageFigure } from './plots/coverage.js';
export { differencesFigure } from './plots/differences.js';
export { type DistanceSet, distanceFigure } from './plots/distances.js';
export { doseFigure } from './plots/dose-response.js';
export { effectsFigure } from './plots/effects.js';
export type { Figure, FigureOptions } from './plots/figure.js';
export { type Curve, historyFigure } from './plots/history.js';
export { type Importance, importanceFigure } from './plots/importance.js';
export { importanceByFigure } from './plots/importance-by.js';
export { type IntervalRow, intervalFigure } from './plots/intervals.js';
export { learningFigure } from './plots/learning.js';
export { type MapOptions, mapFigure } from './plots/map.js';
export { prevalenceFigure } from './plots/prevalence.js';
export { rankFigure } from './plots/ranks.js';
export { type ReliabilityCurve, reliabilityFigure } from './plots/reliability.js';
export * from './plots/ranking-curves.js';
export { armsFigure, SCORE_LABELS, scoresFigure } from './plots/scores.js';
export { indexFigure, type NamedIndex } from './plots/degradation.js';
export { matchFigure, thresholdFigure } from './plots/library-match.js';
export { type BandLabel, type SpectraOptions, spectraFigure } from './plots/spectra.js';
export { waterfallFigure } from './plots/waterfall.js';
export { type WilliamsSet, williamsFigure } from './plots/williams.js';

export { comparisonFigure } from './plots/comparisons.js';

// Method B: types of ageing from micrographs and spectra.
export { checkParticles } from './ageing/check-particles.js';
export { type AgeingData, ageingTable, labelled } from './ageing/data.js';
export { type AgeingFolder, type AgeingFolderOptions, readAgeingFolder } from './ageing/folder.js';
export type { AgeingModel, MetricLoss } from './ageing/model.js';
export type { NetKind } from './ageing/nets/net.js';
export { type AgeingPrediction, pooledByParticle, predictAgeing } from './ageing/predict.js';
export { ageingPredictionTable } from './ageing/prediction-table.js';
export { AGEING_ARMS, PUBLISHED_AGEING } from './ageing/published.js';
export { type AgeingConfig, type AgeingRun, type AgeingRunOptions, ageingRun } from './ageing/run.js';
export { type AgeingSamples, sampleCount, takeSamples, withoutSide } from './ageing/samples.js';
export { type AgeingArmScores, mostLikely } from './ageing/scores.js';
export { loadAgeingModel, saveAgeingModel } from './ageing/store.js';
export { syntheticSamples } from './ageing/synthetic.js';
export { type AgeingTraining, trainAgeing } from './ageing/train.js';
export { writeAgeingFolder } from './ageing/write-folder.js';
export { ageingFigure, ageingRecallFigure } from './plots/ageing.js';
export { ageingCard } from './reports/ageing-card.js';
export { ageingComparison, ageingFigures, writeAgeingRun } from './reports/ageing-run.js';
export {
  ageingTable as ageingAccuracyTable,
  calibrationTable,
  recallTable,
  seenTable,
} from './reports/ageing-tables.js';

// Runs: independent tasks, their results under the hash of what they are, who works them off.
export type { ExecuteOptions, Executor } from './runs/executor.js';
export { localExecutor } from './runs/local.js';
export { type Gathered, type RunTasksOptions, runTasks, type TaskProgress } from './runs/run-tasks.js';
export { type Cost, costOf } from './runs/cost.js';
export type { SlurmOptions } from './runs/slurm/options.js';
export { slurmExecutor } from './runs/slurm/slurm.js';
export { mapOver, mapTasks } from './runs/map.js';
export { TaskStore } from './runs/store.js';
export { type Task, type TaskDescription, type TaskInputs, task } from './runs/task.js';

// Reports: a run as a folder of files for people and programs.
export { modelCard } from './reports/model-card.js';
export { type PublishedComparison, publishedComparisons } from './reports/published-table.js';
export { qmrf } from './reports/qmrf.js';
export { qsarReport, qsarRun, readRun } from './reports/qsar-run.js';
export { type MicrographFigureOptions, micrographFigure, type Panel } from './plots/micrograph.js';
export { runFigures } from './reports/run-figures.js';

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
