import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The run's diary: one line an event, with the time, added to at every start. */
export interface RunLog {
  /** Warnings so far, each once. */
  readonly warnings: string[];
  write(event: string): Promise<void>;
  warn(warning: string): Promise<void>;
}

/** @param onWarning - told each warning once. */
export function openLog(folder: string, onWarning: (warning: string) => void = () => {}): RunLog {
  const warnings: string[] = [];
  const write = async (event: string): Promise<void> => {
    await mkdir(folder, { recursive: true });
    await appendFile(join(folder, 'log.txt'), `${new Date().toISOString()} ${event}\n`);
  };
  return {
    warnings,
    write,
    async warn(warning) {
      if (warnings.includes(warning)) return;
      warnings.push(warning);
      onWarning(warning);
      await write(`warning: ${warning}`);
    },
  };
}
