import { iniFields, type MakerFields, positive, rounded, stated } from './maker.js';

/**
 * FEI and Thermo Fisher: INI text in private tag 34680 or 34682. The bar's height is stated, or is what the file has
 * more than the scanned rows.
 */
export function feiFields(text: string, height: number): MakerFields {
  const fields = iniFields(text);
  const get = (name: string): string | undefined => fields.get(name);
  const beam = get('Beam.Beam') ?? 'EBeam';
  const pixel =
    positive(get(`${get(`${beam}.Scan`) ?? 'EScan'}.PixelWidth`)) ??
    positive(get('Scan.PixelWidth')) ??
    positive(get('EScan.PixelWidth'));
  const scanned = positive(get('Image.ResolutionY'));
  const bar =
    positive(get('PrivateFei.DatabarHeight')) ?? (scanned && height > scanned ? height - scanned : 0);
  const volts = positive(get('Beam.HV')) ?? positive(get(`${beam}.HV`));
  const distance = positive(get('Stage.WorkingDistance')) ?? positive(get(`${beam}.WD`));
  return {
    instrument: `FEI ${(get('System.SystemType') ?? get('System.Type') ?? '').replaceAll('"', '')}`.trim(),
    micronsPerPixel: pixel && rounded(pixel * 1e6),
    infoBarRows: bar < height ? Math.round(bar) : 0,
    metadata: stated({
      voltage_kV: rounded(volts && volts / 1000),
      detector: get('Detectors.Name'),
      mode: get('Detectors.Mode'),
      magnification: magnification(fields),
      working_distance_mm: rounded(distance && distance * 1000),
      date: get('User.Date'),
    }),
  };
}

/** Width of the display over width of the field. */
function magnification(fields: ReadonlyMap<string, string>): number | undefined {
  const canvas =
    positive(fields.get('Image.MagCanvasRealWidth')) ?? positive(fields.get('System.DisplayWidth'));
  const field = positive(fields.get('Scan.HorFieldsize')) ?? positive(fields.get('EBeam.HFW'));
  return canvas && field ? Number((canvas / field).toPrecision(3)) : undefined;
}
