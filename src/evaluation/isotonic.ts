import { ascendingOrder } from '../numeric/ranks.js';

/** A rising curve through points, flat outside. */
export interface RisingCurve {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * The rising step function nearest to y in least squares: pool adjacent violators (Ayer et al. 1955,
 * doi:10.1214/aoms/1177728423). Equal x are averaged first, as scikit-learn does; inner points of a flat stretch are
 * left out.
 */
export function fitIsotonic(x: ArrayLike<number>, y: ArrayLike<number>): RisingCurve {
  const blocks: Block[] = [];
  for (const point of distinctPoints(x, y)) {
    blocks.push(point);
    while (blocks.length > 1 && mean(blocks[blocks.length - 2]) >= mean(blocks[blocks.length - 1])) {
      const last = blocks.pop()!;
      const before = blocks[blocks.length - 1];
      blocks[blocks.length - 1] = {
        ...{ first: before.first, last: last.last },
        ...{ sum: before.sum + last.sum, weight: before.weight + last.weight },
      };
    }
  }
  const ends = blocks.flatMap((block) =>
    (block.first === block.last ? [block.first] : [block.first, block.last]).map((at) => [at, mean(block)]),
  );
  return { from: ends.map(([at]) => at), to: ends.map(([, value]) => value) };
}

/** The curve's value at p. */
export function interpolate({ from, to }: RisingCurve, p: number): number {
  const above = from.findIndex((at) => at >= p);
  if (above === 0) return to[0];
  if (above < 0) return to[to.length - 1];
  const share = (p - from[above - 1]) / (from[above] - from[above - 1]);
  return to[above - 1] + share * (to[above] - to[above - 1]);
}

/** Neighbouring points with one value. */
interface Block {
  readonly first: number;
  readonly last: number;
  readonly sum: number;
  readonly weight: number;
}

const mean = ({ sum, weight }: Block): number => sum / weight;

function distinctPoints(x: ArrayLike<number>, y: ArrayLike<number>): Block[] {
  const points: Block[] = [];
  for (const i of ascendingOrder(x)) {
    const before = points[points.length - 1];
    if (before?.first === x[i])
      points[points.length - 1] = { ...before, sum: before.sum + y[i], weight: before.weight + 1 };
    else points.push({ first: x[i], last: x[i], sum: y[i], weight: 1 });
  }
  return points;
}
