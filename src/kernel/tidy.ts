import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const QUIET_MS = 1500;
const GROWN_BYTES = 16e6;

/**
 * Gives memory back when nobody waits: a function to be called after each request, which collects garbage once the
 * kernel has been quiet for a while and its heap has grown. V8 alone waits until memory is short.
 */
export function tidyWhenQuiet(): () => void {
  const collect = exposeGarbageCollector();
  let tidied = 0;
  let timer: NodeJS.Timeout | undefined;
  const tidy = () => {
    if (process.memoryUsage().heapUsed - tidied < GROWN_BYTES) return;
    collect();
    tidied = process.memoryUsage().heapUsed;
  };
  return () => {
    timer ??= setTimeout(tidy, QUIET_MS).unref();
    timer.refresh();
  };
}

/** The flag is set while the process runs: on the command line it would not fit the snapshot. */
function exposeGarbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return collect;
}
