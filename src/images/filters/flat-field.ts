import { type Grey, withGrey } from '../micrograph.js';
import { gaussian } from './gaussian.js';
import { resize } from './resize.js';

/**
 * Takes out uneven illumination: divides by the picture's own shading (a broad Gaussian mean), or by a picture of an empty
 * field, and keeps the mean grey value.
 * @param options.sigma - of the shading, in pixels; default an eighth of the shorter side.
 * @param options.field - a picture of the same size without a specimen, used in place of the shading.
 * @throws RangeError when the field has another size.
 */
export function flatField<M extends Grey>(
  image: M,
  { sigma = Math.min(image.width, image.height) / 8, field }: { sigma?: number; field?: Grey } = {},
): M {
  if (field && (field.width !== image.width || field.height !== image.height))
    throw new RangeError(
      `field must be ${image.width} × ${image.height} pixels like the image, but is ${field.width} × ${field.height}`,
    );
  const shading = field?.grey ?? shadingOf(image, sigma);
  const flat = image.grey.map((value, k) => value / Math.max(shading[k], 1e-3));
  const gain = mean(image.grey) / Math.max(mean(flat), 1e-9);
  return withGrey(
    image,
    flat.map((value) => Math.min(1, Math.max(0, gain * value))),
  );
}

/** A broad mean is taken on a small copy: the same to the eye, and not slower on large pictures. */
function shadingOf(image: Grey, sigma: number): Float32Array {
  const shrink = Math.max(1, Math.floor(sigma / 4));
  const small = resize(image, {
    width: Math.ceil(image.width / shrink),
    height: Math.ceil(image.height / shrink),
  });
  const even = gaussian(small, Math.max(sigma / shrink, 0.5));
  return resize(even, { width: image.width, height: image.height }).grey;
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
