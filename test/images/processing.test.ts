import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shapeFeatures } from '../../src/descriptors/shape-features.js';
import { textureFeatures } from '../../src/descriptors/texture-features.js';
import { clahe } from '../../src/images/filters/clahe.js';
import { flatField } from '../../src/images/filters/flat-field.js';
import { gaussian } from '../../src/images/filters/gaussian.js';
import { medianFilter } from '../../src/images/filters/median.js';
import { resize } from '../../src/images/filters/resize.js';
import { ridges } from '../../src/images/filters/ridges.js';
import { detectInfoBar } from '../../src/images/info-bar.js';
import { crop, micrograph } from '../../src/images/micrograph.js';
import { labelRegions } from '../../src/images/particles/label.js';
import { findParticles } from '../../src/images/particles/segment.js';
import { shapeOf } from '../../src/images/particles/shape.js';
import { skeleton, skeletonLength } from '../../src/images/particles/skeleton.js';
import { otsuThreshold } from '../../src/images/particles/threshold.js';
import { patches } from '../../src/images/patches.js';
import { cracks } from '../../src/images/texture/cracks.js';
import { fractalDimension } from '../../src/images/texture/fractal.js';
import { gaborEnergies } from '../../src/images/texture/gabor.js';
import { coOccurrence, type GlcmProperties, glcmProperties } from '../../src/images/texture/glcm.js';
import { localBinaryPatterns } from '../../src/images/texture/lbp.js';
import { orientation, structureTensor } from '../../src/images/texture/orientation.js';
import { pores } from '../../src/images/texture/pores.js';
import { textureDescriptors } from '../../src/images/texture/texture.js';
import { random } from '../../src/numeric/random.js';
import { reference } from '../reference/read.js';

interface Processing {
  readonly width: number;
  readonly height: number;
  readonly picture: number[];
  readonly gaussian: number[];
  readonly median: number[];
  readonly glcm: Record<string, Omit<GlcmProperties, 'entropy'>>;
  readonly lbp: number[];
  readonly gabor: number[];
  readonly tensor: [number[], number[], number[]];
  readonly sato: number[];
  readonly mask: number[];
  readonly skeleton: number[];
  readonly otsu: number;
  readonly blob: number[];
  readonly shape: Record<'area' | 'solidity' | 'eccentricity' | 'feret' | 'major' | 'minor', number>;
}

const expected = reference<{ processing: Processing }>('images').processing;
const picture = micrograph(expected.width, expected.height, Float32Array.from(expected.picture));
const bytes = { ...picture, grey: picture.grey.map((value) => Math.round(value * 255) / 255) };

/** Every 97th value, as the reference has them. */
const sampled = (values: Float32Array): number[] => [...values].filter((_, k) => k % 97 === 0);

function near(found: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  assert.equal(found.length, wanted.length);
  wanted.forEach((value, k) => {
    assert.ok(Math.abs(found[k] - value) <= tolerance, `${k}: ${found[k]}, expected ${value}`);
  });
}

test('Gaussian and median are SciPy’s', () => {
  near(sampled(gaussian(picture, 1.7).grey), expected.gaussian, 2e-6);
  near(sampled(medianFilter(picture).grey), expected.median, 1e-7);
});

test('co-occurrence properties are scikit-image’s', () => {
  for (const [step, wanted] of Object.entries(expected.glcm)) {
    const found = glcmProperties(coOccurrence(picture, step.split(',').map(Number) as [number, number]));
    for (const [name, value] of Object.entries(wanted))
      assert.ok(Math.abs(found[name as keyof GlcmProperties] - value) < 1e-9, `${step} ${name}`);
  }
});

test('local binary patterns, Gabor energies, structure tensor and ridges are scikit-image’s', () => {
  near(localBinaryPatterns(bytes), expected.lbp, 1e-12);
  near(gaborEnergies(picture, 0.15), expected.gabor, 2e-6);
  const { yy, xy, xx } = structureTensor(picture);
  [yy, xy, xx].forEach((part, k) => {
    near(sampled(part), expected.tensor[k], 2e-5);
  });
  near(sampled(ridges(picture, { sigmas: [1.5, 2.5] })), expected.sato, 2e-5);
});

test('a skeleton is as long as scikit-image’s within 6 % and lies in the mask, in as many pieces', () => {
  const { mask, width } = expected;
  const thin = skeleton(mask, width);
  const wanted = Uint8Array.from(expected.skeleton);
  assert.ok(thin.every((bit, k) => bit <= mask[k]));
  assert.equal(labelRegions(thin, width).count, labelRegions(mask, width).count);
  const ratio = skeletonLength(thin, width) / skeletonLength(wanted, width);
  assert.ok(Math.abs(ratio - 1) < 0.06, `${ratio}`);
});

test('Otsu’s threshold is scikit-image’s', () => {
  const threshold = otsuThreshold(bytes.grey) * 255;
  assert.ok(Math.abs(threshold - expected.otsu) <= 0.5, `${threshold}`);
});

