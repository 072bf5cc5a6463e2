/** Binary parts of a widget's state travel beside the JSON; `paths` say where they belong. */
export interface PackedState {
  state: Record<string, unknown>;
  paths: (string | number)[][];
  buffers: Uint8Array[];
}

/** Something that other widgets may name in their state. */
export interface Model {
  readonly modelId: string;
}

/** Widget state as messages carry it: models by reference, typed arrays and buffers taken out. */
export function packState(state: object): PackedState {
  const paths: PackedState['paths'] = [];
  const buffers: Uint8Array[] = [];
  const pack = (value: unknown, path: (string | number)[]): unknown => {
    const bytes = bytesOf(value);
    if (bytes) {
      paths.push(path);
      buffers.push(bytes);
      return TAKEN;
    }
    if (isModel(value)) return `IPY_MODEL_${value.modelId}`;
    if (Array.isArray(value)) return value.map((item, i) => orNull(pack(item, [...path, i])));
    if (isPlainObject(value)) return packObject(value, path);
    return value;
  };
  const packObject = (object: object, path: (string | number)[]) =>
    Object.fromEntries(
      Object.entries(object)
        .map(([key, value]) => [key, pack(value, [...path, key])] as const)
        .filter(([, value]) => value !== TAKEN),
    );
  return { state: packObject(state, []), paths, buffers };
}

const TAKEN = Symbol('taken');
/** Taken out of an object, a value leaves nothing; out of an array, a null. */
const orNull = (value: unknown) => (value === TAKEN ? null : value);

function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!ArrayBuffer.isView(value)) return undefined;
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

const isModel = (value: unknown): value is Model =>
  typeof value === 'object' && value !== null && 'modelId' in value && typeof value.modelId === 'string';

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Puts buffers back where a message's `buffer_paths` say. */
export function unpackState(
  state: Record<string, unknown>,
  paths: readonly (string | number)[][],
  buffers: readonly Uint8Array[],
): Record<string, unknown> {
  const out = structuredClone(state);
  for (const [i, path] of paths.entries()) {
    // biome-ignore lint/suspicious/noExplicitAny: a path leads through objects and arrays alike
    let target: any = out;
    for (const key of path.slice(0, -1)) target = target[key];
    target[path.at(-1)!] = buffers[i];
  }
  return out;
}
