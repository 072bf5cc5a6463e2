import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const beside = fileURLToPath(new URL('../../../../shared/data', import.meta.url));

/** The folder of real data sets, or `undefined`. */
export const dataFolder = [process.env['NURDLE_DATA'], beside].find((folder) => folder && existsSync(folder));

/** For a test's options: skips it, with the reason, where the real data are absent. */
export const withRealData = { skip: dataFolder ? false : 'no real data: set NURDLE_DATA' };
