import { kernelHooks } from '../hooks.js';
import { VBox } from './boxes.js';
import { Dropdown } from './choices.js';
import { FloatSlider, IntSlider } from './numbers.js';
import { Output } from './output.js';
import { Checkbox, Text } from './simple.js';
import type { Widget } from './widget.js';

/** A widget with a value that it tells about. */
// biome-ignore lint/suspicious/noExplicitAny: of any state
export interface ValueWidget<T> extends Widget<any> {
  value: T;
  onChange(listener: (value: T) => unknown): () => void;
}

/**
 * How a control is asked for: a widget; `[min, max]` or `[min, max, step]` or a number for a slider; a boolean
 * for a checkbox; a string for a text field; a list of strings or an object of values for a drop-down.
 */
export type ControlSpec =
  // biome-ignore lint/suspicious/noExplicitAny: a widget of any value
  | ValueWidget<any>
  | number
  | [number, number]
  | [number, number, number]
  | boolean
  | string
  | readonly string[]
  | Readonly<Record<string, unknown>>;

type ValueOf<C> =
  C extends ValueWidget<infer T>
    ? T
    : C extends number | readonly number[]
      ? number
      : C extends boolean
        ? boolean
        : C extends string | readonly string[]
          ? string
          : C[keyof C];

type Values<C> = { [K in keyof C]: ValueOf<C[K]> };

/**
 * Calls `f` with the values of the controls, now and whenever one changes, and shows what it prints, displays
 * and returns below them.
 * @example interact(({ k }) => figure(k), { k: [1, 10] })
 */
export function interact<C extends Record<string, ControlSpec>>(
  f: (values: Values<C>) => unknown,
  controls: C,
): VBox {
  const widgets = Object.entries(controls).map(([name, spec]) => [name, controlFor(name, spec)] as const);
  const output = new Output();
  let isRunning = false;
  let isStale = false;
  const run = async () => {
    // While one call awaits, any number of changes lead to one more call, with the latest values.
    isStale = true;
    if (isRunning) return;
    isRunning = true;
    while (isStale) {
      isStale = false;
      const values = Object.fromEntries(widgets.map(([name, { value }]) => [name, value]));
      await output.capture(() => callAndShow(f as (values: object) => unknown, values), { clear: true });
    }
    isRunning = false;
  };
  for (const [, widget] of widgets) widget.onChange(run);
  const box = new VBox([...widgets.map(([, widget]) => widget), output]);
  kernelHooks()?.display(box);
  void run();
  return box;
}

async function callAndShow(f: (values: object) => unknown, values: object): Promise<void> {
  try {
    const result = await f(values);
    if (result !== undefined) kernelHooks()?.display(result);
  } catch (error) {
    console.error(error);
  }
}

function controlFor(description: string, spec: ControlSpec): ValueWidget<unknown> {
  return create(description, spec) as ValueWidget<unknown>;
}

function create(description: string, spec: ControlSpec): unknown {
  if (isWidget(spec)) return spec;
  if (typeof spec === 'boolean') return new Checkbox({ value: spec, description });
  if (typeof spec === 'string') return new Text({ value: spec, description });
  if (typeof spec === 'number') return slider(description, numberRange(spec), spec);
  if (isNumbers(spec)) return slider(description, spec, middle(spec));
  return new Dropdown({ options: spec as Record<string, unknown>, description });
}

const isWidget = (spec: ControlSpec): spec is ValueWidget<unknown> =>
  typeof spec === 'object' && 'modelId' in spec;

const isNumbers = (spec: ControlSpec): spec is [number, number] =>
  Array.isArray(spec) && [2, 3].includes(spec.length) && spec.every((value) => typeof value === 'number');

/** As ipywidgets has it: from -v to 3v, or 0 to 1 around nothing. */
function numberRange(value: number): [number, number] {
  if (value === 0) return [0, 1];
  return value > 0 ? [-value, 3 * value] : [3 * value, -value];
}

function slider(description: string, [min, max, step]: readonly number[], value: number): unknown {
  const isInteger = [min, max, step ?? 1, value].every(Number.isInteger);
  if (isInteger) return new IntSlider({ min, max, step: step ?? 1, value, description });
  return new FloatSlider({ min, max, step: step ?? (max - min) / 100, value, description });
}

function middle([min, max]: readonly number[]): number {
  const half = (min + max) / 2;
  return Number.isInteger(min) && Number.isInteger(max) ? Math.floor(half) : half;
}
