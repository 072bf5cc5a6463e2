// Writes ageing-difficulty.json: node dist/test/reference/ageing-difficulty.js
import { renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { referenceDifficulty } from '../../data/synthetic-ageing/difficulty.js';
import { fingerprint } from '../../data/synthetic-ageing/fingerprint.js';
import { generateAgeing } from '../../data/synthetic-ageing/generate.js';

const whole = await generateAgeing();
const small = await generateAgeing({ samples: 300, size: 64 });
const record = {
  whole: { sha256: fingerprint(whole), difficulty: await referenceDifficulty(whole) },
  small: { sha256: fingerprint(small), difficulty: await referenceDifficulty(small, { trees: 40 }) },
};
const path = fileURLToPath(new URL('../../../test/reference/ageing-difficulty.json', import.meta.url));
writeFileSync(`${path}.part`, `${JSON.stringify(record, null, 2)}\n`);
renameSync(`${path}.part`, path);
console.log(record);
