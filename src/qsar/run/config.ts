import type { DescriptorChoice } from '../../descriptors/encoder.js';
import type { Mapping } from '../../frames/schema.js';
import { ARMS, type Arm } from '../arm.js';
import type { SplitName } from '../split-folds.js';
import type { NetworkSettings } from '../train-arm.js';

/** A table by data set id or file, with the mapping of a file's columns where they are not called like the schema's. */
export type TableChoice =
  | string
  | { readonly table: string; readonly mapping?: Mapping; readonly sheet?: string };

/** Where the rows come from. Without `source` and `targets`: the real tables, or the synthetic ones in their place. */
export interface DataChoice {
  /** The synthetic tables even where the real ones are at hand. */
  readonly synthetic: boolean;
  /** Viability in % below which a row is toxic. */
  readonly toxicBelow: number;
  /** Whether descriptors of polymers, surface groups and elements are joined to every row by its material. */
  readonly materials: boolean;
  readonly source: readonly TableChoice[] | null;
  readonly targets: Readonly<Record<string, TableChoice>> | null;
}

/** Hyper-parameters chosen by inner cross-validation in every fold. */
export interface SearchChoice {
  /** Names of the arms that are tuned. */
  readonly arms: readonly string[];
  /** How many settings are tried. */
  readonly trials: number;
  /** Every trial in full, or many short ones of which the best third goes on. */
  readonly scheduler: 'random' | 'halving';
  /** Inner folds, of whole publications where the outer ones are. */
  readonly folds: number;
}

/** Learning curves: training on some of the publications only. */
export interface CurveChoice {
  readonly arms: readonly string[];
  /** Shares of the training publications. */
  readonly shares: readonly number[];
}

/** A whole QSAR comparison: everything that its numbers depend on. */
export interface QsarConfig {
  readonly name: string;
  /** Seed of splits and resampling, and of the first training. */
  readonly seed: number;
  /** How often every arm is trained in every fold, with seeds `seed`, `seed + 1`, …; their mean is the ensemble. */
  readonly seeds: number;
  readonly data: DataChoice;
  /** Names of the targets to work on; `null` for all. */
  readonly targets: readonly string[] | null;
  readonly arms: readonly Arm[];
  readonly splits: readonly SplitName[];
  readonly folds: number;
  readonly network: Required<NetworkSettings>;
  /** Columns that become features; `null` for those of the common schema. */
  readonly descriptors: DescriptorChoice | null;
  /** Whether the source is cleared of what a fold holds out. Switched off, the run's own checks refuse the folds. */
  readonly clearSource: boolean;
  /** Share of the rows, whole publications, that is kept aside and opened once, at the end; `null` for none. */
  readonly test: { readonly share: number } | null;
  readonly bootstrap: { readonly replicates: number; readonly level: number };
  /** Prediction sets of the kept models: the share that may miss the truth, and whether each class by itself. */
  readonly conformal: { readonly alpha: number; readonly byClass: boolean };
  /** The arm that the others are compared with. */
  readonly reference: string;
  /** The arm whose models are kept for new particles: `best` by ROC-AUC under the strictest split, or its name. */
  readonly deploy: string;
  readonly learningCurve: CurveChoice | null;
  readonly search: SearchChoice | null;
}

export const DEFAULT_CONFIG: QsarConfig = {
  name: 'qsar',
  seed: 1,
  seeds: 5,
  data: { synthetic: false, toxicBelow: 80, materials: false, source: null, targets: null },
  targets: null,
  arms: ARMS,
  splits: ['random', 'by publication'],
  folds: 5,
  network: {
    ...{ hidden: [64, 32], dropout: 0.2, batchSize: 32, learningRate: 1e-3, l2: 1e-4 },
    ...{ pretrainEpochs: 30, epochs: 60 },
  },
  descriptors: null,
  clearSource: true,
  test: { share: 0.2 },
  bootstrap: { replicates: 2000, level: 0.95 },
  conformal: { alpha: 0.1, byClass: true },
  reference: 'from scratch',
  deploy: 'best',
  learningCurve: null,
  search: null,
};
