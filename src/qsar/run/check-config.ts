import { type DescriptorChoice, SCHEMA_DESCRIPTORS } from '../../descriptors/encoder.js';
import { SCHEMA_NAMES } from '../../frames/schema.js';
import { quoted } from '../../frames/table.js';
import type { Arm } from '../arm.js';
import { SPLIT_NAMES } from '../split-folds.js';
import {
  type CurveChoice,
  type DataChoice,
  DEFAULT_CONFIG,
  type QsarConfig,
  type SearchChoice,
  type TableChoice,
} from './config.js';
import { checkArm, readArm } from './read-arm.js';
import {
  dictionary,
  fields,
  flag,
  list,
  number,
  oneOf,
  orNull,
  type Read,
  text,
  whole,
} from './read-settings.js';

/** What a person writes: any part of the configuration, arms by name where they are known ones. */
export type QsarSettings = {
  readonly [K in Exclude<
    keyof QsarConfig,
    'arms' | 'data' | 'network' | 'bootstrap' | 'conformal'
  >]?: QsarConfig[K];
} & {
  readonly arms?: readonly (string | Arm)[];
  readonly data?: Partial<DataChoice>;
  readonly network?: Partial<QsarConfig['network']>;
  readonly bootstrap?: Partial<QsarConfig['bootstrap']>;
  readonly conformal?: Partial<QsarConfig['conformal']>;
};

/**
 * A whole configuration from what a person wrote, with the defaults for what was left out.
 * @param settings - parsed JSON, or a record from a notebook.
 * @throws RangeError or TypeError naming the setting, what it must be, what came and what to do.
 */
export function checkConfig(settings: unknown = {}): QsarConfig {
  const config = readConfig({ path: 'config', value: settings });
  checkNames(config);
  return config;
}

const above0 = number(0, Number.POSITIVE_INFINITY, { open: true });
const from0 = number(0, Number.POSITIVE_INFINITY);

const readTable: Read<TableChoice> = (setting) =>
  typeof setting.value === 'string'
    ? text(setting)
    : fields<Exclude<TableChoice, string>>(
        { table: text, mapping: dictionary(({ value }) => value as never), sheet: text },
        { mapping: undefined, sheet: undefined },
      )(setting);

/** Targets by names that can name files. */
const readTargets: Read<Record<string, TableChoice>> = (setting) => {
  const targets = dictionary(readTable)(setting);
  const wrong = Object.keys(targets).find((name) => !/^[\p{L}\p{N}][\p{L}\p{N} _.()+-]*$/u.test(name));
  if (wrong !== undefined)
    throw new RangeError(
      `${setting.path} must have names of letters, digits, blanks and _ . ( ) + -, but one is ${JSON.stringify(wrong)}`,
    );
  return targets;
};

const readData = fields<DataChoice>(
  {
    synthetic: flag,
    toxicBelow: above0,
    materials: flag,
    source: orNull(list(readTable, { least: 1 })),
    targets: orNull(readTargets),
  },
  DEFAULT_CONFIG.data,
);

const readDescriptors = fields<DescriptorChoice>(
  { words: list(text), numbers: list(text), logarithms: list(text), frequencies: list(text) },
  { ...SCHEMA_DESCRIPTORS, frequencies: undefined },
);

const readConfig = fields<QsarConfig>(
  {
    name: text,
    seed: whole(0),
    seeds: whole(1, 1000),
    data: readData,
    targets: orNull(list(text, { least: 1 })),
    arms: list(readArm, { least: 1 }),
    splits: list(oneOf(SPLIT_NAMES), { least: 1 }),
    folds: whole(2, 1000),
    network: fields(
      {
        hidden: list(whole(1)),
        dropout: number(0, 1),
        batchSize: whole(1),
        learningRate: above0,
        l2: from0,
        pretrainEpochs: whole(1),
        epochs: whole(1),
      },
      DEFAULT_CONFIG.network,
    ),
    descriptors: orNull(readDescriptors),
    clearSource: flag,
    test: orNull(fields({ share: number(0, 0.6, { open: true }) }, { share: 0.2 })),
    bootstrap: fields(
      { replicates: whole(1), level: number(0, 1, { open: true }) },
      DEFAULT_CONFIG.bootstrap,
    ),
    conformal: fields({ alpha: number(0, 1, { open: true }), byClass: flag }, DEFAULT_CONFIG.conformal),
    reference: text,
    deploy: text,
    learningCurve: orNull(
      fields<CurveChoice>(
        { arms: list(text, { least: 1 }), shares: list(number(0, 1, { open: true }), { least: 1 }) },
        { shares: [0.2, 0.4, 0.6, 0.8] },
      ),
    ),
    search: orNull(
      fields<SearchChoice>(
        {
          arms: list(text, { least: 1 }),
          trials: whole(1),
          folds: whole(2),
          scheduler: oneOf<SearchChoice['scheduler']>(['random', 'halving']),
        },
        { trials: 20, folds: 3, scheduler: 'halving' },
      ),
    ),
  },
  DEFAULT_CONFIG,
);

/** What one setting says about another. */
function checkNames({
  arms,
  reference,
  deploy,
  learningCurve,
  search,
  descriptors,
  network,
}: QsarConfig): void {
  const names = arms.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new RangeError(`config.arms must have a name each, but two are "${twice}"`);
  const named = oneOf(names);
  if (names.length > 1 && reference !== DEFAULT_CONFIG.reference)
    named({ path: 'config.reference', value: reference });
  if (deploy !== 'best') oneOf(['best', ...names])({ path: 'config.deploy', value: deploy });
  list(named)({ path: 'config.learningCurve.arms', value: learningCurve?.arms ?? [] });
  list(named)({ path: 'config.search.arms', value: search?.arms ?? [] });
  for (const [i, arm] of arms.entries()) checkArm(arm, `config.arms[${i}]`, network.hidden.length);
  for (const name of Object.values(descriptors ?? {}).flat()) refuseLabel(name);
}

function refuseLabel(name: string): void {
  if (name !== 'toxic' && name !== 'viability_pct') return;
  const others = SCHEMA_NAMES.filter((known) => !['toxic', 'viability_pct', 'group'].includes(known));
  throw new RangeError(
    `config.descriptors must be known before the experiment, but "${name}" is its outcome; choose among ${quoted(others)}`,
  );
}
