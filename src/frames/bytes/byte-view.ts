import { FileError } from './file-error.js';

/** Numbers and texts at places in a file from a stranger: whatever lies beyond its end is refused with its place. */
export class ByteView {
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
  private readonly view: DataView;

  constructor(bytes: Uint8Array, littleEndian = true) {
    this.bytes = bytes;
    this.littleEndian = littleEndian;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  /**
   * Makes sure that `length` bytes stand at `offset`.
   * @param what - what should be there, such as `the y values of subfile 2`.
   */
  need(offset: number, length: number, what: string): void {
    if (offset >= 0 && length >= 0 && offset + length <= this.length) return;
    throw new FileError(
      `the file ends after ${this.length} bytes, but ${what} would take bytes ${offset} to ${offset + length}; it is cut off or lies about its length`,
      Math.min(Math.max(offset, 0), this.length),
    );
  }

  /** The bytes `offset … offset + length`, as a view. */
  part(offset: number, length: number, what: string): Uint8Array {
    this.need(offset, length, what);
    return this.bytes.subarray(offset, offset + length);
  }

  u8(offset: number, what = 'a byte'): number {
    this.need(offset, 1, what);
    return this.view.getUint8(offset);
  }

  i8(offset: number): number {
    return (this.u8(offset) << 24) >> 24;
  }

  u16(offset: number, what = 'a 16-bit number'): number {
    this.need(offset, 2, what);
    return this.view.getUint16(offset, this.littleEndian);
  }

  i16(offset: number): number {
    return (this.u16(offset) << 16) >> 16;
  }

  u32(offset: number, what = 'a 32-bit number'): number {
    this.need(offset, 4, what);
    return this.view.getUint32(offset, this.littleEndian);
  }

  i32(offset: number, what?: string): number {
    return this.u32(offset, what) | 0;
  }

  /** A 64-bit whole number; beyond 2⁵³ it is past the end of any file. */
  u64(offset: number, what = 'a 64-bit number'): number {
    this.need(offset, 8, what);
    return Number(this.view.getBigUint64(offset, this.littleEndian));
  }

  f32(offset: number): number {
    this.need(offset, 4, 'a 32-bit float');
    return this.view.getFloat32(offset, this.littleEndian);
  }

  f64(offset: number): number {
    this.need(offset, 8, 'a 64-bit float');
    return this.view.getFloat64(offset, this.littleEndian);
  }

  /** Text up to its first NUL or `length` bytes; less where the file ends before. */
  text(offset: number, length: number): string {
    const raw = this.bytes.subarray(offset, Math.min(offset + length, this.length));
    const end = raw.indexOf(0);
    return decodeText(end < 0 ? raw : raw.subarray(0, end)).trim();
  }

  /** `n` numbers from `offset` on, `width` bytes each. */
  numbers(
    offset: number,
    n: number,
    width: number,
    what: string,
    at: (offset: number) => number,
  ): Float64Array {
    this.need(offset, n * width, what);
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) out[i] = at(offset + i * width);
    return out;
  }

  /** `n` 32-bit floats. */
  floats(offset: number, n: number, what: string): Float64Array {
    return this.numbers(offset, n, 4, what, (at) => this.view.getFloat32(at, this.littleEndian));
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
const latin1 = new TextDecoder('windows-1252');

/** Text in UTF-8 where the bytes are that, else in Windows' western alphabet, which instruments wrote for decades. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin1.decode(bytes);
  }
}
