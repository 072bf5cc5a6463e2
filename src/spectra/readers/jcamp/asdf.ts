import { FileError } from '../../../frames/bytes/file-error.js';
import { type Scanned, scanNumber } from '../number.js';
import { GrowingNumbers } from './growing.js';
import { isComment } from './labels.js';
import { isLineEnd, lineEnd, notNumber, skipSeparators } from './lines.js';
import { DIFFERENCE, DUPLICATE, pseudoDigit, SQUEEZED, scanPseudo } from './pseudo-digits.js';

/** A decoded `(X++(Y..Y))` table. */
export interface Ordinates {
  /** n ordinates, before YFACTOR; NaN where the file says `?`. */
  readonly y: Float64Array;
  readonly checkpoints: Checkpoints;
  /** Bytes of the first ordinates that should repeat the last one of the line before, and do not. */
  readonly broken: readonly number[];
}

/** The x that begins each line, line by line: numbers side by side, for a table has a line every few bytes. */
export interface Checkpoints {
  /** Before XFACTOR. */
  readonly x: Float64Array;
  /** The point that it belongs to. */
  readonly index: Float64Array;
  /** Its byte. */
  readonly at: Float64Array;
}

export interface TableOptions {
  /** How many points the file announces. */
  readonly expected: number;
  readonly decimalComma: boolean;
}

/**
 * Decodes ASDF: each line an x and ordinates in any mixture of AFFN (free numbers), PAC (signs between them), SQZ (first
 * digit a letter), DIF (differences) and DUP (repeats). A line that ends in a difference is followed by one whose first
 * ordinate repeats the last, as a check.
 *
 * McDonald & Wilks (1988), JCAMP-DX, doi:10.1366/0003702884428734.
 */
export function decodeOrdinates(
  bytes: Uint8Array,
  from: number,
  to: number,
  options: TableOptions,
): Ordinates {
  const decoder = new Decoder(bytes, from, to, options);
  let atLineStart = true;
  for (let at = skipSeparators(bytes, from, to); at < to; at = skipSeparators(bytes, at, to)) {
    const newLine = isLineEnd(bytes[at]);
    if (newLine) at++;
    else at = atLineStart ? decoder.readAbscissa(at) : decoder.readOrdinate(at);
    atLineStart = newLine;
  }
  return { y: decoder.y.finished(), checkpoints: decoder.checkpoints, broken: decoder.broken };
}

class Decoder {
  readonly y: GrowingNumbers;
  private readonly lineX: GrowingNumbers;
  private readonly lineIndex: GrowingNumbers;
  private readonly lineAt: GrowingNumbers;
  readonly broken: number[] = [];
  private readonly bytes: Uint8Array;
  private readonly to: number;
  private readonly numberOptions: { exponents: boolean; decimalComma: boolean };
  private readonly scanned: Scanned = { value: 0, end: 0 };
  private difference = 0;
  /** Whether the last ordinate was a difference or a repeat of one. */
  private inDifferences = false;
  /** Whether the next ordinate repeats the last as a check. */
  private checking = false;

  constructor(bytes: Uint8Array, from: number, to: number, { expected, decimalComma }: TableOptions) {
    this.bytes = bytes;
    this.to = to;
    this.y = new GrowingNumbers(expected, bytes.length);
    this.lineX = new GrowingNumbers(0, bytes.length);
    this.lineIndex = new GrowingNumbers(0, bytes.length);
    this.lineAt = new GrowingNumbers(0, bytes.length);
    this.numberOptions = { exponents: !isCompressed(bytes, from, to), decimalComma };
  }

  /** The abscissae that were read so far. */
  get checkpoints(): Checkpoints {
    return { x: this.lineX.finished(), index: this.lineIndex.finished(), at: this.lineAt.finished() };
  }

  readAbscissa(at: number): number {
    this.scanPlain(at);
    this.checking = this.inDifferences && this.y.length > 0;
    this.lineX.push(this.scanned.value, at);
    this.lineIndex.push(this.y.length - (this.checking ? 1 : 0), at);
    this.lineAt.push(at, at);
    return this.scanned.end;
  }

  readOrdinate(at: number): number {
    const kind = pseudoDigit(this.bytes[at]);
    if (kind === DUPLICATE) this.repeat(at);
    else if (kind === DIFFERENCE) this.addDifference(at);
    else this.addValue(at, kind);
    this.checking = false;
    return this.scanned.end;
  }

  private repeat(at: number): void {
    if (this.y.length === 0) throw new FileError('the table repeats a value before the first', at);
    scanPseudo(this.bytes, at, this.to, this.scanned);
    const step = this.inDifferences ? this.difference : 0;
    for (let k = 1; k < this.scanned.value; k++) this.y.push(this.y.last + step, at);
  }

  private addDifference(at: number): void {
    if (this.y.length === 0) throw new FileError('the table begins with a difference', at);
    scanPseudo(this.bytes, at, this.to, this.scanned);
    this.difference = this.scanned.value;
    this.inDifferences = true;
    this.y.push(this.y.last + this.difference, at);
  }

  private addValue(at: number, kind: number): void {
    if (kind === SQUEEZED) scanPseudo(this.bytes, at, this.to, this.scanned);
    else this.scanPlain(at);
    const { value } = this.scanned;
    if (!this.checking) this.y.push(value, at);
    else if (Math.abs(value - this.y.last) > 1e-9 * Math.abs(value)) this.broken.push(at);
    this.inDifferences = false;
  }

  /** A free number, or `?` for a value that the instrument did not have. */
  private scanPlain(at: number): void {
    if (this.bytes[at] === 63) {
      this.scanned.value = Number.NaN;
      this.scanned.end = at + 1;
    } else if (!scanNumber(this.bytes, at, this.to, this.scanned, this.numberOptions))
      throw notNumber(this.bytes, at);
  }
}

/** In a compressed table `E` is a digit; in a plain one it begins an exponent. */
function isCompressed(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (isComment(bytes, at)) at = lineEnd(bytes, at, to);
    else if (pseudoDigit(bytes[at]) > 0 && (bytes[at] | 32) !== 101) return true;
  }
  return false;
}
