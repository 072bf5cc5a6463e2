import { Control, type ControlOptions, type ControlState, ValueControl } from './control.js';

type Options<S> = ControlOptions<S & ControlState>;

export class Checkbox extends ValueControl<boolean, { value: boolean; indent: boolean }> {
  constructor(options: Options<{ value: boolean; indent: boolean }> = {}) {
    super({ name: 'Checkbox', style: 'CheckboxStyle' }, { value: false, indent: true }, options);
  }
}

export class ToggleButton extends ValueControl<
  boolean,
  { value: boolean; icon: string; button_style: string }
> {
  constructor(options: Options<{ value: boolean; icon: string; button_style: string }> = {}) {
    const defaults = { value: false, icon: '', button_style: '' };
    super({ name: 'ToggleButton', style: 'ToggleButtonStyle' }, defaults, options);
  }
}

export interface TextState {
  value: string;
  placeholder: string;
  continuous_update: boolean;
}

const text: TextState = { value: '', placeholder: '\u200b', continuous_update: true };

export class Text extends ValueControl<string, TextState> {
  constructor(options: Options<TextState> = {}) {
    super({ name: 'Text', style: 'TextStyle' }, text, options);
  }
}

export class Textarea extends ValueControl<string, TextState & { rows: number | null }> {
  constructor(options: Options<TextState & { rows: number | null }> = {}) {
    super({ name: 'Textarea', style: 'TextStyle' }, { ...text, rows: null }, options);
  }
}

/** Shows HTML. */
export class HTML extends ValueControl<string, { value: string; placeholder: string }> {
  constructor(options: Options<{ value: string; placeholder: string }> = {}) {
    super({ name: 'HTML', style: 'HTMLStyle' }, { value: '', placeholder: '\u200b' }, options);
  }
}

/** Shows text, in which `$…$` is mathematics. */
export class Label extends ValueControl<string, { value: string; placeholder: string }> {
  constructor(options: Options<{ value: string; placeholder: string }> = {}) {
    super({ name: 'Label', style: 'LabelStyle' }, { value: '', placeholder: '\u200b' }, options);
  }
}

export class ColorPicker extends ValueControl<string, { value: string; concise: boolean }> {
  constructor(options: Options<{ value: string; concise: boolean }> = {}) {
    super({ name: 'ColorPicker' }, { value: 'black', concise: false }, options);
  }
}

/** A picture from the bytes of a PNG, JPEG or GIF file. */
export class Image extends ValueControl<
  Uint8Array,
  { value: Uint8Array; format: string; width: string; height: string }
> {
  constructor(options: Options<{ value: Uint8Array; format: string; width: string; height: string }> = {}) {
    super({ name: 'Image' }, { value: new Uint8Array(), format: 'png', width: '', height: '' }, options);
  }
}

export interface ButtonState {
  icon: string;
  button_style: '' | 'primary' | 'success' | 'info' | 'warning' | 'danger';
}

export class Button extends Control<ButtonState> {
  constructor(options: Options<ButtonState> = {}) {
    super({ name: 'Button', style: 'ButtonStyle' }, { icon: '', button_style: '' }, options);
  }

  /** Calls `listener` on each click; returns what ends that. */
  onClick(listener: () => unknown): () => void {
    return this.onMessage((content: { event?: string }) =>
      content.event === 'click' ? listener() : undefined,
    );
  }
}

/** A file that the user chose. */
export interface UploadedFile {
  name: string;
  type: string;
  size: number;
  last_modified: number;
  content: Uint8Array;
}

export interface FileUploadState {
  value: UploadedFile[];
  /** File types that the dialog offers, such as `.csv,.spc`. */
  accept: string;
  multiple: boolean;
  icon: string;
  button_style: string;
  error: string;
}

export class FileUpload extends ValueControl<UploadedFile[], FileUploadState> {
  constructor(options: Options<FileUploadState> = {}) {
    const defaults = { value: [], accept: '', multiple: false, icon: 'upload', button_style: '', error: '' };
    super({ name: 'FileUpload', style: 'ButtonStyle' }, defaults, { description: 'Upload', ...options });
  }
}
