import type { Source } from './source.js';

/** Asks whoever runs the steps for bytes; the answer is how many were put into `room`, 0 at the end. */
export interface ReadRequest {
  readonly source: Pick<Source, 'read'>;
  readonly room: Uint8Array;
}

/** Work that asks for bytes on its way. */
export type Steps<T> = Generator<ReadRequest, T, number>;
