/** What an instrument says about a micrograph. */
export interface MakerFields {
  /** Maker and model. */
  readonly instrument: string;
  readonly micronsPerPixel?: number;
  readonly infoBarRows?: number;
  readonly warnings?: readonly string[];
  /** `voltage_kV`, `magnification`, `detector`, `working_distance_mm`, `date`, as far as they are stated. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The `key=value` lines of an INI text, by `section.key`; a key without a section by itself. */
export function iniFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  let section = '';
  for (const line of text.split(/\r\n|\r|\n/)) {
    const head = /^\s*\[(.{1,100})\]\s*$/.exec(line);
    if (head) section = `${head[1]}.`;
    const at = line.indexOf('=');
    if (!head && at > 0) fields.set(section + line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  return fields;
}

/** A number above zero, or nothing. */
export function positive(text: string | undefined): number | undefined {
  const value = Number.parseFloat(text ?? '');
  return value > 0 && value < Number.POSITIVE_INFINITY ? value : undefined;
}

/** What is stated, without what is not. */
export function stated(
  fields: Readonly<Record<string, string | number | undefined>>,
): Record<string, string> {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(known.map(([name, value]) => [name, String(value)]));
}

/** A number with at most six digits, or nothing. */
export const rounded = (value: number | undefined): number | undefined =>
  value === undefined ? undefined : Number(value.toPrecision(6));
