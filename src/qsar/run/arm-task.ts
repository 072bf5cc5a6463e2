import type { DescriptorChoice } from '../../descriptors/encoder.js';
import { findLeaks, type Leak } from '../../evaluation/leakage.js';
import type { SearchResult } from '../../evaluation/search.js';
import type { Table } from '../../frames/table.js';
import { texts } from '../../frames/table.js';
import type { ToxicityModel } from '../../models/toxicity-model.js';
import type { TaskInputs } from '../../runs/task.js';
import type { Arm } from '../arm.js';
import { type ArmModel, type NetworkSettings, predictArm, trainArm } from '../train-arm.js';
import type { SearchChoice } from './config.js';
import { type FoldChoice, type FoldSides, readFold } from './fold-sides.js';
import { tuneArm } from './tune-arm.js';

/** One training: an arm on one fold with one seed. */
export interface ArmSpecification extends FoldChoice {
  /** Without its name: arms that do the same are the same. */
  readonly arm: Omit<Arm, 'name'>;
  /** SHA-256 of every table that may have been learned from: for the leak checks. */
  readonly tables: readonly string[];
  /** Left out where nothing depends on it. */
  readonly seed?: number;
  readonly network?: NetworkSettings;
  readonly descriptors?: DescriptorChoice;
  /** Hyper-parameters are chosen by inner cross-validation. */
  readonly search?: Omit<SearchChoice, 'arms'>;
  /** Whether the model is wanted beside its predictions. */
  readonly keep?: boolean;
}

/** What one training comes to. */
export interface ArmAnswer {
  /** Row numbers in the target's table. */
  readonly rows: Int32Array;
  /** One for each of these rows. */
  readonly probabilities: Float64Array;
  /** What the model could have known and should not. */
  readonly leaks: readonly Leak[];
  readonly model?: ArmModel;
  /** The trail of the search for hyper-parameters, where there was one. */
  readonly search?: SearchResult;
}

/** Trains one arm on one fold, predicts what the fold holds out, and looks for leaks. */
export async function armTask(specification: ArmSpecification, inputs: TaskInputs): Promise<ArmAnswer> {
  const {
    arm,
    seed = 0,
    network = { pretrainEpochs: 1, epochs: 1 },
    descriptors,
    keep,
    tables,
  } = specification;
  const sides = await readFold(specification, inputs);
  const pretrained =
    arm.kind === 'fine-tune' ? ((await inputs.result('pretrained')) as ToxicityModel) : undefined;
  const given = { ...arm, name: arm.kind } as Arm;
  const training = { seed, network, descriptors };
  const tuned = specification.search
    ? await tuneArm(given, sides.train, training, specification.search, {
        heldTogether: sides.plan.heldTogether,
        pretrained,
      })
    : { arm: given, training };
  const model = await trainArm(tuned.arm, sides.train, tuned.training, pretrained);
  const others = await Promise.all(tables.map((sha256) => inputs.value(sha256) as Promise<Table>));
  return {
    rows: sides.rows,
    probabilities: predictArm(model, sides.test),
    leaks: leaksOf(model, sides, others),
    ...(keep ? { model } : {}),
    ...('search' in tuned ? { search: tuned.search } : {}),
  };
}

/** Looks up every row that any part of the model was fitted on. */
function leaksOf({ seen }: ArmModel, { plan, truth, train }: FoldSides, others: readonly Table[]): Leak[] {
  const column = plan.heldTogether ?? 'group';
  const fitted = new Set(seen.ids);
  const trained = new Set(
    [train, truth, ...others].flatMap((table) => {
      const ids = texts(table, 'id');
      return texts(table, column).filter((_, i) => fitted.has(ids[i]!));
    }),
  );
  return findLeaks(
    {
      trainGroups: known(trained),
      testGroups: known(texts(truth, column)),
      fittedOn: fitted,
      scored: known(texts(truth, 'id')),
      featureColumns: seen.columns,
      groupColumn: 'group',
    },
    { grouped: plan.heldTogether !== null },
  );
}

const known = (words: Iterable<string | null>): string[] =>
  [...words].filter((word): word is string => word !== null);
