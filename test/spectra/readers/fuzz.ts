import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FileError } from '../../../src/frames/bytes/file-error.js';
import { type Random, random } from '../../../src/numeric/random.js';
import { readSpectra } from '../../../src/spectra/readers/read.js';
import { dataFolder } from '../../frames/real.js';
import {
  aspFile,
  csvFile,
  jcampFile,
  oldSpcFile,
  omnicFile,
  opusFile,
  pairedSpcFile,
  spcFile,
  spFile,
} from './samples.js';

/** Files to break, by the reader that they are for. */
export function seeds(): Map<string, Uint8Array[]> {
  const difference = jcampFile({ XYDATA: '(X++(Y..Y))\n4000A0M0k5\n3980B5P5k5T' });
  const own: [string, Uint8Array[]][] = [
    [
      'jcamp',
      [
        jcampFile(),
        difference,
        jcampFile({ XYDATA: null, XYPOINTS: '(XY..XY)\n4000,10;3990,50\n1,2;2,3;3,4' }),
      ],
    ],
    [
      'spc',
      [
        spcFile(),
        spcFile({ big: true, short: true, subfiles: 2 }),
        pairedSpcFile(),
        oldSpcFile(),
        spcFile({ log: 'A=1' }),
      ],
    ],
    ['opus', [opusFile(), opusFile(['IgSm', 'ScSm'])]],
    ['spa', [omnicFile(), omnicFile(['one', 'two'])]],
    ['sp', [spFile()]],
    ['asp', [aspFile(), aspFile(100)]],
    ['csv', [csvFile()]],
  ];
  return new Map(
    own.map(([name, files]) => [name, [...files, ...realFiles(name)].map((file) => new Uint8Array(file))]),
  );
}

/** Real files of at most 50 kB, where they are there. */
function realFiles(name: string): Uint8Array[] {
  const folder = dataFolder && join(dataFolder, 'instrument-files', name === 'asp' ? 'csv' : name);
  const names = folder && statSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder) : [];
  return names
    .filter((file) => !file.startsWith('LICENSE') && (name !== 'csv' || file.endsWith('.csv')))
    .map((file) => join(folder!, file))
    .filter((path) => statSync(path).size <= 50_000)
    .map((path) => readFileSync(path));
}

export interface FuzzResult {
  readonly files: number;
  readonly read: number;
  readonly refused: number;
  /** Processor time, which other programs do not lengthen. */
  readonly slowestMs: number;
  /** What should not have happened: the number of the file and the error. */
  readonly failures: readonly string[];
}

/** Breaks files and reads them: each must be read or refused with a sentence and a byte, quickly. */
export function fuzz(name: string, bases: readonly Uint8Array[], count: number, seed = 1): FuzzResult {
  const failures: string[] = [];
  let [read, slowestMs] = [0, 0];
  for (let k = 0; k < count; k++) {
    const r = random(`${name}/${seed}/${k}`);
    const file = mutated(bases, r);
    const start = process.cpuUsage();
    const outcome = attempt(file);
    slowestMs = Math.max(slowestMs, process.cpuUsage(start).user / 1000);
    if (outcome === 'read') read++;
    else if (outcome !== 'refused') failures.push(`${name} ${k}: ${outcome}`);
  }
  return { files: count, read, refused: count - read - failures.length, slowestMs, failures };
}

function attempt(file: Uint8Array): string {
  try {
    for (const { spectrum } of readSpectra(file, 'fuzzed')) {
      if (spectrum.x.length !== spectrum.y.length || spectrum.x.length === 0) return 'x and y differ';
      if (!spectrum.x.every(Number.isFinite)) return 'x is not finite';
    }
    return 'read';
  } catch (error) {
    const fine = error instanceof FileError && error.offset >= 0 && error.offset <= 2 * file.length + 3;
    return fine ? 'refused' : String((error as Error).stack);
  }
}

type Mutation = (file: Uint8Array, r: Random, bases: readonly Uint8Array[]) => Uint8Array;

const MUTATIONS: readonly Mutation[] = [
  (file, r) => changed(file, r, () => file[r.integer(file.length)]),
  (file, r) => (isBinary(file) ? changed(file, r, (at) => file[at] ^ (1 << r.integer(8))) : file),
  (file, r) => changed(file, r, () => (isBinary(file) ? r.integer(256) : 32 + r.integer(95))),
  (file, r) => overwritten(file, r, isBinary(file) ? EXTREMES[r.integer(EXTREMES.length)] : DIGITS),
  (file, r) => overwritten(file, r, WORDS[r.integer(WORDS.length)]),
  (file, r) => file.subarray(0, r.integer(file.length + 1)),
  (file, r) => spliced(file, r.integer(file.length), r.integer(200), new Uint8Array(0)),
  (file, r) => {
    const from = r.integer(file.length);
    return spliced(file, r.integer(file.length), 0, file.slice(from, from + r.integer(400)));
  },
  (file, r, bases) => {
    const other = bases[r.integer(bases.length)];
    return spliced(file, r.integer(file.length), 0, other.slice(r.integer(other.length)).subarray(0, 300));
  },
];

const EXTREMES = [
  ...[
    [255, 255, 255, 255],
    [0, 0, 0, 0],
    [0, 0, 0, 128],
    [255, 255, 255, 127],
    [0, 0, 192, 127],
  ],
  [0, 0, 0, 0, 0, 0, 240, 127],
].map((bytes) => Uint8Array.from(bytes));

const isBinary = (file: Uint8Array): boolean => file.subarray(0, 64).includes(0);

const DIGITS = Uint8Array.from(Buffer.from('0123456789'));

const WORDS = [
  '\n##',
  '##END=\n',
  '$$',
  '999999999',
  '1e308',
  '-',
  'E',
  's99999',
  '?',
  '\0',
  ';',
  ',',
  '"',
  '\t',
  '(XY..XY)',
].map((word) => Uint8Array.from(Buffer.from(word)));

function mutated(bases: readonly Uint8Array[], r: Random): Uint8Array {
  let file: Uint8Array = new Uint8Array(bases[r.integer(bases.length)]);
  for (let times = 1 + r.integer(3); times > 0 && file.length > 0; times--)
    file = MUTATIONS[r.integer(MUTATIONS.length)](file, r, bases);
  return file;
}

/** Up to eight bytes replaced, more often near the beginning, where headers are. */
function changed(file: Uint8Array, r: Random, byte: (at: number) => number): Uint8Array {
  const out = file.slice();
  for (let k = 1 + r.integer(8); k > 0; k--) {
    const at = r.integer(1 + r.integer(file.length));
    out[at] = byte(at);
  }
  return out;
}

function overwritten(file: Uint8Array, r: Random, bytes: Uint8Array): Uint8Array {
  const out = file.slice();
  const at = r.integer(1 + r.integer(file.length));
  out.set(bytes.subarray(0, out.length - at), at);
  return out;
}

function spliced(file: Uint8Array, at: number, remove: number, insert: Uint8Array): Uint8Array {
  // A Buffer's slice is a view: what is changed in it would change the file that it was taken from.
  return new Uint8Array(Buffer.concat([file.subarray(0, at), insert, file.subarray(at + remove)]));
}
