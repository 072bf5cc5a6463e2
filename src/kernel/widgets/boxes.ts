import { Control, type ControlOptions, type ControlState } from './control.js';
import type { Widget } from './widget.js';

// biome-ignore lint/suspicious/noExplicitAny: a box holds widgets of any state
type AnyModel = Widget<any>;

export interface BoxState {
  children: readonly AnyModel[];
  box_style: '' | 'success' | 'info' | 'warning' | 'danger';
}

type BoxOptions = ControlOptions<BoxState & ControlState>;

/** Widgets in one place. */
export class Box<S extends BoxState = BoxState> extends Control<S> {
  constructor(
    name: string,
    children: readonly AnyModel[],
    options: ControlOptions<S & ControlState>,
    extra = {},
  ) {
    super({ name }, { children, box_style: '', ...extra } as unknown as S, options);
  }

  get children(): readonly AnyModel[] {
    return this.get('children');
  }

  set children(children: readonly AnyModel[]) {
    this.set({ children } as Partial<S & ControlState>);
  }
}

/** Side by side. */
export class HBox extends Box {
  constructor(children: readonly AnyModel[] = [], options: BoxOptions = {}) {
    super('HBox', children, options);
  }
}

/** One above the other. */
export class VBox extends Box {
  constructor(children: readonly AnyModel[] = [], options: BoxOptions = {}) {
    super('VBox', children, options);
  }
}

/** On a CSS grid: see `grid_template_columns` of the layout. */
export class GridBox extends Box {
  constructor(children: readonly AnyModel[] = [], options: BoxOptions = {}) {
    super('GridBox', children, options);
  }
}

export interface PagesState extends BoxState {
  titles: string[];
  selected_index: number | null;
}

type PagesOptions = ControlOptions<PagesState & ControlState>;

/** One page at a time, chosen by its tab. */
export class Tab extends Box<PagesState> {
  constructor(children: readonly AnyModel[] = [], options: PagesOptions = {}) {
    super('Tab', children, options, { titles: children.map(() => ''), selected_index: 0 });
  }
}

/** Pages that fold. */
export class Accordion extends Box<PagesState> {
  constructor(children: readonly AnyModel[] = [], options: PagesOptions = {}) {
    super('Accordion', children, options, { titles: children.map(() => ''), selected_index: null });
  }
}
