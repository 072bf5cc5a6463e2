import { FileError } from '../../../frames/bytes/file-error.js';
import type { UnplacedReading } from '../reading.js';
import { type Block, recordOf, scanBlocks, textOf } from './blocks.js';
import { readBlock, tableOf } from './read-block.js';

/**
 * Reads JCAMP-DX: XYDATA in AFFN, PAC, SQZ, DIF and DUP, XYPOINTS, peak tables, several blocks, LINK. NMR, mass spectra
 * and n-tuples are told apart; where a file holds them beside spectra, they are left out with a warning.
 *
 * McDonald & Wilks (1988), doi:10.1366/0003702884428734; Lampen et al. (1999), doi:10.1351/pac199971081549.
 * @throws FileError when no block is a spectrum, or one is cut off or lies about its length.
 */
export function readJcamp(bytes: Uint8Array): UnplacedReading[] {
  const blocks = scanBlocks(bytes).filter(({ dataType }) => dataType !== 'LINK');
  const names = blocks.map(({ dataType, title }) => dataType || title);
  const refused = blocks.flatMap((block) => whyNot(bytes, block) ?? []);
  const wanted = blocks.filter((block) => whyNot(bytes, block) === null);
  if (wanted.length === 0)
    throw refused[0] ?? new FileError('the file links to other files and holds no data itself', 0);
  return wanted.map((block) => {
    const { spectrum, warnings } = readBlock(bytes, block);
    const skipped = refused.map(({ message }) => `left out: ${message}`);
    const dataAt = tableOf(block)!.at;
    return { spectrum, dataAt, format: 'JCAMP-DX', blocks: names, warnings: [...warnings, ...skipped] };
  });
}

/** Why a block is no spectrum; `null` where it is one. */
function whyNot(bytes: Uint8Array, block: Block): FileError | null {
  const { dataType, at } = block;
  const refuse = (what: string) =>
    new FileError(`block "${block.title}" ${what}; infrared, Raman and UV/Vis spectra are read`, at);
  if (/NMR|NUCLEAR/.test(dataType) || recordOf(block, '.OBSERVEFREQUENCY'))
    return refuse(`is an NMR measurement (${dataType || 'by its .OBSERVE FREQUENCY'})`);
  if (/MASS/.test(dataType)) return refuse(`is a mass spectrum (${dataType})`);
  if (/INTERFEROGRAM/.test(dataType)) return refuse('is an interferogram');
  if (recordOf(block, 'NTUPLES')) return refuse('is an n-tuple of several variables (NTUPLES)');
  if (/STRUCTURE/.test(dataType)) return refuse('is a chemical structure');
  if (/^(M\/?Z|PPM|HZ|HERTZ)$/.test(xUnits(bytes, block)))
    return refuse(`has x in ${xUnits(bytes, block)}: NMR or mass`);
  if (tableOf(block)) return null;
  return block.ended
    ? refuse('holds no data')
    : new FileError(`block "${block.title}" ends before its data; the file is cut off`, bytes.length);
}

const xUnits = (bytes: Uint8Array, block: Block): string => textOf(bytes, block, 'XUNITS').toUpperCase();
