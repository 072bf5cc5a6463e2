import { text } from './theme.js';

/** How the columns of the common schema are called in figures, with their units. */
const COLUMN_LABELS: Readonly<Record<string, string>> = {
  material: 'material',
  class: 'kind of material',
  size_nm: 'size (nm)',
  surface: 'surface',
  zeta_mV: 'zeta potential (mV)',
  dose_ug_mL: 'dose (µg/mL)',
  time_h: 'exposure time (h)',
  cell: 'cell',
  assay: 'assay',
  viability_pct: 'viability (%)',
};

/** A column's name for people; a column of somebody's own stays as it is called. */
export const columnLabel = (name: string): string =>
  Object.hasOwn(COLUMN_LABELS, name) ? COLUMN_LABELS[name] : text(name);

/** Columns that span powers of ten. */
const LOGARITHMIC = ['size_nm', 'dose_ug_mL', 'time_h'];

/** Whether a column is shown on a logarithmic axis. */
export const isLogarithmic = (name: string): boolean => LOGARITHMIC.includes(name);