test('the shape of a region is scikit-image’s', () => {
  const shape = shapeOf(labelRegions(expected.blob, 60), 1);
  const { area, solidity, eccentricity, feret, major, minor } = expected.shape;
  assert.equal(shape.area, area);
  // scikit-image takes the hull of pixel middles and draws it; ours is that of the pixels' corners.
  assert.ok(Math.abs(shape.solidity - solidity) < 0.03);
  assert.ok(Math.abs(shape.feretDiameter - feret) < 1);
  near([shape.eccentricity, shape.majorAxis, shape.minorAxis], [eccentricity, major, minor], 1e-9);
});

/** A picture from a function of place. */
function drawn(width: number, height: number, value: (x: number, y: number) => number) {
  const grey = Float32Array.from({ length: width * height }, (_, k) =>
    value(k % width, Math.floor(k / width)),
  );
  return micrograph(width, height, grey, { micronsPerPixel: 0.1, particle: 'a' });
}

test('a disk is round and solid, a bar is neither round nor short, in µm', () => {
  const disk = findParticles(drawn(200, 160, (x, y) => (Math.hypot(x - 100, y - 80) <= 40 ? 0.8 : 0.2)));
  assert.equal(disk.shapes.length, 1);
  assert.ok(Math.abs(disk.shapes[0].feretDiameter - 8.1) < 0.15);
  assert.ok(
    disk.shapes[0].roundness > 0.95 && disk.shapes[0].solidity > 0.97 && disk.shapes[0].circularity > 0.95,
  );
  const bar = findParticles(
    drawn(200, 160, (x, y) => (Math.abs(y - 80) < 4 && x > 40 && x < 160 ? 0.2 : 0.7)),
  ).shapes[0];
  assert.ok(bar.roundness < 0.12 && bar.eccentricity > 0.99 && Math.abs(bar.length - 11.5) < 0.8);
});

test('one straight crack has its length and width in µm', () => {
  const image = drawn(128, 128, (_, y) => (y >= 60 && y < 64 ? 0.2 : 0.7));
  const found = cracks(image, { micronsPerPixel: 0.1, sigmas: [2], threshold: 0.1 });
  assert.ok(Math.abs(found.density - 12.7 / (12.8 * 12.8)) < 0.004, `${found.density}`);
  assert.ok(Math.abs(found.width - 0.4) < 0.15, `${found.width}`);
  assert.equal(cracks(drawn(64, 64, () => 0.5)).density, 0);
});

test('pores are counted, and cracks are not among them', () => {
  const holes = [20, 60, 100].flatMap((x) => [30, 90].map((y) => [x, y]));
  const image = drawn(128, 128, (x, y) =>
    holes.some(([cx, cy]) => Math.hypot(x - cx, y - cy) <= 4) || (y > 58 && y < 62) ? 0.2 : 0.7,
  );
  const found = pores(image, { micronsPerPixel: 0.1 });
  assert.equal(found.count, 6);
  assert.ok(Math.abs(found.diameter - 0.85) < 0.2, `${found.diameter}`);
});

test('fractal dimension is 2 for a plane and rises to near 3 with noise', () => {
  const draw = random(3);
  assert.ok(Math.abs(fractalDimension(drawn(128, 128, () => 0.5)) - 2) < 1e-9);
  assert.ok(fractalDimension(drawn(128, 128, () => draw.uniform())) > 2.6);
});

test('orientation finds the direction of lines, whichever way they run', () => {
  for (const degrees of [0, 30, 90, 135]) {
    const angle = (degrees * Math.PI) / 180;
    const lines = drawn(
      96,
      96,
      (x, y) => 0.5 + 0.3 * Math.sin((x * Math.sin(angle) + y * Math.cos(angle)) * 0.8),
    );
    const found = orientation(lines);
    const away = Math.abs(found.degrees - degrees) % 180;
    assert.ok(Math.min(away, 180 - away) < 2, `${found.degrees} for ${degrees}`);
    assert.ok(found.coherence > 0.9);
  }
});

test('texture does not depend on brightness or contrast, save where its name says so', () => {
  const draw = random(4);
  const base = gaussian(
    drawn(64, 64, () => draw.uniform()),
    2,
  );
  const dim = { ...base, grey: base.grey.map((value) => 0.1 + 0.5 * value) };
  const [a, b] = [textureDescriptors(base), textureDescriptors(dim)];
  for (const name of Object.keys(a))
    if (name !== 'mean' && name !== 'contrast')
      assert.ok(Math.abs(a[name] - b[name]) < 0.02 * (1 + Math.abs(a[name])), name);
  assert.ok(Object.values(a).every(Number.isFinite));
});

test('features of many micrographs are the same for any number of threads', async () => {
  const draw = random(5);
  const images = Array.from({ length: 20 }, () =>
    gaussian(
      drawn(48, 48, () => draw.uniform()),
      1,
    ),
  );
  const [here, threads] = await Promise.all([0, 2].map((workers) => textureFeatures(images, { workers })));
  assert.deepEqual(here, threads);
  assert.deepEqual([here.ids[0], here.values.rows, here.values.cols], ['a', 20, here.names.length]);
  const shapes = shapeFeatures(images.slice(0, 2));
  assert.ok(shapes.values.data.every(Number.isFinite));
});

