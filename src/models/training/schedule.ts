import { cosine } from '../../numeric/elementary.js';
import type { Schedule } from './options.js';

/** The factor on the learning rate in an epoch (counted from 0), given the losses of the epochs before it. */
export type RateFactor = (epoch: number, losses: readonly number[]) => number;

/** A schedule over `epochs` epochs. */
export function rateFactor(schedule: Schedule | undefined, epochs: number): RateFactor {
  if (!schedule) return () => 1;
  if (schedule.kind === 'step') return (epoch) => power(schedule.factor, Math.floor(epoch / schedule.every));
  if (schedule.kind === 'plateau')
    return (_, losses) => power(schedule.factor, plateaus(losses, schedule.patience));
  const { kind, warmup = 0, floor = 0 } = schedule;
  return (epoch) => {
    if (epoch < warmup) return (epoch + 1) / (warmup + 1);
    const share = (epoch - warmup) / Math.max(1, epochs - warmup);
    const fall = kind === 'linear' ? 1 - share : (1 + cosine(Math.PI * share)) / 2;
    return floor + (1 - floor) * fall;
  };
}

/** How often the loss went `patience` epochs without improving. */
function plateaus(losses: readonly number[], patience: number): number {
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  let count = 0;
  for (const loss of losses) {
    waited = loss < best ? 0 : waited + 1;
    best = Math.min(best, loss);
    if (waited === patience) {
      count++;
      waited = 0;
    }
  }
  return count;
}

/** A whole power by multiplication alone: `**` may differ between engines in the last bit. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i++) result *= base;
  return result;
}
