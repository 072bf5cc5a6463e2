import type { Table } from '../frames/table.js';
import { predictToxicity, type ToxicityModel } from '../models/toxicity-model.js';

/** Any model as a function of rows in the common schema: one probability of toxicity for each. */
export type TablePredict = (table: Table) => ArrayLike<number>;

/** A fitted model as such a function. */
export const tablePredict =
  (model: ToxicityModel): TablePredict =>
  (table) =>
    predictToxicity(model, table);
