/** A mask of `length` pixels: 1 where the test holds. */
export function maskWhere(length: number, test: (k: number) => boolean): Uint8Array {
  const mask = new Uint8Array(length);
  for (let k = 0; k < length; k++) mask[k] = test(k) ? 1 : 0;
  return mask;
}
