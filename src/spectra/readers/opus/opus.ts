import { ByteView } from '../../../frames/bytes/byte-view.js';
import { FileError } from '../../../frames/bytes/file-error.js';
import type { Spectrum, Technique } from '../../spectrum.js';
import { isoDate } from '../iso-date.js';
import { evenAxis, techniqueOfAxis, type UnplacedReading } from '../reading.js';
import { percentOrShare, xUnitOf } from '../units.js';
import { blockName, PARAMETER_NAMES, PREFERENCE, Y_UNITS } from './block-type.js';
import { type OpusBlock, readDirectory } from './directory.js';
import { type OpusParameters, readParameters } from './parameters.js';

const MAGIC = [0x0a, 0x0a, 0xfe, 0xfe];
const DATA_STATUS = 1;
const RAMAN = 10;
const PARAMETER_BITS = 0x3f << 4;

/**
 * Reads Bruker OPUS: the absorbance where there is one, else Raman, log(1/R), Kubelka–Munk, ATR, photoacoustic,
 * transmittance, reflectance, emission, and last the single beam of the sample. Parameters of all blocks become metadata.
 * @param options.all - every data block that is a spectrum instead of the best one.
 */
export function readOpus(bytes: Uint8Array, { all = false }: { all?: boolean } = {}): UnplacedReading[] {
  const view = new ByteView(bytes);
  if (!MAGIC.every((byte, k) => bytes[k] === byte))
    throw new FileError('an OPUS file must begin with the bytes 0a 0a fe fe', 0);
  const blocks = readDirectory(view);
  const data = dataBlocks(blocks);
  const names = data.map(({ block }) => blockName(block));
  const spectra = data
    .filter(({ block }) => PREFERENCE.includes(block.data))
    .sort((a, b) => rank(a.block) - rank(b.block));
  if (spectra.length === 0)
    throw new FileError(
      `the OPUS file holds no spectrum${names.length > 0 ? `, only ${[...new Set(names)].join(', ')}` : ''}`,
      blocks[0].at,
    );
  const metadata = metadataOf(view, blocks);
  const wanted = all ? spectra : spectra.filter(({ block }) => rank(block) === rank(spectra[0].block));
  return wanted.map(({ block, status }) => {
    const { spectrum, warnings } = readBlock(view, block, readParameters(view, status), metadata);
    return { spectrum, dataAt: block.offset, format: 'Bruker OPUS', blocks: names, warnings };
  });
}

/** Finished spectra before single beams, the sample before the reference, plain ones before derivatives. */
const rank = ({ data, source, derivative }: OpusBlock): number =>
  PREFERENCE.indexOf(data) * 16 + derivative * 4 + (source === 'reference' ? 1 : 0);

/** Each data block with the block of parameters that describes it: the k-th of its kind with the k-th. */
function dataBlocks(blocks: readonly OpusBlock[]): { block: OpusBlock; status: OpusBlock }[] {
  const seen = new Map<number, number>();
  return blocks.flatMap((block) => {
    if (block.parameters !== 0 || block.data === 0 || block.source === 'none') return [];
    const k = seen.get(block.bits) ?? 0;
    seen.set(block.bits, k + 1);
    const described = blocks.filter(
      ({ parameters, bits }) => parameters === DATA_STATUS && (bits & ~PARAMETER_BITS) === block.bits,
    );
    return described.length > 0 ? [{ block, status: described[Math.min(k, described.length - 1)] }] : [];
  });
}

function readBlock(
  view: ByteView,
  block: OpusBlock,
  status: OpusParameters,
  metadata: Record<string, string>,
): { spectrum: Spectrum; warnings: string[] } {
  const number = (name: string) => Number(status.get(name) ?? Number.NaN);
  const points = number('NPT');
  const [first, last] = [number('FXV'), number('LXV')];
  if (!(points > 0) || !Number.isFinite(first) || !Number.isFinite(last) || first === last)
    throw new FileError(
      `block ${blockName(block)} must have points between two x values, but has ${points} from ${first} to ${last}`,
      block.at,
    );
  if (4 * points > block.length)
    throw new FileError(
      `block ${blockName(block)} announces ${points} points, but has ${block.length} bytes; it is cut off or lies about its length`,
      block.offset,
    );
  const what = `the ${points} points of block ${blockName(block)}`;
  const integers = number('DPF') === 2;
  const y = integers
    ? view.numbers(block.offset, points, 4, what, (at) => view.i32(at))
    : view.floats(block.offset, points, what);
  const scale = number('CSF');
  if (Number.isFinite(scale) && scale !== 1 && scale !== 0) for (let i = 0; i < y.length; i++) y[i] *= scale;
  const x = evenAxis(first, last, points);
  const xUnit = X_UNITS[String(status.get('DXU') ?? 'WN')] ?? xUnitOf(String(status.get('DXU')));
  const spectrum = {
    ...{ x, y, xUnit, technique: techniqueOf(block, xUnit, x) },
    yUnit: percentOrShare(Y_UNITS[block.data] ?? 'arbitrary', y),
    title: metadata['SNM'] ?? '',
    metadata: { ...metadata, ...measuredAt(status) },
  };
  return { spectrum, warnings: limitWarnings(y, number('MXY'), number('MNY'), block) };
}

const X_UNITS: Readonly<Record<string, string>> = { WN: 'cm-1', MI: 'um', NM: 'nm', RSH: 'cm-1', RS: 'cm-1' };

const techniqueOf = ({ data }: OpusBlock, xUnit: string, x: Float64Array): Technique =>
  data === RAMAN ? 'Raman' : techniqueOfAxis(xUnit, x);

function measuredAt(status: OpusParameters): Record<string, string> {
  const measured = isoDate(String(status.get('DAT') ?? ''), String(status.get('TIM') ?? ''));
  return measured === null ? {} : { measured };
}

/** The block's own extremes beside its points. */
function limitWarnings(y: Float64Array, maxY: number, minY: number, { offset }: OpusBlock): string[] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of y) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const tolerance = 1e-3 * (high - low) + 1e-6 * Math.abs(high);
  const wrong = Math.abs(maxY - high) > tolerance || Math.abs(minY - low) > tolerance;
  return wrong
    ? [
        `the header gives y between ${minY} and ${maxY}, but the points lie between ${low} and ${high} (byte ${offset})`,
      ]
    : [];
}

/** Parameters of every block but the statuses, the sample's last so that its names win. */
function metadataOf(view: ByteView, blocks: readonly OpusBlock[]): Record<string, string> {
  const described = blocks.filter(({ parameters }) => Object.hasOwn(PARAMETER_NAMES, parameters));
  const entries = described
    .sort((a, b) => Number(a.source !== 'reference') - Number(b.source !== 'reference'))
    .flatMap((block) => [...readParameters(view, block)].map(([name, value]) => [name, String(value)]));
  return Object.fromEntries(entries);
}
