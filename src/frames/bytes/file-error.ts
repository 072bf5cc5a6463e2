/** A file that is not read: what is wrong, and at which byte. */
export class FileError extends Error {
  override readonly name = 'FileError';
  /** Byte at which the trouble begins, counted from 0. */
  readonly offset: number;

  /** @param sentence - what was expected, what came and, where known, what to do; the byte is added to it. */
  constructor(sentence: string, offset: number) {
    super(`${sentence} (byte ${offset})`);
    this.offset = offset;
  }
}