test('a flat picture, one pixel wide or one grey value, gives finite numbers or a sentence', () => {
  assert.ok(Object.values(textureDescriptors(drawn(40, 40, () => 0.5))).every(Number.isFinite));
  assert.throws(() => textureDescriptors(drawn(1, 1, () => 0.5)), {
    message: 'image must be at least 32 pixels a side without its info bar, but is 1 × 1',
  });
  assert.equal(findParticles(drawn(40, 40, () => 0.5)).shapes.length, 0);
});

test('flat-field takes out a slope of light; an empty field of another size is refused', () => {
  const draw = random(6);
  const sloped = drawn(128, 96, (x) => (0.3 + (0.4 * x) / 128) * (1 + 0.1 * (draw.uniform() - 0.5)));
  const { grey } = flatField(sloped);
  const meanOf = (from: number, to: number): number => {
    const values = [...grey].filter((_, k) => k % 128 >= from && k % 128 < to);
    return values.reduce((a, b) => a + b, 0) / values.length;
  };
  assert.ok(Math.abs(meanOf(20, 40) - meanOf(90, 110)) < 0.02);
  assert.throws(() => flatField(sloped, { field: picture }), {
    message: 'field must be 128 × 96 pixels like the image, but is 64 × 48',
  });
});

test('CLAHE widens the grey values of a dull picture and keeps their order within a tile', () => {
  const dull = { ...picture, grey: picture.grey.map((value) => 0.4 + 0.1 * value) };
  const spread = ({ grey }: { grey: Float32Array }): number => Math.max(...grey) - Math.min(...grey);
  assert.ok(spread(clahe(dull, { tiles: 2, limit: 40 })) > 3 * spread(dull));
  const one = clahe(picture, { tiles: 1 }).grey;
  const order = [...picture.grey.keys()].sort((a, b) => picture.grey[a] - picture.grey[b]);
  for (let k = 1; k < order.length; k++) assert.ok(one[order[k]] >= one[order[k - 1]] - 1e-6);
});

test('resizing keeps the mean and scales the pixel size; to its own size it changes nothing', () => {
  const image = drawn(64, 48, (x, y) => 0.5 + 0.3 * Math.sin(x / 9) * Math.cos(y / 7));
  assert.deepEqual(resize(image, { width: 64 }).grey, image.grey);
  const half = resize(image, { width: 32 });
  assert.deepEqual([half.width, half.height, half.micronsPerPixel], [32, 24, 0.2]);
  const mean = (values: Float32Array): number => values.reduce((a, b) => a + b, 0) / values.length;
  assert.ok(Math.abs(mean(half.grey) - mean(image.grey)) < 2e-3);
});

test('patches keep their particle, scale and place, and leave the info bar out', () => {
  const image = { ...drawn(64, 70, (x) => x / 64), infoBarRows: 6 };
  const made = patches(image, 32);
  assert.deepEqual(
    made.map(({ left, top }) => [left, top]),
    [
      [0, 0],
      [32, 0],
      [0, 32],
      [32, 32],
    ],
  );
  assert.ok(made.every((p) => p.particle === 'a' && p.micronsPerPixel === 0.1 && p.infoBarRows === 0));
  assert.equal(made[1].grey[0], 0.5);
  assert.throws(() => patches(image, 65), { message: 'size must be a whole number in 1 … 64, but is 65' });
});

test('an info bar is found by sight where there is one, dark or light, and nowhere else', () => {
  const draw = random(8);
  const noisy = () => 0.3 + 0.3 * draw.uniform();
  for (const ground of [0, 0.95]) {
    const barred = drawn(256, 200, (x, y) =>
      y < 176 ? noisy() : x > 200 && y > 185 && y < 190 ? 1 - ground : ground,
    );
    assert.equal(detectInfoBar(barred), 24);
  }
  assert.equal(detectInfoBar(drawn(256, 200, noisy)), 0);
  assert.equal(detectInfoBar(drawn(256, 200, () => 0)), 0);
  assert.equal(detectInfoBar(drawn(256, 200, (_, y) => 0.9 * (1 - y / 200))), 0);
});

test('the length of a skeleton counts steps across corners as √2', () => {
  const diagonal = new Uint8Array(100);
  for (let k = 0; k < 10; k++) diagonal[11 * k] = 1;
  assert.ok(Math.abs(skeletonLength(diagonal, 10) - 9 * Math.SQRT2) < 1e-12);
});

test('values that do not fill a micrograph, and a scale that is none, are refused', () => {
  assert.throws(() => micrograph(4, 4, new Float32Array(15)), {
    message: 'grey must have 16 values for 4 × 4 pixels, but has 15',
  });
  assert.throws(() => micrograph(1, 1, new Float32Array(1), { micronsPerPixel: 0 }), {
    message: 'micronsPerPixel must be above 0, or null where it is not known, but is 0',
  });
  assert.throws(() => crop(picture, { left: 60, width: 5 }), {
    message: 'width must be a whole number in 1 … 4, but is 5',
  });
});
