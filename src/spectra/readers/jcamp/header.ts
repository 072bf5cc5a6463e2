import type { Technique, XUnit, YUnit } from '../../spectrum.js';
import { xUnitOf, yUnitOf } from '../units.js';
import { type Block, textOf } from './blocks.js';

/** The numbers and units of a block; NaN where it does not give one. */
export interface Header {
  readonly xUnit: XUnit;
  readonly yUnit: YUnit;
  readonly technique: Technique;
  readonly xFactor: number;
  readonly yFactor: number;
  readonly firstX: number;
  readonly lastX: number;
  readonly deltaX: number;
  readonly firstY: number;
  readonly minY: number;
  readonly maxY: number;
  readonly points: number;
  /** Whether numbers are written with a comma, as some writers do against the standard. */
  readonly decimalComma: boolean;
}

const NUMBERS = ['XFACTOR', 'YFACTOR', 'FIRSTX', 'LASTX', 'DELTAX', 'FIRSTY', 'MINY', 'MAXY', 'MAXX', 'MINX'];

/** Reads the header of a block. */
export function readHeader(bytes: Uint8Array, block: Block): Header {
  const number = (name: string, fallback = Number.NaN) => {
    const words = textOf(bytes, block, name).split(/\s/)[0];
    return words === '' ? fallback : Number(words.replace(',', '.'));
  };
  return {
    xUnit: xUnitOf(textOf(bytes, block, 'XUNITS') || defaultUnit(block)),
    yUnit: yUnitOf(textOf(bytes, block, 'YUNITS')),
    technique: techniqueOf(block.dataType),
    xFactor: number('XFACTOR', 1) || 1,
    yFactor: number('YFACTOR', 1) || 1,
    firstX: number('FIRSTX'),
    lastX: number('LASTX'),
    deltaX: number('DELTAX'),
    firstY: number('FIRSTY'),
    minY: number('MINY'),
    maxY: number('MAXY'),
    points: number('NPOINTS'),
    decimalComma: NUMBERS.some((name) => /^[+-]?\d+,\d+(E[+-]?\d+)?$/i.test(textOf(bytes, block, name))),
  };
}

const defaultUnit = ({ dataType }: Block): string => (/INFRARED|RAMAN/.test(dataType) ? '1/CM' : '');

function techniqueOf(dataType: string): Technique {
  if (/RAMAN/.test(dataType)) return 'Raman';
  if (/NEAR|NIR/.test(dataType)) return 'NIR';
  if (/INFRARED|^IR|FT-?IR/.test(dataType)) return 'FT-IR';
  if (/UV|ULTRA|VIS/.test(dataType)) return 'UV-Vis';
  return 'unknown';
}
