import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type PlaceOptions, placeOnMap } from '../../src/embedding/place.js';
import { tsne } from '../../src/embedding/tsne.js';
import { type Matrix, matrix, takeRows } from '../../src/numeric/matrix.js';
import { gaussian } from '../attribution/games.js';
import { reference } from './reference.js';

const X = matrix(reference('tsne').X); // three clusters of 60 rows
const first = Array.from({ length: 150 }, (_, i) => 6 * Math.floor(i / 5) + (i % 5));
const held = Array.from({ length: 30 }, (_, i) => 6 * i + 5);
const known = takeRows(X, first);
const { embedding } = await tsne(known, { perplexity: 10, workers: 0 });
const cluster = (i: number) => Math.floor(i / 60);

function nearestOnMap(place: Float64Array): number {
  const squares = Array.from(
    { length: 150 },
    (_, i) => (embedding.data[2 * i] - place[0]) ** 2 + (embedding.data[2 * i + 1] - place[1]) ** 2,
  );
  return squares.indexOf(Math.min(...squares));
}

test('a new row lands in the cluster it belongs to', () => {
  const places = placeOnMap(known, embedding, takeRows(X, held));
  held.forEach((row, i) => {
    const neighbour = first[nearestOnMap(places.data.subarray(2 * i, 2 * i + 2))];
    assert.equal(cluster(neighbour), cluster(row));
  });
});

test('a row that is already on the map lands near its own place, and each alone as among others', () => {
  const places = placeOnMap(known, embedding, known);
  const extent = Math.max(...embedding.data) - Math.min(...embedding.data);
  const away = Array.from({ length: 150 }, (_, i) =>
    Math.hypot(
      places.data[2 * i] - embedding.data[2 * i],
      places.data[2 * i + 1] - embedding.data[2 * i + 1],
    ),
  );
  const median = away.sort((a, b) => a - b)[75];
  assert.ok(median < 0.05 * extent, `${median} of ${extent}`);
  const alone = placeOnMap(known, embedding, takeRows(known, [7]));
  assert.deepEqual(alone.data, places.data.slice(14, 16));
});

test('no rows give no places; without steps a row stays on a neighbour', () => {
  assert.equal(placeOnMap(known, embedding, { rows: 0, cols: 6, data: new Float64Array(0) }).rows, 0);
  const [x, y] = placeOnMap(known, embedding, takeRows(X, [5]), { iterations: 0 }).data;
  const on = nearestOnMap(Float64Array.of(x, y));
  assert.deepEqual([x, y], Array.from(embedding.data.subarray(2 * on, 2 * on + 2)));
});

const refuses = (message: string, map: Matrix, rows: Matrix, options: PlaceOptions = {}) =>
  test(`it refuses: ${message}`, () =>
    assert.throws(() => placeOnMap(known, map, rows, options), { name: 'RangeError', message }));

refuses('map must be 150 × 2, but is 3 × 2', gaussian(3, 2, 1), X);
refuses('rows must have 6 columns, but has 2', embedding, gaussian(3, 2, 1));
refuses('perplexity must be in 1 … n / 3 = 50 for 150 rows, but is 60', embedding, X, { perplexity: 60 });
