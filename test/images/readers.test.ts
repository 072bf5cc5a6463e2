import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { FileError } from '../../src/frames/bytes/file-error.js';
import { readImage, readImageFile } from '../../src/images/readers/read.js';
import { random } from '../../src/numeric/random.js';
import { dataFolder, withRealData } from '../frames/real.js';
import { reference } from '../reference/read.js';

interface Stored {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** CRC-32 of the grey values as 16-bit numbers. */
  readonly grey: number;
}

interface StoredJpeg extends Stored {
  readonly mean: number;
  readonly row: number[];
}

const { files, jpegs } = reference<{ files: Record<string, Stored>; jpegs: Record<string, StoredJpeg> }>(
  'images',
);
const bytesOf = ({ file }: { file: string }): Uint8Array => Buffer.from(file, 'base64');

/** Grey values as the file had them. */
function levels(grey: Float32Array, bitDepth: number): Uint16Array {
  return Uint16Array.from(grey, (value) => Math.round(value * (bitDepth === 16 ? 65_535 : 255)));
}

for (const [name, stored] of Object.entries(files))
  test(`${name} is read to the last pixel, as Pillow and tifffile wrote it`, () => {
    const { micrograph } = readImage(bytesOf(stored));
    const { width, height, bitDepth } = micrograph;
    assert.deepEqual([width, height, bitDepth], [stored.width, stored.height, stored.bitDepth]);
    assert.equal(crc32(new Uint8Array(levels(micrograph.grey, bitDepth).buffer)), stored.grey);
  });

for (const [name, stored] of Object.entries(jpegs))
  test(`${name} is read within three grey levels of Pillow's decoder`, () => {
    const { micrograph, warnings } = readImage(bytesOf(stored));
    const grey = levels(micrograph.grey, 8);
    const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
    assert.ok(Math.abs(mean - stored.mean) < 1);
    stored.row.forEach((value, x) => {
      assert.ok(Math.abs(grey[10 * stored.width + x] - value) <= 3);
    });
    assert.match(warnings[0], /^JPEG compression changes texture/);
  });

test(
  'a Helios picture has its scale, voltage, detector and 29 rows of bar from tag 34682',
  withRealData,
  async () => {
    const path = join(dataFolder!, 'instrument-files/sem-tiff/FEI-Helios-Ebeam-8bits.tif');
    const { micrograph, format } = await readImageFile(path);
    const { width, height, bitDepth, instrument, micronsPerPixel, infoBarRows, metadata } = micrograph;
    assert.deepEqual([format, width, height, bitDepth], ['TIFF', 512, 471, 8]);
    assert.deepEqual([instrument, micronsPerPixel, infoBarRows], ['FEI Helios NanoLab 660', 3.3724, 29]);
    assert.deepEqual(
      [metadata['voltage_kV'], metadata['detector'], metadata['magnification']],
      ['5', 'ETD', '120'],
    );
  },
);

test(
  'a Zeiss picture saved at half size has the scale of its own pixels, and 34 rows of bar by sight',
  withRealData,
  async () => {
    const path = join(dataFolder!, 'instrument-files/sem-tiff/zeiss_sem_512.tif');
    const { micrograph } = await readImageFile(path);
    const { width, height, instrument, micronsPerPixel, infoBarRows, metadata } = micrograph;
    assert.deepEqual([width, height, instrument], [512, 384, 'Zeiss ULTRA 55']);
    assert.deepEqual([micronsPerPixel, infoBarRows], [0.01165, 34]);
    assert.deepEqual(
      [metadata['voltage_kV'], metadata['detector'], metadata['magnification']],
      ['5', 'InLens', '50000'],
    );
  },
);

test('what JEOL, Hitachi and TESCAN write beside a picture gives instrument, scale and voltage', () => {
  const picture = bytesOf(files['tiff 8 little']);
  const read = (beside: string) => readImage(picture, { beside }).micrograph;
  const jeol = read(
    '$CM_FORMAT 512 384\r\n$CM_INSTRUMENT JSM-7001F\r\n$CM_ACCEL_VOLT 15\r\n$$SM_MICRON_BAR 84\r\n$$SM_MICRON_MARKER 10um\r\n',
  );
  assert.deepEqual(
    [jeol.instrument, jeol.micronsPerPixel, jeol.metadata['voltage_kV']],
    ['JEOL JSM-7001F', 0.119048, '15'],
  );
  const hitachi = read(
    '[SemImageFile]\r\nInstructName=S-4800\r\nDataSize=74x58\r\nPixelSize=99.2\r\nAcceleratingVoltage=3000 Volt\r\n',
  );
  assert.deepEqual(
    [hitachi.instrument, hitachi.micronsPerPixel, hitachi.metadata['voltage_kV']],
    ['Hitachi S-4800', 0.1984, '3'],
  );
  const tescan = read('[MAIN]\nDevice=VEGA3\nPixelSizeX=2.5e-8\nImageStripSize=4\n[SEM]\nHV=20000\n');
  assert.deepEqual(
    [tescan.instrument, tescan.micronsPerPixel, tescan.infoBarRows],
    ['TESCAN VEGA3', 0.025, 4],
  );
});

