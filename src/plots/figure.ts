import type { Data, Layout } from 'plotly.js';

/** What every plot function returns: plain data for plotly, shown alike by a notebook, a widget and a test. */
export interface Figure {
  readonly data: Partial<Data>[];
  readonly layout: Partial<Layout>;
}

/** What every plot function takes last. */
export interface FigureOptions {
  /** Title above the figure. */
  title?: string;
  /** Whether the data are synthetic: then the title says so. */
  synthetic?: boolean;
  /** Caption line under the title: method, seed, sizes. */
  caption?: string;
}
