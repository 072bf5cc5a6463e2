import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Atom, areaAndVolume, massOf, readXyz } from './atoms.js';

/** What stands for a material or a surface group. */
export interface Molecule {
  readonly id: string;
  readonly kind: 'material' | 'surface';
  readonly smiles: string;
}

/** The folder as written, from dist/data/descriptors/. */
export const descriptorsFolder = fileURLToPath(new URL('../../../data/descriptors/', import.meta.url));
/** Geometries tried for a molecule that has none. */
const TRIES = 4;
const EV_PER_HARTREE = 27.211386245988; // CODATA 2018
const KJ_PER_MOL_HARTREE = 2625.4996394799; // CODATA 2018
const CUBIC_ANGSTROM_PER_BOHR3 = 0.529177210903 ** 3; // CODATA 2018

/** Optimises a molecule in the gas phase, then asks for its properties there and in water at the same geometry. */
export function describeMolecule(molecule: Molecule): Record<string, string | number> {
  const work = mkdtempSync(join(tmpdir(), 'nurdle-xtb-'));
  try {
    writeFileSync(join(work, 'start.xyz'), structureOf(molecule));
    xtb(work, ['start.xyz', '--gfn', '2', '--opt', 'tight']);
    const gas = xtb(work, ['xtbopt.xyz', '--gfn', '2']);
    const water = xtb(work, ['xtbopt.xyz', '--gfn', '2', '--alpb', 'water']);
    const ions = xtb(work, ['xtbopt.xyz', '--vipea']);
    return rowOf(molecule, gas, water, ions, readXyz(readFileSync(join(work, 'xtbopt.xyz'), 'utf8')));
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The start geometry: from the folder, so that everybody starts alike; found where it is not there yet. */
function structureOf(molecule: Molecule): string {
  const file = join(descriptorsFolder, 'structures', `${molecule.id}.xyz`);
  if (!existsSync(file)) writeFileSync(file, findStructure(molecule));
  return readFileSync(file, 'utf8');
}

/** Of several geometries by Open Babel, which starts differently each time, the optimised one with the lowest energy. */
function findStructure({ smiles }: Molecule): string {
  const work = mkdtempSync(join(tmpdir(), 'nurdle-xtb-'));
  try {
    const found = Array.from({ length: TRIES }, () => {
      execFileSync('obabel', [`-:${smiles}`, '--gen3d', '-O', join(work, 'start.xyz')], { stdio: 'pipe' });
      const energy = energyOf(xtb(work, ['start.xyz', '--gfn', '2', '--opt']));
      return { energy, geometry: readFileSync(join(work, 'xtbopt.xyz'), 'utf8') };
    });
    return found.reduce((best, next) => (next.energy < best.energy ? next : best)).geometry;
  } finally {
    rmSync(work, { recursive: true });
  }
}

function xtb(cwd: string, args: string[]): string {
  const env = { XTBPATH: '/usr/share/xtb', ...process.env, OMP_NUM_THREADS: '1' };
  return execFileSync('xtb', args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 26,
  });
}

function rowOf(
  { id, kind }: Molecule,
  gas: string,
  water: string,
  ions: string,
  atoms: Atom[],
): Record<string, string | number> {
  const ip = last(ions, /delta SCC IP \(eV\):\s+(-?[\d.]+)/g);
  const ea = last(ions, /delta SCC EA \(eV\):\s+(-?[\d.]+)/g);
  const [homo, lumo] = [homoOf(gas), lumoOf(gas)];
  const { area, volume } = areaAndVolume(atoms);
  const electronegativity = (ip + ea) / 2;
  const hardness = ip - ea;
  return {
    ...{ id, kind },
    homo_eV: round(homo, 4),
    lumo_eV: round(lumo, 4),
    gap_eV: round(lumo - homo, 4),
    ionisation_eV: round(ip, 3),
    affinity_eV: round(ea, 3),
    electronegativity_eV: round(electronegativity, 4),
    hardness_eV: round(hardness, 3),
    electrophilicity_eV: round((electronegativity * electronegativity) / (2 * hardness), 4),
    dipole_D: last(gas, /full:(?:\s+-?[\d.]+){3}\s+([\d.]+)/),
    polarisability_A3: round(last(gas, /Mol\. α\(0\) \/au\s*:\s*([\d.]+)/g) * CUBIC_ANGSTROM_PER_BOHR3, 3),
    solvation_kJ_mol: round((energyOf(water) - energyOf(gas)) * KJ_PER_MOL_HARTREE, 2),
    homo_water_eV: round(homoOf(water), 4),
    lumo_water_eV: round(lumoOf(water), 4),
    dipole_water_D: last(water, /full:(?:\s+-?[\d.]+){3}\s+([\d.]+)/),
    mass_g_mol: round(massOf(atoms), 3),
    area_A2: round(area, 1),
    volume_A3: round(volume, 1),
    energy_Eh: round(energyOf(gas), 6),
  };
}

const energyOf = (text: string): number => last(text, /TOTAL ENERGY\s+(-?[\d.]+) Eh/g);
const homoOf = (text: string): number => last(text, /(-?[\d.]+)\s+-?[\d.]+ \(HOMO\)/g) * EV_PER_HARTREE;
const lumoOf = (text: string): number => last(text, /(-?[\d.]+)\s+-?[\d.]+ \(LUMO\)/g) * EV_PER_HARTREE;

/** The number in the last match, or in the first of a pattern without `g`. */
function last(text: string, pattern: RegExp): number {
  const found = pattern.global ? [...text.matchAll(pattern)].at(-1) : pattern.exec(text);
  if (!found) throw new Error(`xtb's output has nothing like ${pattern}`);
  return Number(found[1]);
}

const round = (value: number, places: number): number => Number(value.toFixed(places));