test('without a stated pixel size the reading says so', () => {
  assert.deepEqual(readImage(bytesOf(files['png 8'])).warnings, [
    'no pixel size is stated; lengths are in pixels until micronsPerPixel is given',
  ]);
});

test('every cut-off picture is refused with a byte within it', () => {
  for (const [name, stored] of Object.entries({ ...files, ...jpegs })) {
    const whole = bytesOf(stored);
    for (const share of [0.02, 0.3, 0.6, 0.9]) {
      const cut = whole.subarray(0, Math.floor(share * whole.length));
      assert.throws(
        () => readImage(cut),
        (error) => error instanceof FileError && error.offset <= cut.length,
        `${name} cut at ${share}`,
      );
    }
  }
});

test('another kind of file is named, with what to do', () => {
  assert.throws(() => readImage(Buffer.from('%PDF-1.7 …')), {
    message:
      'the file must be TIFF, PNG, JPEG or BMP, but is a PDF document; save it in one of them (byte 0)',
  });
  assert.throws(() => readImage(new Uint8Array(0)), {
    message: 'the file must be TIFF, PNG, JPEG or BMP, but is empty (byte 0)',
  });
});

/** A PNG whose header claims a size. */
function pngClaiming(width: number, height: number): Uint8Array {
  const chunk = (name: string, body: Uint8Array): Buffer => {
    const named = Buffer.concat([Buffer.from(name), body]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(body.length);
    frame.writeUInt32BE(crc32(named), 4);
    return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const body = chunk('IDAT', deflateSync(new Uint8Array(1000)));
  return Buffer.concat([start, chunk('IHDR', header), body, chunk('IEND', new Uint8Array(0))]);
}

test('a small file that claims a huge picture is refused before memory is taken', () => {
  const before = process.memoryUsage().arrayBuffers;
  const bomb = pngClaiming(60_000, 60_000);
  assert.throws(() => readImage(bomb), {
    message: `the picture claims 60000 × 60000 pixels, 14400000000 bytes, too many for a file of ${bomb.length} bytes; the file lies about its size, or is to be saved with less compression (byte 16)`,
  });
  const tiff = Uint8Array.from(bytesOf(files['tiff 8 little']));
  const width = tiff.findIndex((_, k) => k > 7 && tiff[k] === 0 && tiff[k + 1] === 1 && tiff[k + 8] === 37);
  tiff.set([4, 0, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f], width + 2);
  assert.throws(() => readImage(tiff), /^FileError: the picture claims 2147483647 × 29 pixels/);
  assert.ok(process.memoryUsage().arrayBuffers - before < 1e7);
});

test('mutated pictures are read or refused, never anything else', (t) => {
  const pictures = Object.entries({ ...files, ...jpegs });
  const count = Number(process.env['NURDLE_FUZZ'] ?? 60);
  const draw = random('image mutations');
  let slowest = 0;
  for (const [name, stored] of pictures)
    for (let k = 0; k < count; k++) {
      const bytes = mutated(bytesOf(stored), draw);
      const start = performance.now();
      try {
        const { micrograph } = readImage(bytes);
        assert.equal(micrograph.grey.length, micrograph.width * micrograph.height);
      } catch (error) {
        const kept = `${name}, mutation ${k}: ${(error as Error).stack}`;
        assert.ok(error instanceof FileError && error.offset >= 0, kept);
      }
      slowest = Math.max(slowest, performance.now() - start);
    }
  t.diagnostic(
    `${count} mutations of each of ${pictures.length} pictures; the slowest took ${slowest.toFixed(0)} ms`,
  );
});

/** Some bytes changed, a stretch doubled, taken out, or filled with the largest number. */
function mutated(original: Uint8Array, draw: ReturnType<typeof random>): Uint8Array {
  let bytes = Uint8Array.from(original);
  for (let change = draw.integer(6); change >= 0; change--) {
    // The beginning is where sizes and offsets stand.
    const at = draw.integer(draw.uniform() < 0.5 ? Math.min(200, bytes.length) : bytes.length);
    const end = Math.min(bytes.length, at + 1 + draw.integer(4));
    const kind = draw.integer(5);
    if (kind <= 1) bytes[at] = draw.integer(256);
    else if (kind === 2) bytes.fill(255, at, end);
    else if (kind === 3 && bytes.length > 40)
      bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(end)]);
    else bytes = Uint8Array.from([...bytes.subarray(0, end), ...bytes.subarray(at)]);
    if (bytes.length === 0) return bytes;
  }
  return bytes;
}
