import type { Raster } from '../raster.js';
import { fieldsBeside, tescanFields } from './beside.js';
import { feiFields } from './fei.js';
import { iniFields, type MakerFields } from './maker.js';
import { zeissFields } from './zeiss.js';

/**
 * What the instrument wrote into a file, or beside it.
 * @param beside - the text of a file of the same name, where there is one.
 */
export function makerFields({ metadata, width, height }: Raster, beside: string | null): MakerFields | null {
  const fei = metadata['FEI_HELIOS'] ?? metadata['FEI_SFEG'];
  if (fei) return feiFields(fei, height);
  if (metadata['CZ_SEM']) return zeissFields(metadata['CZ_SEM'], width);
  const tescan = iniFields(metadata['TESCAN'] ?? metadata['description'] ?? '');
  if (tescan.has('MAIN.PixelSizeX')) return tescanFields(tescan);
  const found = beside === null ? null : fieldsBeside(beside, width);
  if (found) return found;
  const named = [metadata['maker'], metadata['model']].filter(Boolean).join(' ').trim();
  return named ? { instrument: named, metadata: {} } : null;
}
