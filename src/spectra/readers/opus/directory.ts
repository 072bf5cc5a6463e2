import type { ByteView } from '../../../frames/bytes/byte-view.js';
import { FileError } from '../../../frames/bytes/file-error.js';
import { blockType, type OpusBlockType } from './block-type.js';

/** One entry of the directory of an OPUS file. */
export interface OpusBlock extends OpusBlockType {
  readonly bits: number;
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
  /** Byte of the entry. */
  readonly at: number;
}

const ENTRY = 12;
const DIRECTORY = 13;

/** The blocks of an OPUS file that the directory names, the directory itself left out. */
export function readDirectory(view: ByteView): OpusBlock[] {
  view.need(0, 24, 'the OPUS header');
  const start = view.u32(12);
  const count = view.u32(20);
  view.need(start, count * ENTRY, `the directory of ${count} blocks`);
  const blocks: OpusBlock[] = [];
  for (let at = start; at < start + count * ENTRY; at += ENTRY) {
    const bits = view.u32(at);
    const block = { ...blockType(bits), bits, length: 4 * view.u32(at + 4), offset: view.u32(at + 8), at };
    if (bits === 0 || block.data === DIRECTORY) continue;
    view.need(block.offset, block.length, `block ${blocks.length + 1} of the directory`);
    blocks.push(block);
  }
  if (blocks.length === 0) throw new FileError('the directory of the OPUS file names no blocks', start);
  return blocks;
}
