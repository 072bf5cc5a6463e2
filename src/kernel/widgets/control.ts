import { type ModelNames, Widget } from './widget.js';

const BASE = '@jupyter-widgets/base';
const CONTROLS = '@jupyter-widgets/controls';
const VERSION = '2.0.0';

/** Fields of every control. */
export interface ControlState {
  description: string;
  disabled: boolean;
  layout: Layout;
  style: Widget;
  tooltip: string | null;
}

/** CSS that the front end lets a widget have, such as `{ width: '300px' }`. */
export type LayoutOptions = Partial<
  Record<
    | 'width'
    | 'height'
    | 'min_width'
    | 'max_width'
    | 'min_height'
    | 'max_height'
    | 'margin'
    | 'padding'
    | 'border'
    | 'display'
    | 'flex'
    | 'flex_flow'
    | 'align_items'
    | 'align_self'
    | 'justify_content'
    | 'overflow'
    | 'visibility'
    | 'grid_template_columns'
    | 'grid_template_rows'
    | 'grid_template_areas'
    | 'grid_gap'
    | 'grid_area',
    string
  >
>;

/** Size and place of a widget. */
export class Layout extends Widget<LayoutOptions> {
  constructor(options: LayoutOptions = {}) {
    super({ ...names(BASE, 'LayoutModel', 'LayoutView'), ...options });
  }
}

/** What a user may say of any control; `layout` and `style` as plain objects. */
export type ControlOptions<S> = Partial<Omit<S, 'layout' | 'style'>> & {
  layout?: LayoutOptions | Layout;
  style?: Record<string, unknown>;
};

/** What kind of control: the name that model and view share, and the model of its style. */
export interface ControlKind {
  name: string;
  /** The view's name, where it is not the model's. */
  view?: string;
  style?: string;
}

/** A widget of `@jupyter-widgets/controls`. */
export class Control<S extends object> extends Widget<S & ControlState> {
  constructor(
    kind: ControlKind,
    defaults: S,
    { layout, style, ...options }: ControlOptions<S & ControlState> = {},
  ) {
    super({
      ...names(CONTROLS, `${kind.name}Model`, kind.view ?? `${kind.name}View`),
      _dom_classes: [],
      description: '',
      disabled: false,
      tooltip: null,
      ...defaults,
      ...options,
      layout: layout instanceof Layout ? layout : new Layout(layout),
      style: createStyle(kind.style ?? 'DescriptionStyle', style),
    } as unknown as S & ControlState & ModelNames);
  }
}

/** A control with a `value` that can be read and assigned. */
export class ValueControl<T, S extends { value: T }> extends Control<S> {
  get value(): T {
    return this.get('value' as keyof (S & ControlState)) as T;
  }

  set value(value: T) {
    this.set({ value } as unknown as Partial<S & ControlState>);
  }

  /** Calls `listener` with each new value; returns what ends that. */
  onChange(listener: (value: T) => unknown): () => void {
    return this.on('value' as keyof (S & ControlState), listener as never);
  }
}

export function names(module: string, model: string, view: string | null, version = VERSION): ModelNames {
  return {
    _model_module: module,
    _model_module_version: version,
    _model_name: model,
    _view_module: module,
    _view_module_version: version,
    _view_name: view,
  };
}

function createStyle(name: string, options: Record<string, unknown> = {}): Widget {
  return new Widget({
    ...names(CONTROLS, `${name}Model`, 'StyleView'),
    _view_module: BASE,
    ...options,
  });
}
