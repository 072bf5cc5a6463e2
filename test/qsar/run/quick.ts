import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QsarSettings } from '../../../src/qsar/run/check-config.js';

/** A comparison that takes seconds: what it finds means nothing. */
export const QUICK = {
  name: 'quick',
  seeds: 2,
  folds: 2,
  data: { synthetic: true },
  targets: ['T2'],
  splits: ['by publication'],
  network: { hidden: [8], pretrainEpochs: 1, epochs: 2 },
  bootstrap: { replicates: 30 },
  arms: [
    'from scratch',
    { name: 'fine-tuned', kind: 'fine-tune', frozenLayers: 0 },
    { name: 'the same under another name', kind: 'fine-tune', frozenLayers: 0 },
    'k-NN',
  ],
} satisfies QsarSettings;

/** Folders that are gone after the tests. */
export function temporaryFolders() {
  const root = mkdtempSync(join(tmpdir(), 'nurdle-qsar-'));
  let count = 0;
  return {
    next: () => join(root, `run ${++count}`),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
