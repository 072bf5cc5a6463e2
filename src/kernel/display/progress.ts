import { kernelHooks } from '../hooks.js';
import { HBox } from '../widgets/boxes.js';
import { Progress } from '../widgets/numbers.js';
import { Label } from '../widgets/simple.js';

export interface ProgressOptions {
  /** Written before the bar. */
  description?: string;
  /** How many steps there are, where the iterable does not say. */
  total?: number;
}

/** A bar for a job that tells how far it is. */
export interface ProgressBar {
  /** Steps done, and a word on how it goes. */
  update(done: number, note?: string): void;
  /** Shows the job as done, or as failed. */
  finish(failed?: boolean): void;
}

/** Milliseconds between two pictures of the bar. */
const INTERVAL = 100;

/** Iterates with a bar that follows: a widget in JupyterLab, a line of text elsewhere. */
export function* progress<T>(
  iterable: Iterable<T>,
  options: ProgressOptions = {},
): Generator<T, void, undefined> {
  const total = options.total ?? lengthOf(iterable);
  const bar = progressBar(total, options);
  let done = 0;
  let failed = true;
  try {
    for (const item of iterable) {
      yield item;
      bar.update(++done);
    }
    failed = false;
  } finally {
    bar.finish(failed);
  }
}

function lengthOf(iterable: Iterable<unknown>): number | undefined {
  const { length, size } = iterable as { length?: number; size?: number };
  return length ?? size;
}

/** A bar from 0 to `total`; without a total it counts. */
export function progressBar(
  total: number | undefined,
  { description = '' }: ProgressOptions = {},
): ProgressBar {
  const picture = kernelHooks() ? widgetPicture(total, description) : textPicture(description);
  const start = performance.now();
  let drawn = -Infinity;
  let done = 0;
  const draw = (note: string) => picture(done, status(done, total, performance.now() - start) + note);
  return {
    update: (steps, note = '') => {
      done = steps;
      if (performance.now() - drawn < INTERVAL) return;
      drawn = performance.now();
      draw(note && ` ${note}`);
    },
    finish: (failed = false) => {
      draw(failed ? ' stopped' : '');
      picture(done, undefined, failed);
    },
  };
}

type Picture = (done: number, text: string | undefined, failed?: boolean) => void;

function widgetPicture(total: number | undefined, description: string): Picture {
  const bar = new Progress({ max: total ?? 1, description });
  const label = new Label();
  kernelHooks()?.display(new HBox([bar, label]));
  return (done, text, failed) => {
    if (text !== undefined) {
      bar.value = total === undefined ? 0 : done;
      label.value = text;
    } else
      bar.set({ bar_style: failed ? 'danger' : 'success', ...(total === undefined ? { value: 1 } : {}) });
  };
}

function textPicture(description: string): Picture {
  return (_done, text) => {
    process.stderr.write(text === undefined ? '\n' : `\r${description}${description && ' '}${text}`);
  };
}

function status(done: number, total: number | undefined, ms: number): string {
  const seconds = ms / 1000;
  const rate = done > 0 && seconds > 0 ? `, ${(done / seconds).toPrecision(3)} a second` : '';
  return `${done}${total === undefined ? '' : ` of ${total}`}, ${seconds.toFixed(1)} s${rate}`;
}
