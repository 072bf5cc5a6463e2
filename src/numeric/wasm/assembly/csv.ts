// Records of a CSV file (RFC 4180) into typed columns: ../../../frames/csv-kernel.ts says how it is driven.
import { setPowers, toDouble } from './_decimal';
import { Dictionary, getHeap, intern, rehash, setHeap } from './_words';

export { getHeap, rehash, setHeap, setPowers };

/** What one call works on; the host fills it in. A line feed and 16 readable bytes stand at `end`. */
@unmanaged
class Work {
  at: usize;
  end: usize;
  /** 1 when the file ends at `end`. */
  last: u32;
  delimiter: u32;
  decimal: u32;
  columns: u32;
  /** 0 skip, 1 number, 2 text; one per column. */
  kinds: usize;
  /** Addresses of f64 or i32, `capacity` of them; one per column. */
  outs: usize;
  dictionaries: usize;
  capacity: u32;
  /** Words that mean "missing": a count, then for each its length and its lower-case bytes. */
  absent: usize;
  /** Cells that are no plain number: row, column, address, length. */
  deferred: usize;
  deferredCapacity: u32;
  /** 1 fills short rows with missing values. */
  fill: u32;
  rows: u32;
  deferredCount: u32;
  /** Column at which reading stopped. */
  column: u32;
}

const HUNGRY = 0; // more bytes are needed
const FULL = 1; // the output has no more room
const SHORT = 2; // a row has fewer fields than columns
const LONG = 3; // a row has more
const OPEN = 4; // a quote is never closed
const TRAILING = 5; // text after a closing quote

const LF: u32 = 10;
const CR: u32 = 13;
const QUOTE: u32 = 34;
const BLANK: u32 = 32;

/** Reads whole records until the bytes or the room run out, or one is malformed. `at` is then its first byte. */
export function read(work: Work): i32 {
  const capacity = work.capacity;
  const guard = work.deferredCapacity - work.columns;
  let rows: u32 = 0;
  let state = HUNGRY;
  work.deferredCount = 0;
  let at = work.at;
  while (true) {
    at = skipBlankLines(at, work.end);
    work.at = at;
    if (at >= work.end) break;
    if (rows == capacity || work.deferredCount > guard) {
      state = FULL;
      break;
    }
    const before = work.deferredCount;
    const next = record(work, at, rows);
    if (next == 0) {
      work.deferredCount = before;
      state = failure;
      break;
    }
    at = next;
    rows++;
  }
  work.rows = rows;
  return state;
}

/** Why `record` gave 0. */
let failure: i32 = 0;

function stop(why: i32): usize {
  failure = why;
  return 0;
}

function skipBlankLines(at: usize, end: usize): usize {
  while (at < end && (load<u8>(at) == LF || (load<u8>(at) == CR && load<u8>(at, 1) == LF && at + 1 < end)))
    at++;
  return at;
}

/** One record from `p`; the address behind it, or 0. */
function record(work: Work, p: usize, row: u32): usize {
  const end = work.end;
  const last = work.last;
  const delimiter = work.delimiter;
  const columns = work.columns;
  for (let column: u32 = 0; column < columns; column++) {
    work.column = column;
    const kind = load<u32>(work.kinds + (column << 2));
    const out = load<usize>(work.outs + (column << 2));
    if (kind == 1) {
      const q = number(p, delimiter, work.decimal);
      if (q != 0) {
        store<f64>(out + (row << 3), parsed);
        p = q;
      } else {
        p = field(p, end, last, delimiter);
        if (p == 0) return 0;
        store<f64>(out + (row << 3), NaN);
        if (enclosed && quotedNumber(work.decimal)) store<f64>(out + (row << 3), parsed);
        else if (!isAbsent(work)) defer(work, row, column);
      }
    } else {
      p = field(p, end, last, delimiter);
      if (p == 0) return 0;
      if (p >= end && !last) return stop(HUNGRY);
      if (kind == 2) store<i32>(out + (row << 2), code(work, column));
    }
    if (p >= end) {
      if (!last) return stop(HUNGRY);
      if (column + 1 < columns) return short(work, column + 1, row, end);
      return end;
    }
    if (load<u8>(p) == delimiter) {
      if (column + 1 == columns) return stop(LONG);
      p++;
    } else {
      if (column + 1 < columns) return short(work, column + 1, row, p + 1);
      return p + 1;
    }
  }
  return p;
}

