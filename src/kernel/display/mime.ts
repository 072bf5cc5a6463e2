const DISPLAY = Symbol.for('Jupyter.display');

/** A value that a notebook shows as the MIME types it names. */
export interface Displayable {
  /** The same under a name that needs no symbol. */
  $display(): Record<string, unknown>;
}

/** Shows `content` as one or more MIME types; bytes are sent as base64. */
export function mime(bundle: Readonly<Record<string, unknown>>): Displayable {
  const $display = () => ({ ...bundle });
  return { $display, [DISPLAY]: $display } as Displayable;
}

export const html = (text: string): Displayable => mime({ 'text/html': text, 'text/plain': text });
export const markdown = (text: string): Displayable => mime({ 'text/markdown': text, 'text/plain': text });
export const svg = (text: string): Displayable => mime({ 'image/svg+xml': text, 'text/plain': 'SVG image' });
export const javascript = (text: string): Displayable =>
  mime({ 'text/javascript': text, 'text/plain': text });
export const json = (value: unknown): Displayable =>
  mime({ 'application/json': value, 'text/plain': JSON.stringify(value, null, 2) });

/** A formula; `$` signs are put around it where it has none. */
export function latex(text: string): Displayable {
  return mime({ 'text/latex': text.startsWith('$') ? text : `$$${text}$$`, 'text/plain': text });
}

/** The bytes of a PNG or JPEG file. */
export const png = (bytes: Uint8Array): Displayable =>
  mime({ 'image/png': bytes, 'text/plain': 'PNG image' });
export const jpeg = (bytes: Uint8Array): Displayable =>
  mime({ 'image/jpeg': bytes, 'text/plain': 'JPEG image' });
