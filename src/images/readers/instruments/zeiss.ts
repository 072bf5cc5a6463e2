import { type MakerFields, positive, rounded, stated } from './maker.js';

const MICRONS: Readonly<Record<string, number>> = {
  pm: 1e-6,
  nm: 1e-3,
  µm: 1,
  μm: 1,
  um: 1,
  mm: 1e3,
  m: 1e6,
};

/**
 * Zeiss: text in private tag 34118. A line names a field (`AP_WD`), the next one gives its value (`WD =  3.9 mm`). The pixel
 * size is that of the file where it is stated, else the width of the field over the width of the file: the plain "Pixel
 * Size" is that of a frame 1,024 pixels wide.
 */
export function zeissFields(text: string, width: number): MakerFields {
  const fields = zeissLines(text);
  const model = (fields.get('SV_SERIAL_NUMBER') ?? '').replace(/(-\d+)+$/, '').trim();
  const micronsPerPixel = pixelSize(fields, text, width);
  return {
    instrument: `Zeiss ${model}`.trim(),
    micronsPerPixel,
    metadata: stated({
      voltage_kV: rounded(kilovolts(fields.get('AP_ACTUALKV') ?? fields.get('AP_MANUALKV'))),
      detector: fields.get('DP_DETECTOR_CHANNEL') ?? fields.get('DP_DETECTOR_TYPE'),
      magnification: magnification(fields.get('AP_MAG')),
      working_distance_mm: rounded(scaled(microns(fields.get('AP_WD')), 1e-3)),
      date: fields.get('AP_DATE')?.replace(/^:/, ''),
    }),
  };
}

/** Values by field name, the words before the equals sign left out. */
function zeissLines(text: string): Map<string, string> {
  const lines = text.split(/\r\n|\r|\n/);
  const fields = new Map<string, string>();
  lines.forEach((line, k) => {
    if (!/^[A-Z]{2}_[A-Z0-9_]{1,60}$/.test(line.trim())) return;
    const value = lines[k + 1] ?? '';
    const at = value.search(/[=:]/);
    if (at > 0) fields.set(line.trim(), value.slice(at + 1).trim());
  });
  return fields;
}

function pixelSize(fields: ReadonlyMap<string, string>, text: string, width: number): number | undefined {
  const own = microns(fields.get('AP_IMAGE_PIXEL_SIZE'));
  if (own) return rounded(own);
  // The fourth number of the head is the size in metres of a pixel on a frame 1,024 pixels wide.
  const head = positive(text.split(/\r\n|\r|\n/, 4)[3]);
  const field = microns(fields.get('AP_WIDTH'));
  const fromHead = head && (head * 1024 * 1e6) / width;
  const agrees = fromHead && (!field || Math.abs(fromHead - field / width) < 0.02 * fromHead);
  return rounded(agrees ? fromHead : field ? field / width : microns(fields.get('AP_PIXEL_SIZE')));
}

/** A length such as `5.825 nm`, in µm. */
function microns(text: string | undefined): number | undefined {
  const [, number, unit] = /^([\d.eE+-]{1,30})\s*([a-zµμ]{1,2})/.exec(text ?? '') ?? [];
  return scaled(positive(number), MICRONS[unit]);
}

const scaled = (value: number | undefined, factor: number | undefined): number | undefined =>
  value === undefined || factor === undefined ? undefined : value * factor;

const kilovolts = (text: string | undefined): number | undefined =>
  scaled(positive(text), /\bV\b/.test(text ?? '') && !/kV/.test(text ?? '') ? 1e-3 : 1);

/** `50.00 K X` is 50,000. */
const magnification = (text: string | undefined): number | undefined =>
  rounded(scaled(positive(text), /K\s*X/i.test(text ?? '') ? 1000 : 1));
