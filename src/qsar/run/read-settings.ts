import { nearest } from '../../frames/nearest.js';
import { quoted } from '../../frames/table.js';

/**
 * A value of a configuration file with the path that leads to it, so that every refusal names the place, what was
 * expected, what came and what to do.
 */
export interface Setting {
  readonly path: string;
  readonly value: unknown;
}

/** Reads a setting, or refuses it. */
export type Read<T> = (setting: Setting) => T;

export function refuse({ path, value }: Setting, expected: string, advice = ''): never {
  const came = value === undefined ? 'missing' : JSON.stringify(value);
  const shown = came.length > 80 ? `${came.slice(0, 77)}…` : came;
  const message = `${path} must be ${expected}, but is ${shown}${advice && `; ${advice}`}`;
  throw typeof value === 'number' || typeof value === 'string'
    ? new RangeError(message)
    : new TypeError(message);
}

export const text: Read<string> = (setting) =>
  typeof setting.value === 'string' && setting.value !== ''
    ? setting.value
    : refuse(setting, 'a text in quotes');

export const flag: Read<boolean> = (setting) =>
  typeof setting.value === 'boolean' ? setting.value : refuse(setting, 'true or false');

export const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER): Read<number> =>
  (setting) =>
    Number.isSafeInteger(setting.value) &&
    (setting.value as number) >= least &&
    (setting.value as number) <= most
      ? (setting.value as number)
      : refuse(
          setting,
          most === Number.MAX_SAFE_INTEGER
            ? `a whole number of at least ${least}`
            : `a whole number in ${least} … ${most}`,
        );

/** A number with `least ≤ x < below`, or `least < x < below` where `open`. */
export const number =
  (least: number, below: number, { open = false } = {}): Read<number> =>
  (setting) => {
    const { value } = setting;
    const inside = typeof value === 'number' && (open ? value > least : value >= least) && value < below;
    const bounds = below === Number.POSITIVE_INFINITY ? '' : ` and below ${below}`;
    return inside ? value : refuse(setting, `a number ${open ? 'above' : 'of at least'} ${least}${bounds}`);
  };

export const oneOf =
  <T extends string>(words: readonly T[]): Read<T> =>
  (setting) => {
    if (words.includes(setting.value as T)) return setting.value as T;
    const near = typeof setting.value === 'string' ? nearest(setting.value, words) : null;
    return refuse(setting, `one of ${quoted(words)}`, near ? `did you mean "${near}"?` : '');
  };

export const list =
  <T>(read: Read<T>, { least = 0 } = {}): Read<T[]> =>
  (setting) => {
    const { path, value } = setting;
    if (!Array.isArray(value)) return refuse(setting, 'a list in square brackets');
    if (value.length < least) return refuse(setting, `a list of at least ${least}`);
    return value.map((item, i) => read({ path: `${path}[${i}]`, value: item }));
  };

export const orNull =
  <T>(read: Read<T>): Read<T | null> =>
  (setting) =>
    setting.value === null ? null : read(setting);

/** A record of any keys. */
export const dictionary =
  <T>(read: Read<T>): Read<Record<string, T>> =>
  (setting) => {
    const entries = Object.entries(plainRecord(setting));
    return Object.fromEntries(
      entries.map(([key, value]) => [key, read({ path: `${setting.path}.${key}`, value })]),
    );
  };

/**
 * A record with the keys of `reads`; one that is left out has its default, one that is not known is refused.
 * @param defaults - values of keys that may be left out.
 */
export const fields =
  <T extends object>(reads: { [K in keyof T]-?: Read<T[K]> }, defaults: Partial<T> = {}): Read<T> =>
  (setting) => {
    const given = plainRecord(setting);
    const known = Object.keys(reads) as (keyof T & string)[];
    for (const key of Object.keys(given))
      if (!known.includes(key as never)) refuseKey(setting.path, key, known);
    const read = known.flatMap((key): [string, unknown][] => {
      if (given[key] === undefined && key in defaults)
        return defaults[key] === undefined ? [] : [[key, defaults[key]]];
      return [[key, reads[key]({ path: `${setting.path}.${key}`, value: given[key] })]];
    });
    return Object.fromEntries(read) as T;
  };

function plainRecord(setting: Setting): Record<string, unknown> {
  const { value } = setting;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse(setting, 'a record in curly brackets');
}

/** Refuses a key of a record that is not among those known. */
export function refuseKey(path: string, key: string, known: readonly string[]): never {
  const near = nearest(key, known);
  throw new RangeError(
    `${path} has no setting "${key}"${near ? `; did you mean "${near}"?` : ''}; it has ${quoted(known)}`,
  );
}
