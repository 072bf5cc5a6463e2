import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { Layout, type LayoutOptions, names } from './control.js';
import { Widget } from './widget.js';

export interface AnyWidgetOptions<S> {
  /** The front-end module: its source, or the path of a file. It exports `default { render({ model, el }) }`. */
  esm: string;
  /** Styles, or the path of a file. */
  css?: string;
  state?: S;
  layout?: LayoutOptions;
}

/** A widget whose front end is a module of our own (https://anywidget.dev). */
export class AnyWidget<S extends object = Record<string, unknown>> extends Widget<S> {
  constructor({ esm, css = '', state, layout }: AnyWidgetOptions<S>) {
    const source = textOrFile(esm, /\.m?js$/);
    super({
      ...names('anywidget', 'AnyModel', 'AnyView', '~0.11.*'),
      _dom_classes: [],
      _view_count: null,
      _esm: source,
      _css: textOrFile(css, /\.css$/),
      _anywidget_id: `nurdle.${createHash('sha256').update(source).digest('hex').slice(0, 16)}`,
      layout: new Layout(layout),
      ...state,
    } as unknown as S & ReturnType<typeof names>);
  }
}

function textOrFile(text: string, extension: RegExp): string {
  const isPath = !text.includes('\n') && extension.test(text);
  if (!isPath) return text;
  if (!existsSync(text)) throw new RangeError(`file ${text} of the widget does not exist`);
  return readFileSync(text, 'utf8');
}
