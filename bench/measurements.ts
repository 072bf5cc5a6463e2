import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { random } from '../src/numeric/random.js';

const GROUPS = ['PE', 'PP', 'PS', 'PET', 'PVC', 'PA', 'PMMA'];

/**
 * Writes a seeded CSV file like an instrument's export: id, group (7 words), site (500 words), x1 … x17 with 3, 6 or
 * all decimals, 1 % of them missing; and its first 1,000 rows as `head.csv` beside it.
 */
export function writeMeasurements(path: string, rows: number): void {
  const draw = random('measurements');
  const out = openSync(path, 'w');
  let text = `id,group,site,${Array.from({ length: 17 }, (_, j) => `x${j + 1}`).join(',')}\n`;
  for (let i = 0; i < rows; i++) {
    text += `${i},${GROUPS[draw.integer(7)]},site-${draw.integer(500)}`;
    for (let j = 1; j <= 17; j++) text += `,${draw.uniform() < 0.01 ? '' : measured(draw.normal(), j)}`;
    text += '\n';
    if (i === 999) writeFileSync(join(dirname(path), 'head.csv'), text);
    if (text.length > 1 << 22) {
      writeSync(out, text);
      text = '';
    }
  }
  writeSync(out, text);
  closeSync(out);
}

function measured(deviate: number, j: number): string {
  const value = 50 + 10 * deviate;
  if (j <= 8) return value.toFixed(3);
  return j <= 13 ? value.toFixed(6) : String(value);
}
