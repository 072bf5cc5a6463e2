import { ByteView, decodeText } from '../../../frames/bytes/byte-view.js';
import { FileError } from '../../../frames/bytes/file-error.js';
import { evenAxis, techniqueOfAxis, type UnplacedReading } from '../reading.js';
import { OMNIC_X, OMNIC_Y, omnicTechnique } from './units.js';

const HEADER = 2;
const INTENSITIES = 3;
const HISTORY = 27;
const GROUP_TITLE = 107;
const SECTIONS = 304;
const SECTION = 16;

/** A section of the file: what it is, where it stands, in bytes. */
interface Section {
  readonly key: number;
  readonly offset: number;
  readonly length: number;
}

/**
 * Reads Thermo OMNIC spectra (SPA) and groups of them (SPG): the sections are found by their keys, 2 the header of a
 * spectrum, 3 its intensities, 27 the history, 107 the title within a group.
 *
 * The layout as SpectroChemPy documents it (Travert & Fernandez, doi:10.5281/zenodo.3823841).
 */
export function readOmnic(bytes: Uint8Array): UnplacedReading[] {
  const view = new ByteView(bytes);
  view.need(0, SECTIONS, 'the OMNIC header');
  const sections = readSections(view);
  const headers = sections.filter(({ key }) => key === HEADER);
  const data = sections.filter(({ key }) => key === INTENSITIES);
  const titles = sections.filter(({ key }) => key === GROUP_TITLE);
  const count = Math.min(headers.length, data.length);
  if (count === 0)
    throw new FileError('the OMNIC file names no section with a header and one with intensities', 294);
  const isGroup = view.text(0, 18).startsWith('Spectral Exte') || titles.length > 1;
  checkSections(view, sections);
  const shared = { history: historyOf(view, sections), ...measuredAt(view) };
  return Array.from({ length: isGroup ? count : 1 }, (_, k) =>
    readOne(view, headers[k], data[k], {
      format: isGroup ? 'Thermo SPG' : 'Thermo SPA',
      title: titles[k] ? view.text(titles[k].offset, 256) : view.text(30, 255),
      blocks: data.map((_, j) => `intensities ${j + 1}`),
      metadata: shared,
    }),
  );
}

function readSections(view: ByteView): Section[] {
  const count = view.u16(294);
  const out: Section[] = [];
  for (let at = SECTIONS; out.length < Math.max(count, 1) && at + SECTION <= view.length; at += SECTION) {
    const key = view.u8(at);
    if (key === 0) break;
    out.push({ key, offset: view.u32(at + 2), length: view.u32(at + 6) });
  }
  return out;
}

interface Shared {
  readonly format: 'Thermo SPA' | 'Thermo SPG';
  readonly title: string;
  readonly blocks: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

function readOne(view: ByteView, header: Section, data: Section, shared: Shared): UnplacedReading {
  const { format, title, blocks, metadata } = shared;
  view.need(header.offset, 24, 'the header of a spectrum');
  const points = view.u32(header.offset + 4);
  const [xCode, yCode] = [view.u8(header.offset + 8), view.u8(header.offset + 12)];
  const [first, last] = [view.f32(header.offset + 16), view.f32(header.offset + 20)];
  if (points === 0 || !Number.isFinite(first) || !Number.isFinite(last) || (points > 1 && first === last))
    throw new FileError(
      `a spectrum must have points between two x values, but has ${points} from ${first} to ${last}`,
      header.offset + 4,
    );
  if (OMNIC_X[xCode] === 'points')
    throw new FileError('the OMNIC file holds an interferogram, not a spectrum', header.offset + 8);
  if (data.length !== 4 * points)
    throw new FileError(
      `the header announces ${points} points, but the intensities take ${data.length} bytes; the file lies about its length`,
      header.offset + 4,
    );
  const x = evenAxis(first, last, points);
  const xUnit = OMNIC_X[xCode] ?? `unit ${xCode}`;
  const spectrum = {
    ...{ x, xUnit, title, metadata },
    y: view.floats(data.offset, points, `the ${points} intensities`),
    yUnit: OMNIC_Y[yCode] ?? 'arbitrary',
    technique: omnicTechnique(xCode, yCode) ?? techniqueOfAxis(xUnit, x),
  };
  return { spectrum, format, blocks, warnings: [], dataAt: data.offset };
}

/** Refuses a file in which a section lies behind its end, even where that is not the spectrum itself. */
function checkSections(view: ByteView, sections: readonly Section[]): void {
  for (const { key, offset, length } of sections) view.need(offset, length, `the section with key ${key}`);
}

function historyOf(view: ByteView, sections: readonly Section[]): string {
  const found = sections.find(({ key }) => key === HISTORY);
  if (!found || found.offset + found.length > view.length) return '';
  const text = decodeText(view.bytes.subarray(found.offset, found.offset + Math.min(found.length, 20_000)));
  return text.split('\0')[0].trim();
}

/** Seconds since the last midnight of 1899, as OMNIC counts. */
function measuredAt(view: ByteView): Record<string, string> {
  const seconds = view.u32(296);
  if (seconds === 0) return {};
  return { measured: new Date(Date.UTC(1899, 11, 31) + 1000 * seconds).toISOString().slice(0, 19) };
}
