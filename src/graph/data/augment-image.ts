import { cosine } from '../../numeric/elementary.js';
import type { Random } from '../../numeric/random.js';
import type { ImageAugmentation } from './augmentation.js';

/** Writes a varied copy of an image; both are height × width × channels, row-major. */
export function augmentImage(
  source: Float32Array,
  target: Float32Array,
  [height, width, channels]: readonly number[],
  settings: ImageAugmentation,
  draw: Random,
): void {
  const place = placement(height, width, settings, draw);
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++) {
      const { y, x } = place(i, j);
      sample(source, target, height, width, channels, y, x, (i * width + j) * channels);
    }
  light(target, settings, draw);
}

/** Where in the source a pixel of the target comes from: flipped, turned about the centre, and cropped. */
function placement(
  height: number,
  width: number,
  { flip, rotate = 0, crop = 0 }: ImageAugmentation,
  draw: Random,
): (i: number, j: number) => { y: number; x: number } {
  const [flipX, flipY] = [draw.uniform() < 0.5, draw.uniform() < 0.5];
  const mirrorX = flipX && (flip === 'horizontal' || flip === 'both') ? -1 : 1;
  const mirrorY = flipY && (flip === 'vertical' || flip === 'both') ? -1 : 1;
  const angle = (((2 * draw.uniform() - 1) * rotate) / 180) * Math.PI;
  const [cos, sin] = angle === 0 ? [1, 0] : [cosine(angle), cosine(Math.PI / 2 - angle)];
  const kept = 1 - crop * draw.uniform();
  const [midY, midX] = [(height - 1) / 2, (width - 1) / 2];
  // A crop keeps `kept` of each side; its centre is free to move by what was cut off.
  const offY = ((2 * draw.uniform() - 1) * (1 - kept) * height) / 2;
  const offX = ((2 * draw.uniform() - 1) * (1 - kept) * width) / 2;
  return (i, j) => {
    const v = (i - midY) * mirrorY * kept;
    const u = (j - midX) * mirrorX * kept;
    return { y: midY + offY + cos * v - sin * u, x: midX + offX + sin * v + cos * u };
  };
}

/** Between the four nearest pixels; outside, the edge is repeated. */
function sample(
  source: Float32Array,
  target: Float32Array,
  height: number,
  width: number,
  channels: number,
  y: number,
  x: number,
  at: number,
): void {
  const cy = Math.min(height - 1, Math.max(0, y));
  const cx = Math.min(width - 1, Math.max(0, x));
  const top = Math.floor(cy);
  const left = Math.floor(cx);
  const [dy, dx] = [cy - top, cx - left];
  const below = Math.min(height - 1, top + 1);
  const right = Math.min(width - 1, left + 1);
  for (let c = 0; c < channels; c++) {
    const pixel = (i: number, j: number) => source[(i * width + j) * channels + c];
    const upper = pixel(top, left) * (1 - dx) + pixel(top, right) * dx;
    const lower = pixel(below, left) * (1 - dx) + pixel(below, right) * dx;
    target[at + c] = upper * (1 - dy) + lower * dy;
  }
}

function light(image: Float32Array, { brightness = 0, contrast = 0 }: ImageAugmentation, draw: Random): void {
  const shift = (2 * draw.uniform() - 1) * brightness;
  const factor = 1 + (2 * draw.uniform() - 1) * contrast;
  if (shift === 0 && factor === 1) return;
  let mean = 0;
  for (let k = 0; k < image.length; k++) mean += image[k] / image.length;
  for (let k = 0; k < image.length; k++) image[k] = mean + (image[k] - mean) * factor + shift;
}
