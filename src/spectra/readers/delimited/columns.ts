/** Which columns are abscissae and which ordinates. */
export interface ColumnPair {
  readonly x: number;
  readonly y: number;
}

const X_NAME =
  /wave ?(number|length|#)?|cm\s*[-−^(]*\s*-?1|1\/cm|cm⁻¹|raman ?shift|shift|wellenzahl|nombre d.onde|numero d.onda|^x\b|\bnm\b|[µu]m\b|lambda|frequency|^#?wave$/i;
const INDEX_NAME = /^(#|no\.?|nr\.?|index|idx|point|row|unnamed.*|)$/i;
const Y_NAME = /absorb|^abs|transm|reflect|%\s*[tr]\b|intensit|counts|^y\d*\b|kubelka|signal/i;

/**
 * Pairs of columns: x beside y beside x beside y where several x stand in turn, else one x and the rest ordinates. A first
 * column that only counts is left out where the names say so.
 * @param names - names of the columns; empty where the file has none.
 */
export function columnPairs(names: readonly string[], columns: number): ColumnPair[] {
  const isX = (k: number) => names[k] !== undefined && X_NAME.test(names[k]) && !Y_NAME.test(names[k]);
  const abscissae = Array.from({ length: columns }, (_, k) => k).filter(isX);
  if (abscissae.length > 1 && abscissae.every((k, j) => k === abscissae[0] + 2 * j))
    return abscissae.filter((k) => k + 1 < columns).map((k) => ({ x: k, y: k + 1 }));
  const x = abscissae[0] ?? (names.length === columns && columns > 2 && INDEX_NAME.test(names[0]) ? 1 : 0);
  const isIndex = (k: number) => k < x && (INDEX_NAME.test(names[k] ?? '') || abscissae.length > 0);
  return Array.from({ length: columns }, (_, k) => ({ x, y: k })).filter(({ y }) => y !== x && !isIndex(y));
}

/** Whether a column's name says what it measures and not which sample. */
export const isQuantityName = (name: string): boolean =>
  name === '' || Y_NAME.test(name) || /^(a|t|r|a\.?u\.?|arb.*|value|data|%t|%r)$/i.test(name);
