// Small files in every format, written byte by byte: what the tests read, and what the fuzzer breaks.

/** Bytes of a file under construction. */
class Bytes {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  private readonly little: boolean;

  constructor(length: number, little = true) {
    this.bytes = new Uint8Array(length);
    this.view = new DataView(this.bytes.buffer);
    this.little = little;
  }

  u8 = (at: number, value: number) => this.view.setUint8(at, value);
  u16 = (at: number, value: number) => this.view.setUint16(at, value, this.little);
  i16 = (at: number, value: number) => this.view.setInt16(at, value, this.little);
  u32 = (at: number, value: number) => this.view.setUint32(at, value, this.little);
  i32 = (at: number, value: number) => this.view.setInt32(at, value, this.little);
  f32 = (at: number, value: number) => this.view.setFloat32(at, value, this.little);
  f64 = (at: number, value: number) => this.view.setFloat64(at, value, this.little);
  text = (at: number, words: string) => this.bytes.set(Buffer.from(words, 'latin1'), at);
}

export const Y = [0.1, 0.5, 0.25, 1, 0.75];

export interface SpcOptions {
  readonly big?: boolean;
  readonly short?: boolean;
  readonly floats?: boolean;
  /** One x array for all subfiles. */
  readonly explicitX?: readonly number[];
  readonly xType?: number;
  readonly yType?: number;
  readonly experiment?: number;
  readonly subfiles?: number;
  readonly log?: string;
  readonly labels?: string;
  readonly y?: readonly number[];
}

/** A Galactic SPC file with the new header. */
export function spcFile(options: SpcOptions = {}): Uint8Array {
  const { big, short, floats, explicitX, subfiles = 1, log, labels, y = Y } = options;
  const n = y.length;
  const width = short && !floats ? 2 : 4;
  const data = 512 + (explicitX ? 4 * n : 0);
  const logAt = data + subfiles * (32 + width * n);
  const out = new Bytes(logAt + (log ? 64 + log.length + 1 : 0), !big);
  out.u8(0, (short ? 1 : 0) | (subfiles > 1 ? 4 : 0) | (labels ? 32 : 0) | (explicitX ? 128 : 0));
  out.u8(1, big ? 0x4c : 0x4b);
  out.u8(2, options.experiment ?? 4);
  out.u8(3, floats ? 0x80 : 3);
  out.u32(4, n);
  out.f64(8, 4000);
  out.f64(16, 4000 - 10 * (n - 1));
  out.u32(24, subfiles);
  out.u8(28, options.xType ?? 1);
  out.u8(29, options.yType ?? 2);
  out.u32(32, (1995 << 20) | (4 << 16) | (18 << 11) | (9 << 6) | 20);
  out.text(36, '4 cm-1');
  out.text(88, 'PE film');
  if (labels) out.text(218, labels);
  explicitX?.forEach((value, i) => {
    out.f32(512 + 4 * i, value);
  });
  for (let k = 0, at = data; k < subfiles; k++, at += 32 + width * n) {
    out.u8(at + 1, 3);
    out.f32(at + 4, k);
    y.forEach((value, i) => {
      const place = at + 32 + width * i;
      if (floats) out.f32(place, value + k);
      else if (short) out.i16(place, Math.round((value + k) * 2 ** 13));
      else out.i32(place, Math.round((value + k) * 2 ** 29));
    });
  }
  if (log) {
    out.u32(248, logAt);
    out.u32(logAt, 64 + log.length);
    out.u32(logAt + 8, 64);
    out.text(logAt + 64, log);
  }
  return out.bytes;
}

