import { kernelHooks } from '../hooks.js';
import { Layout, type LayoutOptions, names } from './control.js';
import { Widget } from './widget.js';

interface OutputState {
  layout: Layout;
  msg_id: string;
  outputs: object[];
}

/** A place for output: what code prints and displays inside `capture` appears there. */
export class Output extends Widget<OutputState> {
  constructor({ layout }: { layout?: LayoutOptions } = {}) {
    super({
      ...names('@jupyter-widgets/output', 'OutputModel', 'OutputView', '1.0.0'),
      layout: new Layout(layout),
      msg_id: '',
      outputs: [],
    });
  }

  /** Runs `f`, awaited if it is asynchronous, with its output shown here; with `clear`, in place of the old. */
  async capture<T>(f: () => T | Promise<T>, { clear = false }: { clear?: boolean } = {}): Promise<T> {
    const hooks = kernelHooks();
    // The front end routes whatever answers this message to the widget.
    this.set({ msg_id: hooks?.parentId() ?? '' });
    try {
      if (clear) hooks?.clearOutput(true);
      return await f();
    } finally {
      this.set({ msg_id: '' });
    }
  }

  /** Removes what is shown. */
  clear(): void {
    this.set({ outputs: [] });
  }
}
