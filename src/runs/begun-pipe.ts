import { writeSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** The file descriptor of this pipe in a watched process. */
export const BEGINS = 4;

/**
 * Says in a pipe that a task begins. A message to another thread waits for that thread, and is lost with the process
 * when the task takes it down at once; what is written to a pipe is there whatever becomes of the writer.
 * @param fileDescriptor - of the pipe's end in this process; any thread may write.
 */
export function announceBegin(fileDescriptor: number, key: string): void {
  writeSync(fileDescriptor, `${key}\n`);
}

/** Calls back with each key that a pipe brings. */
export function hearBegins(pipe: Readable, onBegin: (key: string) => void): void {
  let rest = '';
  pipe.setEncoding('utf8');
  pipe.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) onBegin(line);
  });
}