/** An SPC file whose subfiles have x values of their own. */
export function pairedSpcFile(): Uint8Array {
  const counts = [3, 4];
  const out = new Bytes(512 + counts.reduce((sum, n) => sum + 32 + 8 * n, 0));
  out.u8(0, 4 | 64 | 128);
  out.u8(1, 0x4b);
  out.u8(3, 0x80);
  out.u32(24, counts.length);
  out.u8(28, 1);
  out.u8(29, 2);
  let at = 512;
  for (const n of counts) {
    out.u32(at + 16, n);
    for (let i = 0; i < n; i++) {
      out.f32(at + 32 + 4 * i, 500 + i * i);
      out.f32(at + 32 + 4 * n + 4 * i, n + i);
    }
    at += 32 + 8 * n;
  }
  return out.bytes;
}

/** An SPC file with the old header: 32-bit words with swapped halves. */
export function oldSpcFile(): Uint8Array {
  const out = new Bytes(256 + 4 * Y.length);
  out.u8(1, 0x4d);
  out.i16(2, 2);
  out.f32(4, Y.length);
  out.f32(8, 4000);
  out.f32(12, 3960);
  out.u8(16, 1);
  out.u8(17, 2);
  out.u16(18, 1992);
  [5, 14, 20, 19].forEach((value, i) => {
    out.u8(20 + i, value);
  });
  out.text(64, 'old PE');
  Y.forEach((value, i) => {
    const word = Math.round(value * 2 ** 30);
    out.u16(256 + 4 * i, word >>> 16);
    out.u16(256 + 4 * i + 2, word & 0xffff);
  });
  return out.bytes;
}

const RATIO = 0x4000000f;
const SAMPLE = 0x40000007;
const kindOf = (data: number) => data << 10;

/** A Bruker OPUS file: blocks of data with their statuses, and the sample's name. */
export function opusFile(
  kinds: readonly ('AB' | 'ScSm' | 'IgSm' | 'TR' | 'RAM')[] = ['ScSm', 'AB'],
): Uint8Array {
  const codes = {
    AB: kindOf(4) | RATIO,
    ScSm: kindOf(1) | SAMPLE,
    IgSm: kindOf(2) | SAMPLE,
    TR: kindOf(5) | RATIO,
    RAM: kindOf(10) | RATIO,
  };
  const status = 136;
  const block = 4 * Y.length;
  const sample = 40;
  const start = 24 + 12 * (2 * kinds.length + 1);
  const out = new Bytes(start + kinds.length * (status + block) + sample);
  out.text(0, '\x0a\x0a\xfe\xfe');
  out.u32(12, 24);
  out.u32(16, 40);
  out.u32(20, 2 * kinds.length + 1);
  let at = start;
  let entry = 24;
  const register = (bits: number, bytes: number) => {
    out.u32(entry, bits);
    out.u32(entry + 4, bytes / 4);
    out.u32(entry + 8, at);
    entry += 12;
    at += bytes;
  };
  kinds.forEach((kind, k) => {
    Y.forEach((value, i) => {
      out.f32(at + 4 * i, value + k);
    });
    register(codes[kind], block);
    writeStatus(out, at, k);
    register(codes[kind] | 16, status);
  });
  out.text(at, 'SNM\0');
  out.u16(at + 4, 2);
  out.u16(at + 6, 8);
  out.text(at + 8, 'PE pellet');
  out.text(at + 24, 'END\0');
  register(0x400000a0, sample);
  return out.bytes;
}

function writeStatus(out: Bytes, start: number, k: number): void {
  let at = start;
  const put = (name: string, kind: number, value: number | string) => {
    out.text(at, name);
    out.u16(at + 4, kind);
    const size = kind === 0 ? 4 : kind === 1 ? 8 : 12;
    out.u16(at + 6, size / 2);
    if (kind === 0) out.i32(at + 8, value as number);
    else if (kind === 1) out.f64(at + 8, value as number);
    else out.text(at + 8, value as string);
    at += 8 + size;
  };
  put('DPF', 0, 1);
  put('NPT', 0, Y.length);
  put('FXV', 1, 4000);
  put('LXV', 1, 3960);
  put('CSF', 1, 1);
  put('MXY', 1, 1 + k);
  put('MNY', 1, Math.fround(0.1 + k));
  put('DXU', 3, 'WN');
  out.text(at, 'END\0');
}