/** A row that ends early: an error, or missing values from `column` on. */
function short(work: Work, column: u32, row: u32, next: usize): usize {
  if (!work.fill) return stop(SHORT);
  for (; column < work.columns; column++) {
    const out = load<usize>(work.outs + (column << 2));
    const kind = load<u32>(work.kinds + (column << 2));
    if (kind == 1) store<f64>(out + (row << 3), NaN);
    else if (kind == 2) store<i32>(out + (row << 2), -1);
  }
  return next;
}

/** The value that `number` read. */
let parsed: f64 = 0;

/** A plain decimal number from `p`; the address of the delimiter or line feed behind it, or 0 for anything else. */
function number(p: usize, delimiter: u32, decimal: u32): usize {
  let byte: u32 = load<u8>(p);
  while (byte == BLANK) byte = load<u8>(++p);
  const negative = byte == 45;
  if (negative || byte == 43) byte = load<u8>(++p);
  const start = p;
  let mantissa: u64 = 0;
  let digit = byte - 48;
  while (digit <= 9) {
    mantissa = mantissa * 10 + digit;
    digit = <u32>load<u8>(++p) - 48;
  }
  let digits = <u32>(p - start);
  let exponent: i32 = 0;
  if (digit + 48 == decimal) {
    const fraction = ++p;
    let eight = load<u64>(p);
    while (areDigits(eight)) {
      mantissa = mantissa * 100000000 + eightDigits(eight);
      p += 8;
      eight = load<u64>(p);
    }
    digit = <u32>load<u8>(p) - 48;
    while (digit <= 9) {
      mantissa = mantissa * 10 + digit;
      digit = <u32>load<u8>(++p) - 48;
    }
    digits += <u32>(p - fraction);
    exponent = -(<i32>(p - fraction));
  }
  if (digits == 0 || (digits > 19 && significant(start, p, decimal) > 19)) return 0;
  byte = digit + 48;
  if ((byte | 32) == 101) {
    byte = load<u8>(++p);
    const minus = byte == 45;
    if (minus || byte == 43) byte = load<u8>(++p);
    if (byte - 48 > 9) return 0;
    let power: i32 = 0;
    for (; byte - 48 <= 9; byte = load<u8>(++p)) if (power < 100000) power = power * 10 + (byte - 48);
    exponent += minus ? -power : power;
  }
  while (byte == BLANK) byte = load<u8>(++p);
  if (byte == CR && load<u8>(p, 1) == LF) byte = load<u8>(++p);
  if (byte != delimiter && byte != LF) return 0;
  const value = toDouble(mantissa, exponent);
  if (isNaN(value)) return 0;
  parsed = negative ? -value : value;
  return p;
}

/** Whether the field just found, in quotes, is a plain number. */
function quotedNumber(decimal: u32): bool {
  return number(word, QUOTE, decimal) == word + length;
}

/** Digits behind the leading zeros. */
function significant(p: usize, end: usize, decimal: u32): u32 {
  while (p < end && (load<u8>(p) == 48 || load<u8>(p) == decimal)) p++;
  let digits: u32 = 0;
  for (; p < end; p++) if (load<u8>(p) != decimal) digits++;
  return digits;
}

