// Computes the quantum-chemistry table with xtb: `node dist/data/descriptors/compute.js [--only PE,PS] [--out FILE]`.
// Needs Debian's xtb, and openbabel for a molecule that has no structure yet.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMolecule, descriptorsFolder, type Molecule } from './xtb.js';

const { values: flags } = parseArgs({ options: { only: { type: 'string' }, out: { type: 'string' } } });
const { molecules } = JSON.parse(readFileSync(join(descriptorsFolder, 'molecules.json'), 'utf8')) as {
  molecules: Molecule[];
};
const wanted = molecules.filter(({ id }) => !flags.only || flags.only.split(',').includes(id));
const table = wanted.map((molecule) => {
  const row = describeMolecule(molecule);
  console.error(`${row['id']}: HOMO ${row['homo_eV']} eV, LUMO ${row['lumo_eV']} eV`);
  return row;
});
const names = Object.keys(table[0]);
const lines = [names, ...table.map((row) => names.map((name) => row[name]))].map((cells) => cells.join(','));
const file = flags.out ?? join(descriptorsFolder, 'quantum.csv');
writeFileSync(`${file}.part`, `${lines.join('\n')}\n`);
renameSync(`${file}.part`, file);
