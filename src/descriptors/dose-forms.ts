import { materialNamed } from '../frames/materials.js';
import { withColumns } from '../frames/rows.js';
import { type NumberColumn, numbers, type Table, texts } from '../frames/table.js';
import { particleMassMicrograms } from '../frames/units.js';

/** The columns that `doseForms` adds: use them as logarithms. */
export const DOSE_FORMS = ['dose_particles_mL', 'dose_cm2_mL'] as const;

/**
 * The mass dose as a number of particles and as their surface area, taking them as spheres of the material's textbook
 * density: `N = dose / (ρ π/6 d³)`, `S = 6 dose / (ρ d)`. Empty where dose, size or density is not known.
 * @param table - in the common schema.
 * @returns the table with `dose_particles_mL` (1/mL) and `dose_cm2_mL` (cm²/mL).
 */
export function doseForms(table: Table): Table {
  const dose = numbers(table, 'dose_ug_mL');
  const size = numbers(table, 'size_nm');
  const density = texts(table, 'material').map(
    (name) => (name && materialNamed(name)?.density) || Number.NaN,
  );
  const count = dose.map(
    (mass, i) => mass / particleMassMicrograms({ sizeNm: size[i], density: density[i] }),
  );
  // µg/mL · 1e-6 g/µg / (g/cm³ · nm · 1e-7 cm/nm)
  const area = dose.map((mass, i) => (6 * mass * 1e-6) / (density[i] * size[i] * 1e-7));
  const finite = (values: Float64Array): NumberColumn => ({
    kind: 'number',
    values: values.map((value) => (Number.isFinite(value) ? value : Number.NaN)),
  });
  return withColumns(table, [
    ['dose_particles_mL', finite(count)],
    ['dose_cm2_mL', finite(area)],
  ]);
}
