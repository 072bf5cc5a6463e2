import { iniFields, type MakerFields, positive, rounded, stated } from './maker.js';

/**
 * What a text file beside a picture says: JEOL (`.txt`, lines that begin with `$`), Hitachi (`.txt`, section
 * SemImageFile), TESCAN (`.hdr`, sections MAIN and SEM). `null` where it is of none of them.
 */
export function fieldsBeside(text: string, width: number): MakerFields | null {
  if (/^\$+(CM|SM)_/m.test(text)) return jeolFields(text);
  const fields = iniFields(text);
  if (fields.has('SemImageFile.PixelSize')) return hitachiFields(fields, width);
  return fields.has('MAIN.PixelSizeX') ? tescanFields(fields) : null;
}

/** JEOL: the micron bar's length in pixels and its label give the pixel size. */
function jeolFields(text: string): MakerFields {
  const fields = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, name, value] = /^\$+([A-Z]{2}_[A-Z0-9_]{1,60})\s(.*)$/.exec(line) ?? [];
    if (name) fields.set(name, value.trim());
  }
  const pixels = positive(fields.get('SM_MICRON_BAR'));
  const [, length, unit] = /^([\d.]{1,20})\s*(nm|um|µm|mm)/.exec(fields.get('SM_MICRON_MARKER') ?? '') ?? [];
  const microns = positive(length) && Number(length) * (unit === 'nm' ? 1e-3 : unit === 'mm' ? 1e3 : 1);
  return {
    instrument: `JEOL ${fields.get('CM_INSTRUMENT') ?? ''}`.trim(),
    micronsPerPixel: microns && pixels ? rounded(microns / pixels) : undefined,
    metadata: stated({
      voltage_kV: positive(fields.get('CM_ACCEL_VOLT')),
      magnification: positive(fields.get('CM_MAG')),
      detector: fields.get('CM_SIGNAL_NAME') ?? fields.get('CM_SIGNAL'),
      working_distance_mm: positive(fields.get('SM_WD')),
      date: fields.get('CM_DATE'),
    }),
  };
}

/** Hitachi: the pixel size in nm is that of a picture of the stated size. */
function hitachiFields(fields: ReadonlyMap<string, string>, width: number): MakerFields {
  const get = (name: string): string | undefined => fields.get(`SemImageFile.${name}`);
  const nanometres = positive(get('PixelSize'));
  const scanned = positive(get('DataSize')) ?? width;
  const volts = positive(get('AcceleratingVoltage'));
  const distance = positive(get('WorkingDistance'));
  return {
    instrument: `Hitachi ${get('InstructName') ?? get('InstrumentName') ?? ''}`.trim(),
    micronsPerPixel: nanometres && rounded((nanometres * scanned) / width / 1000),
    metadata: stated({
      voltage_kV: rounded(volts && volts / 1000),
      magnification: positive(get('Magnification')),
      detector: get('SignalName'),
      working_distance_mm: rounded(distance && distance / 1000),
      date: get('Date'),
    }),
  };
}

/** TESCAN: lengths in metres, voltage in volts. */
export function tescanFields(fields: ReadonlyMap<string, string>): MakerFields {
  const pixel = positive(fields.get('MAIN.PixelSizeX'));
  const volts = positive(fields.get('SEM.HV'));
  const distance = positive(fields.get('SEM.WD'));
  const bar = positive(fields.get('MAIN.ImageStripSize'));
  return {
    instrument: `TESCAN ${fields.get('MAIN.Device') ?? ''}`.trim(),
    micronsPerPixel: pixel && rounded(pixel * 1e6),
    infoBarRows: bar === undefined ? undefined : Math.round(bar),
    metadata: stated({
      voltage_kV: rounded(volts && volts / 1000),
      magnification: positive(fields.get('MAIN.Magnification')),
      detector: fields.get('SEM.Detector'),
      working_distance_mm: rounded(distance && distance * 1000),
      date: fields.get('MAIN.Date'),
    }),
  };
}
