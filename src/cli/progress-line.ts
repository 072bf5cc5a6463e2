import type { TaskProgress } from '../runs/run-tasks.js';

/** A line on the terminal that says how far a run is; in a pipe, one line for every tenth of the work. */
export function progressLine(stream: NodeJS.WriteStream) {
  const start = performance.now();
  let tenth = 0;
  let open = false;
  let before: number | undefined;
  const show = (words: string): void => {
    stream.write(stream.isTTY ? `\r\u001b[K${words}` : `${words}\n`);
    open = stream.isTTY;
  };
  const end = (): void => {
    if (open) stream.write('\n');
    open = false;
  };
  return {
    update(progress: TaskProgress): void {
      before ??= progress.done;
      const reached = Math.floor((10 * progress.done) / Math.max(1, progress.total));
      if (!stream.isTTY && reached === tenth) return;
      tenth = reached;
      show(wordsFor(progress, performance.now() - start, before));
    },
    say(words: string): void {
      end();
      stream.write(`${words}\n`);
    },
    end,
  };
}

/** `312 of 900 tasks, 2 failed, about 3 min left: T1 by publication …`. */
function wordsFor({ done, total, failed, last }: TaskProgress, milliseconds: number, before: number): string {
  const worked = done - before;
  const left = worked > 0 ? (milliseconds / worked) * (total - done) : 0;
  return [
    `${done} of ${total} tasks`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(worked > 0 && done < total ? [`about ${duration(left / 1000)} left`] : []),
    ...(last && done < total ? [last.label.slice(0, 60)] : []),
  ].join(', ');
}

const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