function areDigits(eight: u64): bool {
  return (
    ((eight & 0xf0f0f0f0f0f0f0f0) | (((eight + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >>> 4)) ==
    0x3333333333333333
  );
}

/** Eight ASCII digits as a number: pairs, fours, eight. */
function eightDigits(eight: u64): u64 {
  eight -= 0x3030303030303030;
  eight = eight * 10 + (eight >>> 8);
  return (
    ((eight & 0x000000ff000000ff) * 0x000f424000000064 +
      ((eight >>> 16) & 0x000000ff000000ff) * 0x0000271000000001) >>>
    32
  );
}

/** Where the field that `field` found stands, without quotes; whether it had them, and doubled ones inside. */
let word: usize = 0;
let length: u32 = 0;
let enclosed: bool = false;
let doubled: bool = false;

/** Any field from `p`; the address of the delimiter or line feed behind it, or 0. */
function field(p: usize, end: usize, last: u32, delimiter: u32): usize {
  doubled = false;
  enclosed = false;
  if (load<u8>(p) == QUOTE && p < end) return quoted(p + 1, end, last, delimiter);
  const stopAt = seek(p, delimiter, LF);
  word = p;
  length = <u32>(stopAt - p);
  if (length > 0 && load<u8>(stopAt) == LF && load<u8>(stopAt - 1) == CR) length--;
  return stopAt;
}

function quoted(start: usize, end: usize, last: u32, delimiter: u32): usize {
  let p = start;
  while (true) {
    p = seek(p, QUOTE, QUOTE);
    if (p >= end) return stop(last ? OPEN : HUNGRY);
    if (load<u8>(p, 1) != QUOTE || p + 1 == end) break;
    doubled = true;
    p += 2;
  }
  enclosed = true;
  word = start;
  length = <u32>(p - start);
  p++;
  if (p >= end) return last ? end : stop(HUNGRY);
  if (load<u8>(p) == CR && load<u8>(p, 1) == LF) p++;
  if (p < end && load<u8>(p) != delimiter && load<u8>(p) != LF) return stop(TRAILING);
  return p;
}

/** The first of two bytes from `p` on; the host guarantees that there is a line feed and a quote behind the end. */
function seek(p: usize, a: u32, b: u32): usize {
  const as = i8x16.splat(<i8>a);
  const bs = i8x16.splat(<i8>b);
  while (true) {
    const bytes = v128.load(p);
    const mask = i8x16.bitmask(v128.or(i8x16.eq(bytes, as), i8x16.eq(bytes, bs)));
    if (mask != 0) return p + ctz(mask);
    p += 16;
  }
}

/** The code of the field just found, -1 for an empty one. */
function code(work: Work, column: u32): i32 {
  if (length == 0) return -1;
  if (doubled) undouble();
  const dictionary = changetype<Dictionary>(work.dictionaries + column * offsetof<Dictionary>());
  return intern(dictionary, word, length);
}

/** Copies the field to the heap with its doubled quotes made single. */
function undouble(): void {
  const into = getHeap();
  let to = into;
  for (let i: u32 = 0; i < length; i++) {
    const byte = load<u8>(word + i);
    store<u8>(to++, byte);
    if (byte == QUOTE) i++;
  }
  word = into;
  length = <u32>(to - into);
}

/** Whether the field just found, without blanks around it, means "missing". */
function isAbsent(work: Work): bool {
  let first = word;
  let size = length;
  while (size > 0 && load<u8>(first) <= 32) {
    first++;
    size--;
  }
  while (size > 0 && load<u8>(first + size - 1) <= 32) size--;
  if (size == 0) return true;
  let at = work.absent;
  for (let left = load<u32>(at), candidate = at + 4; left > 0; left--) {
    const bytes = load<u32>(candidate);
    if (bytes == size && sameLetters(first, candidate + 4, size)) return true;
    candidate += 4 + ((bytes + 3) & ~3);
  }
  return false;
}

function sameLetters(a: usize, lower: usize, size: u32): bool {
  for (let i: u32 = 0; i < size; i++) {
    let byte = <u32>load<u8>(a + i);
    if (byte - 65 < 26) byte |= 32;
    if (byte != load<u8>(lower + i)) return false;
  }
  return true;
}

function defer(work: Work, row: u32, column: u32): void {
  const cell = work.deferred + (work.deferredCount << 4);
  store<u32>(cell, row);
  store<u32>(cell, column, 4);
  store<u32>(cell, <u32>word, 8);
  store<u32>(cell, length, 12);
  work.deferredCount++;
}
