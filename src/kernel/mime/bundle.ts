import { inspect, types } from 'node:util';
import type { MimeBundle, RichOutput } from '../execution/messages.js';
import { arqueroTable, danfoTable } from './frames.js';
import { summary } from './summary.js';
import { pagedTable, textTable } from './table.js';

const DISPLAY = Symbol.for('Jupyter.display');
const PLOTLY = 'application/vnd.plotly.v1+json';

/**
 * What a front end can show of a value: its own `Symbol.for('Jupyter.display')` or `$display` bundle, a plotly
 * figure, a data frame as a table, a tensor in a few lines; anything else as `util.inspect` prints it.
 */
export async function richOutput(value: unknown): Promise<RichOutput> {
  const own = await ownBundle(value);
  if (own) return { data: withText(own, value) };
  return { data: builtInBundle(value) };
}

/** The same for values whose bundle needs no awaiting; a promise of a bundle is shown as text. */
export function bundleOf(value: unknown): MimeBundle {
  const own = callDisplay(value);
  if (own && !types.isPromise(own)) return withText(own as MimeBundle, value);
  return builtInBundle(value);
}

async function ownBundle(value: unknown): Promise<MimeBundle | undefined> {
  const bundle = await callDisplay(value);
  return bundle && typeof bundle === 'object' ? (bundle as MimeBundle) : undefined;
}

function callDisplay(value: unknown): unknown {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined;
  const { [DISPLAY]: bySymbol, $display: byName } = value as Record<string | symbol, unknown>;
  const method = typeof bySymbol === 'function' ? bySymbol : byName;
  return typeof method === 'function' ? method.call(value) : undefined;
}

/** Binary images become base64, as Jupyter wants them; text/plain is always there. */
function withText(bundle: MimeBundle, value: unknown): MimeBundle {
  const data: MimeBundle = {};
  for (const [type, content] of Object.entries(bundle))
    data[type] = content instanceof Uint8Array ? Buffer.from(content).toString('base64') : content;
  data['text/plain'] ??= inspect(value, { depth: 2 });
  return data;
}

function builtInBundle(value: unknown): MimeBundle {
  if (isFigure(value)) return figureBundle(value);
  const table = danfoTable(value) ?? arqueroTable(value);
  if (table) return { 'text/html': pagedTable(table), 'text/plain': textTable(table) };
  return { 'text/plain': summary(value) ?? inspectFor(value) };
}

interface Figure {
  data: object[];
  layout: object;
  config?: object;
  frames?: object[];
}

/** A plain `{ data, layout }`, as our plots and plotly make them. */
function isFigure(value: unknown): value is Figure {
  if (typeof value !== 'object' || value === null) return false;
  const { data, layout } = value as Partial<Figure>;
  if (!Array.isArray(data) || typeof layout !== 'object' || layout === null) return false;
  const others = Object.keys(value).filter((key) => !['data', 'layout', 'config', 'frames'].includes(key));
  return others.length === 0 && data.every((trace) => typeof trace === 'object' && trace !== null);
}

function figureBundle(figure: Figure): MimeBundle {
  const count = figure.data.length;
  return {
    [PLOTLY]: JSON.parse(JSON.stringify(figure, plainNumbers)),
    'text/plain': `Figure with ${count} trace${count === 1 ? '' : 's'}`,
  };
}

/** Typed arrays are arrays of numbers to plotly, and a value that JSON lacks is a gap in the line. */
function plainNumbers(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<number>);
  return value;
}

/** AsyncLocalStorage leaves its mark on promises and timers on Node 20: not the user's business. */
function inspectFor(value: unknown): string {
  const text = inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000 });
  return text.includes('kResourceStore') ? hideResourceStore(text) : text;
}

const hideResourceStore = (text: string) =>
  text.replace(
    /,?\s*\[?Symbol\((kResourceStore|async_id_symbol|trigger_async_id_symbol)\)\]?: (\{[^{}]*(\{[^{}]*\}[^{}]*)*\}|\d+)/g,
    '',
  );
