import { type Arena, arena } from '../../numeric/wasm/arena.js';
import { loadKernels } from '../../numeric/wasm/load.js';
import { powerTable } from '../../numeric/wasm/powers.js';
import { type Dictionaries, dictionaries } from './dictionaries.js';

/** How the bytes are to be read. */
export interface Layout {
  /** One byte each. */
  readonly delimiter: string;
  readonly decimal: string;
  readonly kinds: readonly Kind[];
  /** Words that mean "missing" in a number column, in lower case. */
  readonly missing: readonly string[];
  /** Whether short rows are filled with missing values. */
  readonly fill: boolean;
}

export type Kind = 'skip' | 'number' | 'text';

/** What became of one call. */
export type Outcome = (typeof OUTCOMES)[number];

/** In the order of the kernel's numbers. */
const OUTCOMES = ['hungry', 'full', 'short', 'long', 'open', 'trailing'] as const;

/** A cell of a number column that is neither a plain number nor a word for missing. */
export interface OddCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** Reads CSV records into blocks of typed columns, in WebAssembly. */
export interface CsvKernel {
  /** Room for more bytes, as a view; say with `filled` how many were put there. */
  room(): Uint8Array;
  filled(bytes: number): void;
  /** Reads records until a block is full or the bytes run out. `last` when there are no more bytes to come. */
  read(last: boolean): Outcome;
  /** Rows of the block that `read` left. */
  rows(): number;
  /** Column at which a malformed record stopped. */
  column(): number;
  /** Column j of the block, as a view. */
  block(j: number): Float64Array | Int32Array;
  /** Cells that are not plain numbers; their place in the block holds NaN until `patch`. */
  oddCells(): OddCell[];
  patch(cell: OddCell, value: number): void;
  /** Stops reading a column from here on. */
  skip(j: number): void;
  /** Bytes that are in memory and not read yet. */
  readonly unread: number;
  readonly words: Dictionaries;
}

interface Exports {
  read(work: number): number;
  rehash(dictionary: number): void;
  setPowers(address: number): void;
  setHeap(address: number): void;
  getHeap(): number;
}

/** Words of 32 bits in the kernel's `Work`, in its order. */
const WORK = [
  ...(['at', 'end', 'last', 'delimiter', 'decimal', 'columns', 'kinds', 'outs', 'dictionaries'] as const),
  ...(['capacity', 'absent', 'deferred', 'deferredCapacity', 'fill', 'rows', 'deferredCount'] as const),
  'column',
] as const;

const WINDOW = 1 << 19;
/** Bytes behind the input that the kernel may look at. */
const PADDING = 64;
const KINDS: readonly Kind[] = ['skip', 'number', 'text'];

let powers: Int32Array | undefined;

/** A kernel for one pass over one file. */
export function csvKernel({ delimiter, decimal, kinds, missing, fill }: Layout): CsvKernel {
  const space = arena();
  const exports = loadKernels<Exports>('csv', space);
  const capacity = Math.min(2048, Math.max(64, Math.floor(2 ** 19 / kinds.length)));
  const deferredCapacity = Math.max(4096, 2 * kinds.length);
  const work = space.allocate(WORK.length);
  const kindsAt = putWords(
    space,
    kinds.map((kind) => KINDS.indexOf(kind)),
  );
  const outs = kinds.map((kind) =>
    space.allocate(kind === 'number' ? 2 * capacity : kind === 'text' ? capacity : 0),
  );
  const words = dictionaries(space, exports, kinds, capacity);
  let size = WINDOW;
  let input = space.allocate((size + PADDING) / 4);
  let start = input;
  let end = input;
  powers ??= powerTable();
  exports.setPowers(putWords(space, powers));
  const settings = {
    ...{ delimiter: delimiter.charCodeAt(0), decimal: decimal.charCodeAt(0), columns: kinds.length },
    ...{ kinds: kindsAt, outs: putWords(space, outs), dictionaries: words.address, capacity },
    ...{
      absent: putMissing(space, missing),
      deferred: space.allocate(4 * deferredCapacity),
      deferredCapacity,
    },
    fill: Number(fill),
  };
  for (const [name, value] of Object.entries(settings)) set(name as (typeof WORK)[number], value);

  function set(name: (typeof WORK)[number], value: number): void {
    space.integers(work, WORK.length)[WORK.indexOf(name)] = value;
  }
  const get = (name: (typeof WORK)[number]): number =>
    space.integers(work, WORK.length)[WORK.indexOf(name)] >>> 0;
  const bytes = (): Uint8Array => new Uint8Array(space.memory.buffer);

  /** Moves what is unread to the front, into a larger window when it fills this one. */
  function room(): Uint8Array {
    const from = start;
    if (end - start === size) {
      size *= 2;
      input = space.allocate((size + PADDING) / 4);
    }
    if (from !== input) bytes().copyWithin(input, from, end);
    end -= from - input;
    start = input;
    return bytes().subarray(end, input + size);
  }

  function read(last: boolean): Outcome {
    words.makeRoom(end - start);
    bytes().set([10, 34], end);
    set('at', start);
    set('end', end);
    set('last', Number(last));
    const outcome = exports.read(work);
    start = get('at');
    return OUTCOMES[outcome];
  }

  function oddCells(): OddCell[] {
    const cells = space.integers(get('deferred'), 4 * get('deferredCount'));
    return Array.from({ length: cells.length / 4 }, (_, k) => {
      const [row, column, at, length] = cells.subarray(4 * k, 4 * k + 4);
      return { row, column, text: Buffer.from(space.memory.buffer, at >>> 0, length).toString('utf8') };
    });
  }

  function block(j: number): Float64Array | Int32Array {
    if (kinds[j] === 'text') return new Int32Array(space.memory.buffer, outs[j], get('rows'));
    return new Float64Array(space.memory.buffer, outs[j], kinds[j] === 'number' ? get('rows') : 0);
  }

  return {
    ...{ room, read, oddCells, block, words },
    filled: (count) => void (end += count),
    rows: () => get('rows'),
    column: () => get('column'),
    patch: ({ row, column }, value) => void (block(column)[row] = value),
    skip: (j) => void (space.integers(kindsAt, kinds.length)[j] = 0),
    get unread() {
      return end - start;
    },
  };
}

function putWords(space: Arena, words: ArrayLike<number>): number {
  const address = space.allocate(words.length);
  space.integers(address, words.length).set(words);
  return address;
}

/** A count, then for each word its length and its bytes, filled up to a multiple of four. */
function putMissing(space: Arena, missing: readonly string[]): number {
  const parts = missing.filter((word) => word !== '').map((word) => Buffer.from(word.toLowerCase()));
  const address = space.allocate(1 + parts.reduce((sum, part) => sum + 1 + Math.ceil(part.length / 4), 0));
  const view = new DataView(space.memory.buffer);
  view.setUint32(address, parts.length, true);
  let at = address + 4;
  for (const part of parts) {
    view.setUint32(at, part.length, true);
    new Uint8Array(space.memory.buffer).set(part, at + 4);
    at += 4 + 4 * Math.ceil(part.length / 4);
  }
  return address;
}
