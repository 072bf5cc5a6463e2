import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadTable } from '../../src/frames/load.js';
import {
  type Publication,
  type PublicationEvidence,
  publicationsOf,
  sharedPublications,
  withoutPublications,
} from '../../src/frames/publications.js';
import { table, texts } from '../../src/frames/table.js';
import { dataFolder, withRealData } from './real.js';

const paper = (known: Partial<Publication>): Publication => ({
  ...{ group: 'a', doi: null, author: null, year: null, title: null },
  ...known,
});

/** By what two publications are one. */
function evidence(a: Partial<Publication>, b: Partial<Publication>): PublicationEvidence | undefined {
  const overlap = sharedPublications({ publications: [paper(a)] }, { publications: [paper(b)] });
  return overlap.shared[0]?.by;
}

test('a DOI settles it, whatever else is known', () => {
  const known = { author: 'Xia', year: 2008, title: 'Cationic' };
  assert.equal(evidence({ doi: '10.1/x', ...known }, { doi: '10.1/x' }), 'doi');
  assert.equal(evidence({ doi: '10.1/x', ...known }, { doi: '10.1/y', ...known }), undefined);
});

test('without DOIs the title counts, then first author and year', () => {
  const title = ' Toxicity of Nano-Plastics†';
  assert.equal(evidence({ title, year: 2020 }, { title: 'toxicity of nanoplastics' }), 'title');
  const full = { title, year: 2020, author: 'Tian Xia,†,# Andre E. Nel' };
  assert.equal(evidence(full, { ...full, author: 'T. Xia & A. Nel' }), 'author, year and title');
  assert.equal(evidence(full, { author: 'Xia', year: 2020 }), 'author and year');
  assert.equal(evidence(full, { author: 'Xia', year: 2021 }), undefined);
  assert.equal(evidence({ ...full, title: 'Another' }, full), undefined);
});

test('a surname is found behind the marks of an affiliation, diacritics and initials', () => {
  for (const [written, surname] of [
    ['Michelle Heslera,1, Leonie Aengenheisterb,1', 'Hesler'],
    ['Constanza Cortés,†a Josefa Domenech', 'Cortes'],
    ['Mingkai Xu a, Gulinare Halimu a,c', 'Xu'],
    ['B. Prietl & C. Meindl', 'Prietl'],
    ['Bing Wu*, Xiaomei Wu', 'Wu'],
  ])
    assert.equal(
      evidence({ author: written, year: 1 }, { author: surname, year: 1 }),
      'author and year',
      written,
    );
});

test('groups with nothing to compare by are named, not passed over', () => {
  const a = { publications: [paper({ group: 'one', doi: '10.1/x' })] };
  const b = { publications: [paper({ group: 'two', title: 'Some title' })] };
  assert.deepEqual(sharedPublications(a, b), { shared: [], incomparable: { a: ['one'], b: ['two'] } });
});

test('publications come from the first row that fills a column; a group that is a DOI is one', () => {
  const raw = table({ who: [null, 'Lee', 'Kim'], when: [2001, 2002, 2003] });
  assert.deepEqual(
    publicationsOf(raw, ['p', 'p', 'https://doi.org/10.1234/ABC'], { author: 'who', year: 'when' }),
    [
      { group: 'p', doi: null, author: 'Lee', year: 2001, title: null },
      { group: 'https://doi.org/10.1234/ABC', doi: '10.1234/abc', author: 'Kim', year: 2003, title: null },
    ],
  );
});

test('publications are taken out by name or by what was found; an unknown name is refused', () => {
  const rows = table({ group: ['p', 'q', null, 'p'] });
  assert.deepEqual(texts(withoutPublications(rows, ['p']), 'group'), ['q', null]);
  const shared = [{ a: paper({ group: 'q' }), b: paper({ group: 'z' }), by: 'doi' as const }];
  const found = { shared, incomparable: { a: [], b: [] } };
  assert.deepEqual(texts(withoutPublications(rows, found), 'group'), ['p', null, 'p']);
  assert.throws(() => withoutPublications(rows, ['r']), {
    name: 'RangeError',
    message: 'table has no publication "r"; see its column "group"',
  });
});

test('Yan shares 15 publications with ToMEx by DOI, one of which is in Labouta', withRealData, async () => {
  const options = { dataFolder, offline: true };
  const [yan, tomex, labouta] = await Promise.all(
    ['yan-mnp', 'tomex1', 'labouta2019'].map((id) => loadTable(id, options)),
  );
  const { shared } = sharedPublications(yan, tomex);
  assert.equal(shared.filter(({ by }) => by === 'doi').length, 15);
  assert.deepEqual(
    shared.filter(({ by }) => by !== 'doi').map(({ a, b, by }) => [a.group, b.author, by]),
    [['yan-mnp ref 51', 'Li', 'author and year']],
  );
  assert.deepEqual(
    sharedPublications(labouta, yan).shared.map(({ a }) => a.doi),
    ['10.1021/es900754q'],
  );
  const outside = withoutPublications(tomex.table, sharedPublications(yan, tomex));
  assert.equal(new Set(texts(outside, 'group')).size, 7);
});
