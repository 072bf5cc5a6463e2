import { Control, type ControlKind, type ControlOptions, type ControlState } from './control.js';

/** Choices: a list of values, or labels with their values. */
export type Choices<T> = readonly T[] | Readonly<Record<string, T>>;

interface SingleState {
  _options_labels: string[];
  index: number | null;
}

type SingleOptions<T> = Omit<ControlOptions<ControlState>, 'value'> & {
  options: Choices<T>;
  value?: T;
  rows?: number;
};

/** One of several values. */
export class Selection<T> extends Control<SingleState> {
  readonly choices: readonly T[];

  constructor(kind: ControlKind, { options, value, ...rest }: SingleOptions<T>, extra: object = {}) {
    const { labels, values } = labelled(options);
    const index = value === undefined ? (values.length > 0 ? 0 : null) : indexOf(values, value);
    super(
      kind,
      { _options_labels: labels, index, ...extra },
      rest as ControlOptions<SingleState & ControlState>,
    );
    this.choices = values;
  }

  get value(): T | undefined {
    const index = this.get('index');
    return index === null ? undefined : this.choices[index];
  }

  set value(value: T | undefined) {
    this.set({ index: value === undefined ? null : indexOf(this.choices, value) });
  }

  onChange(listener: (value: T | undefined) => unknown): () => void {
    return this.on('index', () => listener(this.value));
  }
}

export class Dropdown<T = string> extends Selection<T> {
  constructor(options: SingleOptions<T>) {
    super({ name: 'Dropdown' }, options);
  }
}

export class Select<T = string> extends Selection<T> {
  constructor(options: SingleOptions<T>) {
    super({ name: 'Select' }, { rows: 5, ...options });
  }
}

export class RadioButtons<T = string> extends Selection<T> {
  constructor(options: SingleOptions<T>) {
    super({ name: 'RadioButtons' }, options);
  }
}

export class ToggleButtons<T = string> extends Selection<T> {
  constructor(options: SingleOptions<T>) {
    const extra = { button_style: '', icons: [], tooltips: [] };
    super({ name: 'ToggleButtons', style: 'ToggleButtonsStyle' }, options, extra);
  }
}

interface MultipleState {
  _options_labels: string[];
  index: number[];
  rows: number;
}

type MultipleOptions<T> = Omit<ControlOptions<ControlState>, 'value'> & {
  options: Choices<T>;
  value?: readonly T[];
  rows?: number;
};

/** Any number of several values. */
export class SelectMultiple<T = string> extends Control<MultipleState> {
  readonly choices: readonly T[];

  constructor({ options, value = [], rows = 5, ...rest }: MultipleOptions<T>) {
    const { labels, values } = labelled(options);
    const index = value.map((item) => indexOf(values, item));
    const state = { _options_labels: labels, index, rows };
    super({ name: 'SelectMultiple' }, state, rest as ControlOptions<MultipleState & ControlState>);
    this.choices = values;
  }

  get value(): T[] {
    return this.get('index').map((i) => this.choices[i]);
  }

  set value(value: readonly T[]) {
    this.set({ index: value.map((item) => indexOf(this.choices, item)) });
  }

  onChange(listener: (value: T[]) => unknown): () => void {
    return this.on('index', () => listener(this.value));
  }
}

function labelled<T>(options: Choices<T>): { labels: string[]; values: readonly T[] } {
  if (Array.isArray(options)) return { labels: options.map(String), values: options };
  return { labels: Object.keys(options), values: Object.values(options) };
}

function indexOf<T>(values: readonly T[], value: T): number {
  const index = values.indexOf(value);
  if (index < 0) throw new RangeError(`value must be one of the options, but is ${String(value)}`);
  return index;
}
