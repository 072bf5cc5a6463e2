/**
 * The rubber band under a spectrum: the lower convex hull of its points, straight between them.
 * @param x - n ascending abscissae.
 */
export function rubberBand(x: Float64Array, y: Float64Array): Float64Array {
  const hull: number[] = [];
  for (let i = 0; i < x.length; i++) {
    while (hull.length >= 2 && !turnsLeft(x, y, hull[hull.length - 2], hull[hull.length - 1], i)) hull.pop();
    hull.push(i);
  }
  const out = new Float64Array(x.length);
  for (let k = 0; k + 1 < hull.length; k++) {
    const [a, b] = [hull[k], hull[k + 1]];
    const slope = (y[b] - y[a]) / (x[b] - x[a]);
    for (let i = a; i < b; i++) out[i] = y[a] + slope * (x[i] - x[a]);
  }
  if (x.length > 0) out[x.length - 1] = y[x.length - 1];
  return out;
}

const turnsLeft = (x: Float64Array, y: Float64Array, a: number, b: number, c: number): boolean =>
  (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]) > 0;
