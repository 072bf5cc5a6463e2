import type { Batch } from './design.js';

/** Rows of the bar under each field. */
export const INFO_BAR_ROWS = 16;

/** Draws the bar that instruments burn in: voltage, the word "synthetic", a scale bar of a round length. */
export function drawInfoBar(frame: Uint8Array, size: number, { fieldMicrons, voltageKV }: Batch): void {
  frame.fill(0, size * size);
  const micronsPerPixel = fieldMicrons / size;
  const length = roundLength(0.25 * fieldMicrons);
  const pixels = Math.round(length / micronsPerPixel);
  const right = size - 3;
  for (let y = 11; y < 14; y++)
    frame.fill(255, (size + y) * size + right - pixels, (size + y) * size + right);
  write(frame, size, `${length}µM`, right - pixels, 3);
  write(frame, size, 'SYNTHETIC', 2, 3);
  write(frame, size, `${voltageKV}KV`, 2, 10);
}

/** The largest of 1, 2, 5, 10 … that is not above the wish. */
export function roundLength(wish: number): number {
  const lengths = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];
  return lengths.filter((length) => length <= wish).at(-1) ?? lengths[0];
}

/** Letters 3 pixels wide and 5 high, rows from the top as octal digits. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ S: '34216', Y: '55222', N: '65555', T: '72222', H: '55755', E: '74647', I: '72227', C: '34443' },
  ...{ K: '55655', V: '55552', M: '57755', µ: '05564', '.': '00002' },
  ...{ 0: '75557', 1: '26227', 2: '61247', 3: '61216', 5: '74617' },
};

function write(frame: Uint8Array, size: number, words: string, x: number, y: number): void {
  [...words].forEach((letter, i) => {
    [...LETTERS[letter]].forEach((row, dy) => {
      for (let dx = 0; dx < 3; dx++) {
        const column = x + 4 * i + dx;
        if (column < size && Number(row) & (4 >> dx)) frame[(size + y + dy) * size + column] = 230;
      }
    });
  });
}
