import { quoted } from '../../frames/table.js';
import { ARMS, type Arm, type FineTuneArm, type TraditionalArm } from '../arm.js';
import {
  dictionary,
  fields,
  flag,
  list,
  number,
  oneOf,
  type Read,
  refuse,
  refuseKey,
  text,
  whole,
} from './read-settings.js';

const from0 = number(0, Number.POSITIVE_INFINITY);

const FINE_TUNE_DEFAULTS = {
  ...{ l2sp: undefined, gradual: undefined, shuffled: undefined },
  ...{ sources: undefined, via: undefined },
};

const readFineTune = fields<{ name: string } & FineTuneArm>(
  {
    name: text,
    kind: oneOf(['fine-tune']),
    frozenLayers: whole(0),
    l2sp: from0,
    gradual: flag,
    shuffled: flag,
    sources: oneOf<'together' | 'in turn'>(['together', 'in turn']),
    via: list(text),
  },
  FINE_TUNE_DEFAULTS,
);

const readTraditional = fields<{ name: string } & TraditionalArm>(
  {
    name: text,
    kind: oneOf(['traditional']),
    model: oneOf(['logistic', 'forest', 'boosted', 'svm', 'knn']),
    options: dictionary(from0),
  },
  { options: undefined },
);

/** The numbers that each traditional model lets one choose. */
const OPTIONS: Readonly<Record<TraditionalArm['model'], readonly string[]>> = {
  forest: ['trees', 'features', 'maximumDepth', 'minimumLeaf'],
  boosted: [
    'rounds',
    'learningRate',
    'maximumLeaves',
    'maximumDepth',
    'minimumLeaf',
    'penalty',
    'rowShare',
    'columnShare',
    'bins',
  ],
  logistic: ['penalty'],
  svm: ['C', 'gamma', 'tolerance', 'folds'],
  knn: ['k'],
};

const readScratch = fields<{ name: string; kind: 'from scratch' }>({
  name: text,
  kind: oneOf(['from scratch']),
});

const KINDS = { 'fine-tune': readFineTune, traditional: readTraditional, 'from scratch': readScratch };

/** An arm by its name, or by what it does. */
export const readArm: Read<Arm> = (setting) => {
  const names = ARMS.map(({ name }) => name);
  if (typeof setting.value === 'string') return ARMS[names.indexOf(oneOf(names)(setting))];
  const kind = (setting.value as Partial<Arm> | null)?.kind;
  const kinds = Object.keys(KINDS) as Arm['kind'][];
  if (kind === undefined)
    return refuse(setting, `the name of an arm (${quoted(names)}) or a record with a kind`);
  return KINDS[oneOf(kinds)({ path: `${setting.path}.kind`, value: kind })](setting);
};

/**
 * What the other settings say about an arm.
 * @param hiddenLayers - of the network: no more can be frozen.
 * @throws RangeError for a layer that is not there or an option that the model does not have.
 */
export function checkArm(arm: Arm, path: string, hiddenLayers: number): void {
  if (arm.kind === 'fine-tune')
    whole(0, hiddenLayers)({ path: `${path}.frozenLayers`, value: arm.frozenLayers });
  if (arm.kind !== 'traditional') return;
  const known = OPTIONS[arm.model];
  for (const name of Object.keys(arm.options ?? {}))
    if (!known.includes(name)) refuseKey(`${path}.options`, name, known);
}
