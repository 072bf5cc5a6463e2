import type { ScoreIntervals } from '../../evaluation/intervals.js';
import type { PairedDifference } from '../../evaluation/paired.js';
import type { ScoreName } from '../../evaluation/scores.js';
import type { MissingTask } from '../../runs/run-tasks.js';
import type { Arm } from '../arm.js';
import type { SplitName } from '../split-folds.js';
import type { Assessment } from './assess-task.js';
import type { QsarConfig } from './config.js';
import type { RunData } from './load-data.js';
import type { FoldPlans } from './plan-folds.js';
import type { ScoreAnswer } from './score-task.js';

/** One arm on one target under one split. */
export interface ArmScores extends ScoreAnswer {
  readonly arm: string;
  readonly target: string;
  readonly split: SplitName;
  /** Share of the training publications, in a learning curve; else undefined. */
  readonly share?: number;
}

/** One arm against the reference on the same rows: scores of the arm minus scores of the reference. */
export interface ArmComparison {
  readonly arm: string;
  readonly reference: string;
  readonly target: string;
  readonly split: SplitName;
  readonly differences: Readonly<Record<ScoreName, PairedDifference>>;
  /** p of the difference in ROC-AUC after Holm's correction for the arms of this target and split. */
  readonly adjustedPValue: number;
}

/** The test set of a target: opened once, for one arm. */
export interface TestScores {
  readonly target: string;
  readonly arm: string;
  readonly rows: number;
  readonly toxicRows: number;
  readonly publications: number;
  readonly scores: ScoreIntervals;
  /** How often it was opened before; above 0 it is a test set no more. */
  readonly openedBefore: number;
}

/** How far the predictions of a kept arm can be trusted, from its out-of-fold predictions. */
export interface ArmAssessment extends Assessment {
  readonly target: string;
  readonly arm: string;
  readonly split: SplitName;
}

/** The arm whose models are kept for new particles of a target. */
export interface KeptArm {
  readonly target: string;
  readonly arm: Arm;
  /** The split whose folds calibrate its prediction sets. */
  readonly split: SplitName;
  /** Keys of the trainings, one a seed. */
  readonly keys: readonly string[];
}

/** Of what a table is made. */
export interface TableSize {
  readonly rows: number;
  readonly toxicRows: number;
  readonly publications: number;
  /** Rows of its test set; 0 for a source, or a target too small for one. */
  readonly testRows: number;
}

/** Everything that a run came to. */
export interface QsarRun {
  readonly folder: string;
  readonly config: QsarConfig;
  /** Whether the data are made up: figures have to say so. */
  readonly synthetic: boolean;
  /** Why synthetic tables stand in for the real ones; `null` when they do not. */
  readonly notice: string | null;
  /** Each file or generated table with its SHA-256. */
  readonly origins: RunData['origins'];
  readonly reports: RunData['reports'];
  /** Publications that source and targets share: the source is cleared of those that a fold holds out. */
  readonly shared: readonly string[];
  /** Rows of each target that repeat a row of another publication in every column of the schema. */
  readonly repeated: Readonly<Record<string, number>>;
  readonly sources: readonly TableSize[];
  readonly targets: Readonly<Record<string, TableSize>>;
  readonly leftOut: FoldPlans['leftOut'];
  /** Every arm on every target under every split. */
  readonly arms: readonly ArmScores[];
  /** The same for the points of the learning curves. */
  readonly curves: readonly ArmScores[];
  readonly comparisons: readonly ArmComparison[];
  readonly kept: readonly KeptArm[];
  readonly assessments: readonly ArmAssessment[];
  readonly test: readonly TestScores[];
  /** Tasks that failed, and why. */
  readonly missing: readonly MissingTask[];
  readonly warnings: readonly string[];
  /** One SHA-256 over all results: equal for two runs with the same bits. */
  readonly sha256: string;
}
