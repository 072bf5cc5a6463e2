import { FileError } from '../../../frames/bytes/file-error.js';

/**
 * Numbers whose count is not known beforehand. A few bytes can ask for any number of repeats, so that there is a limit:
 * one point a byte of the file, at least 100,000.
 */
export class GrowingNumbers {
  values: Float64Array;
  length = 0;
  private readonly limit: number;

  constructor(expected: number, fileBytes: number) {
    this.limit = Math.max(100_000, fileBytes);
    const sane = Number.isInteger(expected) && expected > 0 ? Math.min(expected, fileBytes) : 1024;
    this.values = new Float64Array(sane);
  }

  push(value: number, at: number): void {
    if (this.length === this.limit)
      throw new FileError(
        `the table asks for more than ${this.limit} points, more than a file of its size holds; its repeats lie about their length`,
        at,
      );
    if (this.length === this.values.length) this.grow();
    this.values[this.length++] = value;
  }

  get last(): number {
    return this.values[this.length - 1];
  }

  finished(): Float64Array {
    return this.length === this.values.length ? this.values : this.values.slice(0, this.length);
  }

  private grow(): void {
    const larger = new Float64Array(Math.min(2 * this.values.length + 16, this.limit));
    larger.set(this.values);
    this.values = larger;
  }
}
