// What the threads of workers.test.ts run.

export const square = (x: number): number => x * x;
export const fail = (x: number): number => {
  if (x === 2) throw new RangeError('task 2 is refused');
  return x;
};
export const sumOf = ({ values, from }: { values: Float64Array; from: number }): number =>
  values.subarray(from, from + 3).reduce((a, b) => a + b);
export const filled = (x: number): { values: Float32Array } => ({ values: new Float32Array(3).fill(x) });
export const spin = (): never => {
  for (;;);
};
export const reporting = (x: number, report: (value: unknown) => void): number => {
  report(`at ${x}`);
  return x;
};
