import { names } from './control.js';
import { Widget } from './widget.js';

// biome-ignore lint/suspicious/noExplicitAny: a widget of any state
type End = readonly [widget: Widget<any>, field: string];

/** Keeps two fields equal, here in the kernel; returns what ends that. */
export function link([first, a]: End, [second, b]: End): () => void {
  second.set({ [b]: first.get(a) });
  const follow = (from: Widget, to: Widget, field: string) => (value: unknown) => {
    if (to.get(field) !== value) to.set({ [field]: value });
    return from;
  };
  const ends = [first.on(a, follow(first, second, b)), second.on(b, follow(second, first, a))];
  return () => ends.forEach((end) => void end());
}

/** Keeps two fields equal in the front end: also in an exported page, without a kernel. */
export function jslink(source: End, target: End): Widget {
  return new Widget({ ...names('@jupyter-widgets/controls', 'LinkModel', null), source, target });
}
