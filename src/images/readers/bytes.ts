import { ImageFileError } from './file-error.js';

/** Numbers at places in a file from a stranger: whatever lies beyond its end is refused with its place. */
export class Bytes {
  readonly all: Uint8Array;
  readonly littleEndian: boolean;
  private readonly view: DataView;

  constructor(all: Uint8Array, littleEndian: boolean) {
    this.all = all;
    this.littleEndian = littleEndian;
    this.view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  }

  /** The bytes `offset … offset + length`, as a view. */
  part(offset: number, length: number, what: string): Uint8Array {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.all.length))
      throw new ImageFileError(
        `the file ends after ${this.all.length} bytes, but ${what} would take bytes ${offset} to ${offset + length}; it is cut off or lies about its length`,
        Math.min(Math.max(offset, 0), this.all.length),
      );
    return this.all.subarray(offset, offset + length);
  }

  u8(offset: number, what: string): number {
    return this.part(offset, 1, what)[0];
  }

  u16(offset: number, what: string): number {
    this.part(offset, 2, what);
    return this.view.getUint16(offset, this.littleEndian);
  }

  u32(offset: number, what: string): number {
    this.part(offset, 4, what);
    return this.view.getUint32(offset, this.littleEndian);
  }

  i32(offset: number, what: string): number {
    return this.u32(offset, what) | 0;
  }

  /** A 64-bit whole number; beyond 2⁵³ it is past the end of any file. */
  u64(offset: number, what: string): number {
    this.part(offset, 8, what);
    return Number(this.view.getBigUint64(offset, this.littleEndian));
  }
}
