import { type ControlOptions, type ControlState, ValueControl } from './control.js';

export interface NumberState<T = number> {
  value: T;
  min: number;
  max: number;
  step: number;
}

export interface SliderState<T = number> extends NumberState<T> {
  orientation: 'horizontal' | 'vertical';
  readout: boolean;
  /** A d3 format, such as `.2f`. */
  readout_format: string;
  /** Whether the value changes while the handle moves, or when it is let go. */
  continuous_update: boolean;
}

type Options<S> = ControlOptions<S & ControlState>;

const slider = {
  orientation: 'horizontal' as const,
  readout: true,
  continuous_update: true,
  behavior: 'drag-tap',
};
const integers = { min: 0, max: 100, step: 1, readout_format: 'd' };
const floats = { min: 0, max: 10, step: 0.1, readout_format: '.2f' };
const SLIDER_STYLE = 'SliderStyle';

export class IntSlider extends ValueControl<number, SliderState> {
  constructor(options: Options<SliderState> = {}) {
    super({ name: 'IntSlider', style: SLIDER_STYLE }, { ...slider, ...integers, value: 0 }, options);
  }
}

export class FloatSlider extends ValueControl<number, SliderState> {
  constructor(options: Options<SliderState> = {}) {
    super({ name: 'FloatSlider', style: SLIDER_STYLE }, { ...slider, ...floats, value: 0 }, options);
  }
}

/** `min` and `max` are exponents of `base`. */
export class FloatLogSlider extends ValueControl<number, SliderState & { base: number }> {
  constructor(options: Options<SliderState & { base: number }> = {}) {
    const defaults = { ...slider, min: 0, max: 4, step: 0.1, base: 10, value: 1, readout_format: '.3g' };
    super({ name: 'FloatLogSlider', style: SLIDER_STYLE }, defaults, options);
  }
}

export type Range = [low: number, high: number];

export class IntRangeSlider extends ValueControl<Range, SliderState<Range>> {
  constructor(options: Options<SliderState<Range>> = {}) {
    const defaults = { ...slider, ...integers, value: [25, 75] as Range };
    super({ name: 'IntRangeSlider', style: SLIDER_STYLE }, defaults, options);
  }
}

export class FloatRangeSlider extends ValueControl<Range, SliderState<Range>> {
  constructor(options: Options<SliderState<Range>> = {}) {
    const defaults = { ...slider, ...floats, value: [2.5, 7.5] as Range };
    super({ name: 'FloatRangeSlider', style: SLIDER_STYLE }, defaults, options);
  }
}

export interface NumberTextState {
  value: number;
  step: number | null;
  continuous_update: boolean;
}

export class IntText extends ValueControl<number, NumberTextState> {
  constructor(options: Options<NumberTextState> = {}) {
    super({ name: 'IntText' }, { value: 0, step: 1, continuous_update: false }, options);
  }
}

export class FloatText extends ValueControl<number, NumberTextState> {
  constructor(options: Options<NumberTextState> = {}) {
    super({ name: 'FloatText' }, { value: 0, step: null, continuous_update: false }, options);
  }
}

export interface ProgressState {
  value: number;
  min: number;
  max: number;
  bar_style: '' | 'success' | 'info' | 'warning' | 'danger';
  orientation: 'horizontal' | 'vertical';
}

export class Progress extends ValueControl<number, ProgressState> {
  constructor(options: Options<ProgressState> = {}) {
    const defaults: ProgressState = { value: 0, min: 0, max: 100, bar_style: '', orientation: 'horizontal' };
    super({ name: 'FloatProgress', view: 'ProgressView', style: 'ProgressStyle' }, defaults, options);
  }
}

export interface PlayState extends NumberState {
  /** Milliseconds between steps. */
  interval: number;
  playing: boolean;
  repeat: boolean;
  show_repeat: boolean;
}

/** Steps through values; link it to a slider to show an animation. */
export class Play extends ValueControl<number, PlayState> {
  constructor(options: Options<PlayState> = {}) {
    const playing = { interval: 100, playing: false, repeat: false, show_repeat: true };
    super({ name: 'Play' }, { value: 0, min: 0, max: 100, step: 1, ...playing }, options);
  }
}
