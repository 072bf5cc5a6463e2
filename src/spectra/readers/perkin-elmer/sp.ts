import { ByteView } from '../../../frames/bytes/byte-view.js';
import { FileError } from '../../../frames/bytes/file-error.js';
import { evenAxis, techniqueOfAxis, type UnplacedReading } from '../reading.js';
import { percentOrShare, xUnitOf, yUnitOf } from '../units.js';

const WRAPPER = 120;
const RANGE = -29838;
const POINTS = -29835;
const X_LABEL = -29833;
const Y_LABEL = -29832;
const DATA = -29828;
const NAME = -29827;
const HEADER = 44;
const BLOCK_HEADER = 6;

/** What the blocks of an SP file said so far. */
interface Found {
  first: number;
  last: number;
  points: number;
  xLabel: string;
  yLabel: string;
  name: string;
  data: { at: number; bytes: number } | null;
}

/**
 * Reads PerkinElmer's binary format (SP): `PEPE`, 40 bytes of description, then blocks of a 16-bit name, a 32-bit size
 * and their content. The layout as PerkinElmer's own `spload.m` (2007) reads it.
 */
export function readSp(bytes: Uint8Array): UnplacedReading[] {
  const view = new ByteView(bytes);
  if (view.text(0, 4) !== 'PEPE') throw new FileError('an SP file must begin with PEPE', 0);
  const found = walk(view);
  const { data, first, last } = found;
  if (!data) throw new FileError('the SP file ends without data; it is cut off', bytes.length);
  const points = Number.isNaN(found.points) ? data.bytes / 8 : found.points;
  if (!(points > 0) || 8 * points > data.bytes)
    throw new FileError(
      `the SP file announces ${points} points, but its data take ${data.bytes} bytes; it lies about its length`,
      data.at,
    );
  if (!Number.isFinite(first) || !Number.isFinite(last) || (points > 1 && first === last))
    throw new FileError(`the x axis must run between two numbers, but runs from ${first} to ${last}`, HEADER);
  const x = evenAxis(first, last, points);
  const y = view.numbers(data.at, points, 8, `the ${points} values`, (at) => view.f64(at));
  const xUnit = xUnitOf(found.xLabel || 'cm-1');
  const spectrum = {
    ...{ x, y, xUnit, technique: techniqueOfAxis(xUnit, x), title: found.name },
    yUnit: percentOrShare(yUnitOf(found.yLabel), y),
    metadata: { description: view.text(4, 40) },
  };
  return [{ spectrum, format: 'PerkinElmer SP', blocks: ['data'], warnings: [], dataAt: data.at }];
}

function walk(view: ByteView): Found {
  const found: Found = {
    ...{ first: Number.NaN, last: Number.NaN, points: Number.NaN },
    ...{ xLabel: '', yLabel: '', name: '', data: null },
  };
  for (let at = HEADER; at + BLOCK_HEADER <= view.length; ) {
    const id = view.i16(at);
    const size = view.u32(at + 2);
    const content = at + BLOCK_HEADER;
    if (id === WRAPPER) at = content;
    else {
      view.need(content, size, `block ${id}`);
      takeBlock(view, id, content, found);
      at = content + size;
    }
  }
  return found;
}

/** Two bytes of the kind stand before each content. */
function takeBlock(view: ByteView, id: number, at: number, found: Found): void {
  if (id === RANGE) [found.first, found.last] = [view.f64(at + 2), view.f64(at + 10)];
  else if (id === POINTS) found.points = view.u32(at + 2);
  else if (id === X_LABEL) found.xLabel = view.text(at + 4, view.u16(at + 2));
  else if (id === Y_LABEL) found.yLabel = view.text(at + 4, view.u16(at + 2));
  else if (id === NAME) found.name = view.text(at + 4, view.u16(at + 2));
  else if (id === DATA) {
    const bytes = view.u32(at + 2);
    view.need(at + 6, bytes, 'the values of the SP file');
    found.data = { at: at + 6, bytes };
  }
}
