import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { GraphEpochLog } from './options.js';

/** Everything that a training needs to go on. */
export interface Checkpoint {
  /** What must be the same again: settings, seed, rows. */
  readonly settings: string;
  readonly iterations: number;
  readonly logs: readonly GraphEpochLog[];
  readonly state: readonly Float32Array[];
  /** The weights after the best epoch, for early stopping. */
  readonly best?: readonly Float32Array[];
}

interface Header {
  readonly __metadata__: Readonly<Record<'format' | 'settings' | 'iterations' | 'logs', string>>;
  readonly [name: string]: unknown;
}

interface Entry {
  readonly dtype: 'F32';
  readonly shape: readonly [number];
  readonly data_offsets: readonly [number, number];
}

const FORMAT = 'nurdle graph checkpoint 1';

/** Writes a checkpoint as a safetensors file: a header in JSON, then the numbers. The file is there whole or not at all. */
export function writeCheckpoint(path: string, { settings, iterations, logs, state, best = [] }: Checkpoint) {
  const named = [
    ...state.map((values, i) => [`state.${i}`, values] as const),
    ...best.map((values, i) => [`best.${i}`, values] as const),
  ];
  let at = 0;
  const entries = named.map(([name, { length, byteLength }]) => {
    const data_offsets = [at, (at += byteLength)];
    return [name, { dtype: 'F32', shape: [length], data_offsets }] as const;
  });
  const __metadata__ = {
    ...{ format: FORMAT, settings, iterations: String(iterations) },
    logs: JSON.stringify(logs),
  };
  const text = JSON.stringify({ __metadata__, ...Object.fromEntries(entries) });
  const header = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const bodies = named.map(([, { buffer, byteOffset, byteLength }]) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  const part = `${path}.part`;
  writeFileSync(part, Buffer.concat([length, header, ...bodies]));
  renameSync(part, path);
}

/**
 * Reads a checkpoint; undefined when there is no such file.
 * @param settings - what the checkpoint must have been written with.
 * @param lengths - of the state's variables.
 * @throws RangeError when the file is damaged or belongs to another training.
 */
export function readCheckpoint(
  path: string,
  settings: string,
  lengths: readonly number[],
): Checkpoint | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const { header, body } = parts(path, bytes);
  const { __metadata__: told } = header;
  if (told.settings !== settings)
    throw new RangeError(
      `checkpoint.path ${path} must come from the same training (${settings}), but comes from ${told.settings}; name another file or set resume to false`,
    );
  const take = (name: string, length: number) => numbers(path, body, header[name], length);
  const best = header['best.0'] === undefined ? undefined : lengths;
  return {
    settings,
    iterations: Number(told.iterations),
    logs: JSON.parse(told.logs) as GraphEpochLog[],
    state: lengths.map((length, i) => take(`state.${i}`, length)),
    best: best?.map((length, i) => take(`best.${i}`, length)),
  };
}

function parts(path: string, bytes: Buffer): { header: Header; body: Buffer } {
  const length = bytes.length >= 8 ? Number(bytes.readBigUInt64LE(0)) : Number.POSITIVE_INFINITY;
  if (8 + length > bytes.length) throw damaged(path, 'it is cut off');
  let header: Header;
  try {
    header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Header;
  } catch {
    throw damaged(path, 'its header is no JSON');
  }
  if (header?.__metadata__?.format !== FORMAT) throw damaged(path, `it is not "${FORMAT}"`);
  return { header, body: bytes.subarray(8 + length) };
}

function numbers(path: string, body: Buffer, entry: unknown, length: number): Float32Array {
  const [from, to] = (entry as Entry | undefined)?.data_offsets ?? [];
  if (!Number.isInteger(from) || !Number.isInteger(to) || to! - from! !== 4 * length)
    throw damaged(path, 'a variable is missing or has another size');
  if (from! < 0 || to! > body.length) throw damaged(path, 'it is cut off');
  return new Float32Array(Uint8Array.from(body.subarray(from, to)).buffer);
}

const damaged = (path: string, what: string): RangeError =>
  new RangeError(`checkpoint.path ${path} must hold a checkpoint, but ${what}`);
