/** The mean of score vectors, each counted by its rows. */
export interface Means {
  add(scores: Float32Array, rows: number): void;
  /** By name. */
  read(): Record<string, number>;
}

/** @param names - what the entries of a score vector are. */
export function means(names: readonly string[]): Means {
  const sums = new Float64Array(names.length);
  let total = 0;
  return {
    add(scores, rows) {
      for (let i = 0; i < sums.length; i++) sums[i] += scores[i] * rows;
      total += rows;
    },
    read: () => Object.fromEntries(names.map((name, i) => [name, sums[i] / total])),
  };
}
