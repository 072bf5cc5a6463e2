/** The typed arrays that plain data may hold, by name. */
const ARRAYS = { Float64Array, Float32Array, Int32Array, Uint32Array, Uint8Array } as const;
type ArrayName = keyof typeof ARRAYS;

/**
 * Plain data as one text, the same for equal data: keys in order, every bit of every number kept (NaN, infinities and
 * minus zero too), typed arrays as base64 of their little-endian bytes, maps as pairs. A key without a value is left
 * out.
 * @throws TypeError naming the place of the first value that is not plain data.
 */
export function plainText(value: unknown): string {
  return JSON.stringify(marked(value, 'value'));
}

/**
 * What `plainText` was given.
 * @throws SyntaxError or TypeError when the text is not one of its.
 */
export function fromPlainText(text: string): unknown {
  return unmarked(JSON.parse(text));
}

/** What JSON cannot say is an object with one key that begins with `$`. */
function marked(value: unknown, path: string): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return isExact(value) ? value : { $number: numberName(value) };
  if (Array.isArray(value)) return Array.from(value, (item, i) => marked(item, `${path}[${i}]`));
  if (ArrayBuffer.isView(value)) return markedArray(value, path);
  if (value instanceof Map) return { $map: [...value].map((pair, i) => marked(pair, `${path}[${i}]`)) };
  if (isRecord(value)) return markedRecord(value, path);
  throw new TypeError(`${path} must be plain data to be stored, but is ${describe(value)}`);
}

const isExact = (value: number): boolean => Number.isFinite(value) && !Object.is(value, -0);

const numberName = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

function markedArray(array: ArrayBufferView, path: string) {
  const name = Object.keys(ARRAYS).find((known) => array.constructor === ARRAYS[known as ArrayName]);
  if (!name) throw new TypeError(`${path} must be one of ${Object.keys(ARRAYS).join(', ')} to be stored`);
  const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return { $array: name, base64: bytes.toString('base64') };
}

function markedRecord(record: Record<string, unknown>, path: string): unknown {
  const keys = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort();
  const pairs = keys.map((key) => [key, marked(record[key], `${path}.${key}`)] as const);
  return keys.some((key) => key.startsWith('$')) ? { $record: pairs } : Object.fromEntries(pairs);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const describe = (value: unknown): string =>
  typeof value === 'object' ? `a ${value!.constructor?.name ?? 'value of a class'}` : typeof value;

function unmarked(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(unmarked);
  const record = value as Record<string, unknown>;
  if ('$number' in record) return Number(record['$number']);
  if ('$array' in record) return unmarkedArray(String(record['$array']), String(record['base64']));
  if ('$map' in record) return new Map(unmarked(record['$map']) as [unknown, unknown][]);
  const pairs = ('$record' in record ? record['$record'] : Object.entries(record)) as [string, unknown][];
  return Object.fromEntries(pairs.map(([key, item]) => [key, unmarked(item)]));
}

function unmarkedArray(name: string, base64: string): unknown {
  if (!Object.hasOwn(ARRAYS, name)) throw new TypeError(`"${name}" is no typed array that can be stored`);
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new ARRAYS[name as ArrayName](bytes.buffer);
}
