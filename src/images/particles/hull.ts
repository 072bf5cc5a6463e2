/** A corner in pixels. */
export type Corner = readonly [x: number, y: number];

/**
 * The convex hull of points, counter-clockwise without points on its edges.
 *
 * Andrew (1979), doi:10.1016/0020-0190(79)90072-3
 */
export function convexHull(points: readonly Corner[]): Corner[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 3) return sorted;
  const lower = chain(sorted);
  const upper = chain(sorted.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function chain(points: readonly Corner[]): Corner[] {
  const out: Corner[] = [];
  for (const point of points) {
    while (out.length >= 2 && turn(out[out.length - 2], out[out.length - 1], point) <= 0) out.pop();
    out.push(point);
  }
  return out;
}

const turn = (a: Corner, b: Corner, c: Corner): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Area of a polygon. */
export function polygonArea(corners: readonly Corner[]): number {
  let twice = 0;
  corners.forEach(([x, y], k) => {
    const [nextX, nextY] = corners[(k + 1) % corners.length];
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) / 2;
}

/** Largest and smallest distance between two parallel lines that hold a convex polygon: Feret's diameters. */
export function feretDiameters(hull: readonly Corner[]): { largest: number; smallest: number } {
  let [largest, smallest] = [0, Number.POSITIVE_INFINITY];
  hull.forEach(([x, y], k) => {
    const [nextX, nextY] = hull[(k + 1) % hull.length];
    const length = Math.hypot(nextX - x, nextY - y) || 1;
    let across = 0;
    for (const [px, py] of hull) {
      largest = Math.max(largest, Math.hypot(px - x, py - y));
      across = Math.max(across, Math.abs((nextX - x) * (py - y) - (nextY - y) * (px - x)) / length);
    }
    smallest = Math.min(smallest, across);
  });
  return { largest, smallest: hull.length < 3 ? 0 : smallest };
}
