import { FileError } from '../../../frames/bytes/file-error.js';
import { type LabelledRecord, scanRecords, valueText } from './labels.js';

/** What stands between a `##TITLE=` and its `##END=`. */
export interface Block {
  readonly title: string;
  /** Upper case, such as `INFRARED SPECTRUM`; `LINK` for one that only holds others. */
  readonly dataType: string;
  readonly at: number;
  readonly records: readonly LabelledRecord[];
  /** Whether its `##END=` is there. */
  readonly ended: boolean;
}

/**
 * The blocks of a JCAMP-DX file in its order, each with its own records; blocks inside others stand behind them.
 * @throws FileError when there is none.
 */
export function scanBlocks(bytes: Uint8Array): Block[] {
  const open: OpenBlock[] = [];
  const all: OpenBlock[] = [];
  for (const record of scanRecords(bytes)) {
    if (record.name === 'TITLE') {
      const block = { at: record.at, records: [record], ended: false };
      open.push(block);
      all.push(block);
    } else if (record.name === 'END') {
      const last = open.pop();
      if (last) last.ended = true;
    } else open.at(-1)?.records.push(record);
  }
  if (all.length === 0)
    throw new FileError('a JCAMP-DX file must have a ##TITLE= record, but this has none', 0);
  return all.map((block) => named(bytes, block));
}

interface OpenBlock {
  readonly at: number;
  readonly records: LabelledRecord[];
  ended: boolean;
}

const named = (bytes: Uint8Array, block: OpenBlock): Block => ({
  ...block,
  title: valueText(bytes, block.records[0]),
  dataType: textOf(bytes, block, 'DATATYPE').toUpperCase(),
});

/** The first record of a name. */
export const recordOf = ({ records }: Pick<Block, 'records'>, name: string): LabelledRecord | undefined =>
  records.find((record) => record.name === name);

/** The value of a record as text; empty where there is none. */
export function textOf(bytes: Uint8Array, block: Pick<Block, 'records'>, name: string): string {
  const record = recordOf(block, name);
  return record ? valueText(bytes, record) : '';
}
