/** An atom: its element and its place in Å. */
export interface Atom {
  readonly element: string;
  readonly at: readonly [number, number, number];
}

/** Van der Waals radii in Å: Bondi 1964, doi:10.1021/j100785a001. */
const RADII: Readonly<Record<string, number>> = {
  H: 1.2,
  C: 1.7,
  N: 1.55,
  O: 1.52,
  F: 1.47,
  S: 1.8,
  Cl: 1.75,
};
/** Abridged standard atomic weights: Prohaska et al. 2022, doi:10.1515/pac-2019-0603. */
const WEIGHTS: Readonly<Record<string, number>> = {
  ...{ H: 1.008, C: 12.011, N: 14.007, O: 15.999, F: 18.998, S: 32.06, Cl: 35.45 },
};
const POINTS = 2000;
/** Spacing of the grid in Å. */
const GRID = 0.1;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** The atoms of an XYZ file. */
export function readXyz(text: string): Atom[] {
  const [count, , ...lines] = text.split('\n');
  return lines.slice(0, Number(count)).map((line) => {
    const [element, x, y, z] = line.trim().split(/\s+/);
    return { element, at: [Number(x), Number(y), Number(z)] };
  });
}

/** Molar mass in g/mol. */
export const massOf = (atoms: readonly Atom[]): number =>
  atoms.reduce((sum, { element }) => sum + WEIGHTS[element], 0);

/**
 * Area in Å² and volume in Å³ of the van der Waals spheres together: the area by 2,000 points on each sphere (Shrake &
 * Rupley 1973, doi:10.1016/0022-2836(73)90011-9, without a probe), the volume by a grid of 0.1 Å.
 */
export function areaAndVolume(atoms: readonly Atom[]): { area: number; volume: number } {
  const area = atoms.reduce((sum, atom) => sum + exposedArea(atom, atoms), 0);
  return { area, volume: GRID ** 3 * insideCount(atoms) };
}

const radiusOf = ({ element }: Atom): number => RADII[element];

const inside = ({ element, at: [a, b, c] }: Atom, x: number, y: number, z: number): boolean =>
  (x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2 < RADII[element] ** 2;

function exposedArea(atom: Atom, atoms: readonly Atom[]): number {
  const r = radiusOf(atom);
  const others = atoms.filter((other) => other !== atom && distance(other, atom) < r + radiusOf(other));
  let free = 0;
  for (let k = 0; k < POINTS; k++) {
    const height = 1 - (2 * k + 1) / POINTS;
    const width = Math.sqrt(1 - height * height);
    const [x, y, z] = atom.at;
    const [px, py, pz] = [
      x + r * width * Math.cos(k * GOLDEN_ANGLE),
      y + r * width * Math.sin(k * GOLDEN_ANGLE),
      z + r * height,
    ];
    if (!others.some((other) => inside(other, px, py, pz))) free++;
  }
  return (4 * Math.PI * r * r * free) / POINTS;
}

const distance = (a: Atom, b: Atom): number => Math.hypot(...a.at.map((value, k) => value - b.at[k]));

/** Grid points inside any sphere. */
function insideCount(atoms: readonly Atom[]): number {
  const seen = new Set<string>();
  for (const atom of atoms) {
    const [cx, cy, cz] = atom.at.map((value) => Math.round(value / GRID));
    const reach = Math.ceil(radiusOf(atom) / GRID) + 1;
    for (let i = cx - reach; i <= cx + reach; i++)
      for (let j = cy - reach; j <= cy + reach; j++)
        for (let k = cz - reach; k <= cz + reach; k++)
          if (inside(atom, i * GRID, j * GRID, k * GRID)) seen.add(`${i},${j},${k}`);
  }
  return seen.size;
}
