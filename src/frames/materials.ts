import { readFileSync } from 'node:fs';

/** What the committed table `data/materials/materials.json` says about a particle's material. */
export interface Material {
  readonly name: string;
  /** Such as `plastic`, `metal`, `metal oxide`, `carbon`. */
  readonly class: string;
  /** g/cm³, a textbook value. */
  readonly density: number;
  readonly aliases?: readonly string[];
}

let byName: Map<string, Material> | undefined;

/** The material of that name or alias, compared without case; `null` when the table does not know it. */
export function materialNamed(name: string): Material | null {
  byName ??= index();
  return byName.get(name.trim().toLowerCase()) ?? null;
}

/** Every material of the table. */
export function materials(): Material[] {
  byName ??= index();
  return [...new Set(byName.values())];
}

function index(): Map<string, Material> {
  const file = new URL('../../data/materials/materials.json', import.meta.url);
  const { materials } = JSON.parse(readFileSync(file, 'utf8')) as { materials: Material[] };
  return new Map(
    materials.flatMap((material) =>
      [material.name, ...(material.aliases ?? [])].map((name) => [name.toLowerCase(), material] as const),
    ),
  );
}
