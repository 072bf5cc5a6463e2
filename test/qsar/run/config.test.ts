import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARMS } from '../../../src/qsar/arm.js';
import { checkConfig } from '../../../src/qsar/run/check-config.js';
import { DEFAULT_CONFIG } from '../../../src/qsar/run/config.js';

test('nothing said is the default, and a whole configuration is itself', () => {
  assert.deepEqual(checkConfig({}), DEFAULT_CONFIG);
  assert.deepEqual(checkConfig(JSON.parse(JSON.stringify(DEFAULT_CONFIG))), DEFAULT_CONFIG);
});

test('arms are taken by name or by what they do', () => {
  const own = { name: 'mine', kind: 'fine-tune', frozenLayers: 1, via: ['T3'], sources: 'in turn' } as const;
  assert.deepEqual(checkConfig({ arms: ['L2-SP', own] }).arms, [
    ARMS.find(({ name }) => name === 'L2-SP'),
    own,
  ]);
});

const REFUSALS: [settings: unknown, message: string][] = [
  [{ fold: 5 }, 'config has no setting "fold"; did you mean "folds"?; it has "name", "seed"'],
  [{ folds: 'five' }, 'config.folds must be a whole number in 2 … 1000, but is "five"'],
  [{ folds: 1 }, 'config.folds must be a whole number in 2 … 1000, but is 1'],
  [{ seed: 0.5 }, 'config.seed must be a whole number of at least 0, but is 0.5'],
  [
    { splits: ['by publicaton'] },
    'config.splits[0] must be one of "random", "stratified", "by publication", "by material", "by cell line", "source-cleaned", but is "by publicaton"; did you mean "by publication"?',
  ],
  [{ splits: [] }, 'config.splits must be a list of at least 1, but is []'],
  [
    { network: { dropout: 1 } },
    'config.network.dropout must be a number of at least 0 and below 1, but is 1',
  ],
  [
    { network: { hidden: [64, 0] } },
    'config.network.hidden[1] must be a whole number of at least 1, but is 0',
  ],
  [{ test: { share: 0 } }, 'config.test.share must be a number above 0 and below 0.6, but is 0'],
  [{ arms: ['random wood'] }, 'config.arms[0] must be one of "from scratch"'],
  [
    { arms: [{ name: 'x', kind: 'fine-tune' }] },
    'config.arms[0].frozenLayers must be a whole number of at least 0, but is missing',
  ],
  [
    { arms: [{ name: 'x', kind: 'fine-tune', frozenLayers: 3 }] },
    'config.arms[0].frozenLayers must be a whole number in 0 … 2, but is 3',
  ],
  [
    { arms: [{ name: 'x', kind: 'tune' }] },
    'config.arms[0].kind must be one of "fine-tune", "traditional", "from scratch", but is "tune"',
  ],
  [{ arms: ['k-NN', 'k-NN'] }, 'config.arms must have a name each, but two are "k-NN"'],
  [
    { arms: [{ name: 'x', kind: 'traditional', model: 'forest', options: { tree: 5 } }] },
    'config.arms[0].options has no setting "tree"; did you mean "trees"?',
  ],
  [
    { data: { source: ['a.csv'], targets: { '../x': 'b.csv' } } },
    'config.data.targets must have names of letters, digits, blanks and _ . ( ) + -, but one is "../x"',
  ],
  [{ deploy: 'SVN' }, 'config.deploy must be one of "best", "from scratch"'],
  [
    { descriptors: { words: ['toxic'] } },
    'config.descriptors must be known before the experiment, but "toxic" is its outcome',
  ],
  [{ search: { arms: ['nobody'] } }, 'config.search.arms[0] must be one of "from scratch"'],
  [[], 'config must be a record in curly brackets, but is []'],
  [null, 'config must be a record in curly brackets, but is null'],
];

for (const [settings, message] of REFUSALS)
  test(`it refuses ${JSON.stringify(settings)} by name`, () => {
    assert.throws(
      () => checkConfig(settings),
      (error: Error) => error.message.startsWith(message) && /RangeError|TypeError/.test(error.name),
    );
  });
