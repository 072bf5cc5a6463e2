import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { describeMolecule, type Molecule } from '../../data/descriptors/xtb.js';
import { collinearity } from '../../src/descriptors/collinearity.js';
import {
  DESCRIBED_COLUMNS,
  describeLines,
  describeMaterials,
} from '../../src/descriptors/describe-materials.js';
import { blockTable } from '../../src/descriptors/quantum.js';
import { numbers, table } from '../../src/frames/table.js';
import { matrix } from '../../src/numeric/matrix.js';

const rows = table({
  material: ['PS', 'PE', 'PS', 'Au', 'HDPE', 'dust'],
  surface: ['NH2', 'none', 'COOH', 'citrate', null, 'none'],
});
const at = (block: 'polymer' | 'surface' | 'inorganic', id: string, column: string): number => {
  const { columns, rows: known } = blockTable(block);
  return known.get(id)![columns.indexOf(column)];
};

test('each row gets the numbers of its material and of its surface; what is not known stays empty', () => {
  const { table: out, columns } = describeMaterials(rows);
  const ps = at('polymer', 'PS', 'homo_eV');
  const pe = at('polymer', 'PE', 'homo_eV');
  assert.deepEqual([...numbers(out, 'polymer_homo_eV')], [ps, pe, ps, Number.NaN, pe, Number.NaN]);
  assert.equal(numbers(out, 'surface_dipole_D')[0], at('surface', 'NH2', 'dipole_D'));
  assert.ok(Number.isNaN(numbers(out, 'surface_dipole_D')[4]));
  assert.equal(numbers(out, 'inorganic_metal_electronegativity')[3], 2.4);
  assert.equal(columns.length, Object.values(DESCRIBED_COLUMNS).flat().length);
  assert.deepEqual(rows.columns.size, 2);
});

test('the reports name what is not known and that few materials span few directions', () => {
  const described = describeMaterials(rows, { blocks: ['polymer'] });
  const [{ known, unknown, collinearity: found }] = described.reports;
  assert.deepEqual(
    [...known],
    [
      ['PS', 2],
      ['PE', 1],
      ['HDPE', 1],
    ],
  );
  assert.deepEqual(
    [...unknown],
    [
      ['Au', 1],
      ['dust', 1],
    ],
  );
  assert.equal(found.rank, 1); // HDPE has the molecule of PE: two distinct points lie on a line
  assert.deepEqual(describeLines(described).slice(0, 2), [
    'polymer: PS (2), PE (1), HDPE (1) described; not known: Au (1), dust (1)',
    `polymer: ${found.columns} columns that vary, in 1 direction: constant within each of 3 names, so they cannot say more than the name does`,
  ]);
});

test('other columns can be asked for; one that is not there is refused', () => {
  const { columns } = describeMaterials(rows, { blocks: ['polymer'], columns: { polymer: ['volume_A3'] } });
  assert.deepEqual(columns, ['polymer_volume_A3']);
  assert.throws(() => describeMaterials(rows, { columns: { surface: ['colour'] } }), {
    name: 'RangeError',
    message: /^block surface has no column "colour"; it has "homo_eV", "lumo_eV", /,
  });
});

test('every material of the plastics and metals that the issue names is described, with numbers in every column', () => {
  const polymers = ['PE', 'PP', 'PS', 'PET', 'PVC', 'PA', 'PMMA', 'PC', 'PU', 'PLA'];
  for (const id of polymers) assert.ok(blockTable('polymer').rows.get(id)?.every(Number.isFinite), id);
  for (const id of ['none', 'NH2', 'COOH', 'OH', 'SO3H', 'PEG'])
    assert.ok(blockTable('surface').rows.get(id)?.every(Number.isFinite), id);
  for (const id of ['Ag', 'Au', 'TiO2', 'ZnO', 'SiO2', 'CuO', 'CeO2', 'Fe3O4'])
    assert.ok(blockTable('inorganic').rows.has(id), id);
});

test("the table's own columns agree: gap, electronegativity, hardness, electrophilicity", () => {
  for (const block of ['polymer', 'surface'] as const)
    for (const id of blockTable(block).rows.keys()) {
      const value = (column: string) => at(block, id, column);
      const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 2e-3, `${id}: ${a} and ${b}`);
      near(value('gap_eV'), value('lumo_eV') - value('homo_eV'));
      near(value('electronegativity_eV'), (value('ionisation_eV') + value('affinity_eV')) / 2);
      near(value('hardness_eV'), value('ionisation_eV') - value('affinity_eV'));
      near(value('electrophilicity_eV'), value('electronegativity_eV') ** 2 / (2 * value('hardness_eV')));
    }
});

test('chemistry that is known: rings lower the LUMO, acids draw electrons, water holds what is polar', () => {
  const polymer = (id: string, column: string) => at('polymer', id, column);
  assert.ok(polymer('PS', 'lumo_eV') < polymer('PE', 'lumo_eV') - 3);
  assert.ok(polymer('PE', 'gap_eV') > 10);
  assert.ok(polymer('PET', 'solvation_kJ_mol') < polymer('PE', 'solvation_kJ_mol') - 20);
  assert.ok(at('surface', 'COOH', 'electronegativity_eV') > at('surface', 'NH2', 'electronegativity_eV'));
  // Octane: 114.23 g/mol; ethylbenzene: first ionisation at 8.77 eV (NIST), which IPEA-xTB gives within half an eV.
  assert.equal(polymer('PE', 'mass_g_mol').toFixed(2), '114.23');
  assert.ok(Math.abs(at('surface', 'none', 'ionisation_eV') - 8.77) < 0.5);
});

const hasXtb = (() => {
  try {
    execFileSync('xtb', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test('xtb computes two rows of the table again', { skip: hasXtb ? false : 'xtb is not installed' }, () => {
  const file = new URL('../../../data/descriptors/molecules.json', import.meta.url);
  const { molecules } = JSON.parse(readFileSync(file, 'utf8')) as { molecules: Molecule[] };
  for (const [id, block] of [
    ['PE', 'polymer'],
    ['none', 'surface'],
  ] as const) {
    const again = describeMolecule(molecules.find((molecule) => molecule.id === id)!);
    for (const column of [
      'homo_eV',
      'lumo_eV',
      'ionisation_eV',
      'polarisability_A3',
      'solvation_kJ_mol',
      'volume_A3',
    ])
      assert.ok(
        Math.abs(Number(again[column]) - at(block, id, column)) <
          0.05 * Math.max(1, Math.abs(at(block, id, column))),
        `${id} ${column}`,
      );
  }
});

test('collinearity: a copy is found, whatever its scale and sign, a constant column counts for nothing', () => {
  const X = matrix([
    [1, -2, 5, 1],
    [2, -4, 5, 3],
    [3, -6, 5, 2],
    [4, -8, 5, 4],
  ]);
  const found = collinearity(X, ['a', 'b', 'constant', 'c']);
  assert.deepEqual([found.columns, found.rank], [3, 2]);
  assert.deepEqual(
    found.pairs.map(({ a, b }) => [a, b]),
    [['a', 'b']],
  );
  assert.ok(Math.abs(found.pairs[0].r + 1) < 1e-12);
  assert.deepEqual(collinearity(matrix([[1], [1]]), ['x']), { columns: 0, rank: 0, pairs: [] });
});