/** A Thermo OMNIC file: one spectrum (SPA), or several with a title each (SPG). */
export function omnicFile(titles: readonly string[] = []): Uint8Array {
  const count = Math.max(1, titles.length);
  const sections = count * (titles.length > 0 ? 3 : 2);
  const start = 304 + 16 * (sections + 1);
  const each = 152 + 4 * Y.length + (titles.length > 0 ? 260 : 0);
  const out = new Bytes(start + count * each);
  out.text(0, titles.length > 0 ? 'Spectral Exte File\r\n' : 'Spectral Data File\r\n');
  out.text(30, 'PE on ATR');
  out.u16(294, sections);
  let entry = 304;
  let at = start;
  const register = (key: number, bytes: number) => {
    out.u8(entry, key);
    out.u32(entry + 2, at);
    out.u32(entry + 6, bytes);
    entry += 16;
    at += bytes;
  };
  for (let k = 0; k < count; k++) {
    out.u32(at + 4, Y.length);
    out.u8(at + 8, 1);
    out.u8(at + 12, 17);
    out.f32(at + 16, 4000);
    out.f32(at + 20, 3960);
    register(2, 152);
    Y.forEach((value, i) => {
      out.f32(at + 4 * i, value + k);
    });
    register(3, 4 * Y.length);
    if (titles.length > 0) {
      out.text(at, titles[k]);
      register(107, 260);
    }
  }
  return out.bytes;
}

/** A PerkinElmer SP file. */
export function spFile(): Uint8Array {
  const out = new Bytes(44 + 6 + 24 + 12 + 22 + 12 + 8 * Y.length);
  out.text(0, 'PEPE');
  out.text(4, 'made for a test');
  let at = 44;
  const block = (id: number, size: number) => {
    out.i16(at, id);
    out.u32(at + 2, size);
    at += 6;
  };
  block(120, 0);
  block(-29838, 18);
  out.f64(at + 2, 4000);
  out.f64(at + 10, 3960);
  at += 18;
  block(-29835, 6);
  out.u32(at + 2, Y.length);
  at += 6;
  block(-29832, 16);
  out.u16(at + 2, 12);
  out.text(at + 4, 'A');
  at += 16;
  block(-29828, 6 + 8 * Y.length);
  out.u32(at + 2, 8 * Y.length);
  Y.forEach((value, i) => {
    out.f64(at + 6 + 8 * i, value);
  });
  return out.bytes;
}

/** A PerkinElmer ASP file with Y again and again. */
export const aspFile = (times = 1): Uint8Array => {
  const values = Array.from({ length: times }, () => Y).flat();
  return Buffer.from(`${[values.length, 4000, 3960, 1, 2, 4, ...values].join('\r\n')}\r\n`);
};

/** A JCAMP-DX block with the labels of a spectrum and some in place of them. */
export function jcampFile(labels: Readonly<Record<string, string | null>> = {}): Uint8Array {
  const { XYDATA = '(X++(Y..Y))\n4000 10 50 25\n3970 100 75', END = '', ...others } = labels;
  const all: Record<string, string | null> = {
    ...{ TITLE: 'PE', 'JCAMP-DX': '4.24', 'DATA TYPE': 'INFRARED SPECTRUM', XUNITS: '1/CM' },
    ...{ YUNITS: 'ABSORBANCE', XFACTOR: '1', YFACTOR: '0.01', FIRSTX: '4000', LASTX: '3960' },
    ...{ NPOINTS: '5', ...others, XYDATA, END },
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === null ? [] : [`##${name}=${value}`],
  );
  return Buffer.from(`${lines.join('\n')}\n`, 'latin1');
}

export const csvFile = (): Uint8Array =>
  Buffer.from('Wavenumber (cm-1),Absorbance\n4000,0.1\n3990,0.5\n3980,0.25\n3970,1\n3960,0.75\n');
