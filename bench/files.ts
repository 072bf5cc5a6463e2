import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes 32-bit floats where our side and the peers read them. */
export function writeFloats(folder: string, name: string, values: Float32Array): void {
  writeFileSync(join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/** Reads such a file. */
export function readFloats(folder: string, name: string): Float32Array {
  const bytes = readFileSync(join(folder, name));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
