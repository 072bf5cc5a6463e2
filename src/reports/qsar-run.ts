import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { QsarSettings } from '../qsar/run/check-config.js';
import { computeRun, type QsarRunOptions } from '../qsar/run/compute-run.js';
import type { QsarRun } from '../qsar/run/run-result.js';
import { fromPlainText } from '../runs/plain.js';
import { writeWhole } from '../runs/store.js';
import { reportFiles, writeRun } from './write-run.js';

/**
 * The whole of Method A from a configuration: every arm on every target under every split, scored with intervals,
 * compared in pairs, the best one kept for new particles and judged once on the test set. All of it goes into a folder
 * from which it can be redone to the bit; what is there and whole is not computed again.
 * @param settings - any part of the configuration; the rest has its defaults.
 * @throws RangeError or TypeError when the configuration is wrong or a fold leaks; the signal's reason when aborted.
 */
export async function qsarRun(settings: QsarSettings = {}, options: QsarRunOptions = {}): Promise<QsarRun> {
  const run = await computeRun(settings, options);
  await writeRun(run);
  return run;
}

/**
 * The result of a run that has ended.
 * @throws Error when the folder holds none.
 */
export async function readRun(folder: string): Promise<QsarRun> {
  const path = join(folder, 'run.json');
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} cannot be read; name a folder that nurdle qsar run wrote to its end`);
  });
  return { ...(fromPlainText(text) as QsarRun), folder };
}

/** Makes figures, model card and QMRF of a run again. @returns the names of the files. */
export async function qsarReport(folder: string): Promise<string[]> {
  const files = reportFiles(await readRun(folder));
  for (const [name, content] of Object.entries(files)) await writeWhole(join(folder, name), content);
  return Object.keys(files);
}
