import type { Micrograph } from '../images/micrograph.js';
import type { Figure, FigureOptions } from './figure.js';
import { pngUri } from './png.js';
import { CATEGORY_COLOURS, SECONDARY_INK, SEQUENTIAL, text, themed } from './theme.js';

/** One micrograph of a figure. */
export interface Panel {
  readonly image: Micrograph;
  /** Written above it. */
  readonly label?: string;
  /** Pixels to be tinted, where not 0: height × width, or without the rows of the info bar. */
  readonly mask?: ArrayLike<number>;
  /** Amounts from 0 to 1 to lay over it at 45 %, such as attention: height × width, or without the info bar's rows. */
  readonly heat?: ArrayLike<number>;
  /** Rectangles with a thin outline, in pixels: the patches that are meant. */
  readonly outlines?: readonly Box[];
}

/** A rectangle of a picture, in pixels from its upper left corner. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface MicrographFigureOptions extends FigureOptions {
  /** Panels beside one another; default: all up to four. */
  columns?: number;
  /** What the colour bar of panels with `heat` measures; `attention`. */
  measure?: string;
}

const GAP = 0.04;
const TINT = 0.45;

/**
 * Micrographs side by side, grey as they are, without their info bars; each has a scale bar in µm, drawn by us from the
 * pixel size, at the bottom right. No bar is drawn where the pixel size is not known.
 * Panels with `heat` have it laid over them, with a colour bar and a switch that shows them grey.
 * @throws RangeError without a panel, or where a mask or heat does not fit.
 */
export function micrographFigure(
  panels: Micrograph | readonly Panel[],
  { columns, measure = 'attention', ...options }: MicrographFigureOptions = {},
): Figure {
  const all = 'grey' in panels ? [{ image: panels }] : panels;
  if (all.length === 0) throw new RangeError('panels must hold at least one micrograph, but is empty');
  const across = Math.min(all.length, columns ?? 4);
  const heights = all.map(({ image }) => (image.height - image.infoBarRows) / image.width);
  const labelled = all.some((panel) => (panel as Panel).label);
  const rowHeight = Math.max(...heights) + GAP + (labelled ? 0.13 : 0);
  const places = all.map(
    (panel, k): Place => ({
      panel,
      x: (k % across) * (1 + GAP),
      y: Math.floor(k / across) * rowHeight + (labelled ? 0.13 : 0),
      height: heights[k],
    }),
  );
  const width = across * (1 + GAP) - GAP;
  const height = Math.ceil(all.length / across) * rowHeight;
  const hot = all.some((panel) => (panel as Panel).heat);
  return themed(
    hot
      ? [...places.map(greyTrace), ...places.map(pictureTrace), heatBar(measure)]
      : places.map(pictureTrace),
    {
      ...{ height: Math.round(Math.min(900, (860 * height) / width)) + 70, hovermode: false },
      xaxis: { visible: false, range: [0, width], constrain: 'domain' },
      yaxis: { visible: false, range: [height, 0], scaleanchor: 'x', scaleratio: 1, constrain: 'domain' },
      shapes: places.flatMap((place) => [...outlinesOf(place), ...scaleBar(place)]),
      annotations: places.flatMap((place) => [...panelLabel(place), ...scaleLabel(place)]),
      margin: { l: 8, r: 8, t: options.title ? (options.caption ? 68 : 46) : 8, b: hot ? 44 : 8 },
      ...(hot ? { showlegend: false, updatemenus: [heatSwitch(places.length)] } : {}),
    } as Figure['layout'],
    options,
  );
}

/** Where a panel stands: its width is 1. */
interface Place {
  readonly panel: Panel;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

function pictureTrace({ panel, x, y }: Place): Figure['data'][number] {
  const { width, height, infoBarRows } = panel.image;
  const rows = height - infoBarRows;
  const step = 1 / width;
  // A pixel is drawn around its middle.
  const start = { x0: x + step / 2, y0: y + step / 2, dx: step, dy: step };
  return {
    type: 'image',
    source: pngUri(width, rows, pixelsOf(panel, rows)),
    ...start,
    hoverinfo: 'skip',
  } as never;
}

const greyTrace = (place: Place): Figure['data'][number] =>
  pictureTrace({ ...place, panel: { image: place.panel.image } });

/** A colour bar without points. */
const heatBar = (measure: string): Figure['data'][number] =>
  ({
    ...{ type: 'scatter', mode: 'markers', x: [null], y: [null], hoverinfo: 'skip' },
    marker: {
      ...{ color: [0], cmin: 0, cmax: 1, colorscale: SEQUENTIAL, showscale: true, opacity: TINT },
      colorbar: {
        ...{ orientation: 'h', thickness: 8, len: 0.45, x: 0, xanchor: 'left', y: -0.01, yanchor: 'top' },
        ...{ outlinewidth: 0, tickvals: [0, 1], ticktext: ['least', `most ${text(measure)}`] },
        tickfont: { size: 11, color: SECONDARY_INK },
      },
    },
  }) as never;

/** Two buttons: the overlays shown, or hidden so that the grey pictures under them are seen. */
function heatSwitch(panels: number): object {
  const over = Array.from({ length: panels }, (_, k) => panels + k);
  const button = (label: string, visible: boolean) => ({
    ...{ method: 'restyle', label, args: [{ visible }, over] },
  });
  return {
    ...{
      type: 'buttons',
      direction: 'right',
      showactive: true,
      x: 1,
      xanchor: 'right',
      y: 0,
      yanchor: 'top',
    },
    ...{ pad: { t: 8 }, font: { size: 11 }, buttons: [button('overlay', true), button('grey', false)] },
  };
}

function outlinesOf({ panel, x, y }: Place): object[] {
  const { width } = panel.image;
  return (panel.outlines ?? []).map((box) => ({
    ...{ type: 'rect', x0: x + box.left / width, x1: x + (box.left + box.width) / width },
    ...{
      y0: y + box.top / width,
      y1: y + (box.top + box.height) / width,
      line: { color: '#D55E00', width: 1 },
    },
  }));
}

function pixelsOf({ image, mask, heat }: Panel, rows: number): Uint8Array {
  const { width, height, grey } = image;
  for (const [name, layer] of Object.entries({ mask, heat }))
    if (layer && layer.length !== width * rows && layer.length !== width * height)
      throw new RangeError(
        `${name} must have ${width * rows} values like the image, but has ${layer.length}`,
      );
  const tint = [1, 3, 5].map((at) => Number.parseInt(CATEGORY_COLOURS[1].slice(at, at + 2), 16));
  const pixels = new Uint8Array(3 * width * rows);
  for (let k = 0; k < width * rows; k++) {
    const value = Math.round(255 * Math.min(1, Math.max(0, grey[k])));
    const over = heat ? colourAt(heat[k]) : mask?.[k] ? tint : undefined;
    for (let c = 0; c < 3; c++) pixels[3 * k + c] = over ? (1 - TINT) * value + TINT * over[c] : value;
  }
  return pixels;
}

/** The sequential scale at a share of it: red, green, blue. */
function colourAt(share: number): number[] {
  const place = Math.min(1, Math.max(0, share)) * (SEQUENTIAL.length - 1);
  const k = Math.min(SEQUENTIAL.length - 2, Math.floor(place));
  const [low, high] = [SEQUENTIAL[k][1], SEQUENTIAL[k + 1][1]];
  return [1, 3, 5].map((at) => {
    const [a, b] = [low, high].map((hex) => Number.parseInt(hex.slice(at, at + 2), 16));
    return a + (place - k) * (b - a);
  });
}

/** A round length of about a quarter of the width: 1, 2 or 5 times a power of ten. */
export function scaleBarLength(micronsAcross: number): number {
  const wish = micronsAcross / 4;
  const power = 10 ** Math.floor(Math.log10(wish));
  const digit = [5, 2, 1].find((one) => one * power <= wish) ?? 1;
  return Number((digit * power).toPrecision(3));
}

function scaleBar({ panel, x, y, height }: Place): object[] {
  const { micronsPerPixel, width } = panel.image;
  if (micronsPerPixel === null) return [];
  const length = scaleBarLength(micronsPerPixel * width) / (micronsPerPixel * width);
  const [right, bottom] = [x + 0.96, y + height - 0.035];
  const bar = { type: 'rect', x0: right - length, x1: right, y0: bottom - 0.018, y1: bottom };
  return [{ ...bar, fillcolor: '#FFFFFF', line: { color: '#000000', width: 0.75 } }];
}

function scaleLabel({ panel, x, y, height }: Place): object[] {
  const { micronsPerPixel, width } = panel.image;
  if (micronsPerPixel === null) return [];
  const across = micronsPerPixel * width;
  const length = scaleBarLength(across);
  return [
    {
      ...{ x: x + 0.96 - length / across / 2, y: y + height - 0.06, xanchor: 'center', yanchor: 'bottom' },
      ...{ text: lengthText(length), showarrow: false, borderpad: 1 },
      ...{ font: { size: 11, color: '#FFFFFF' }, bgcolor: 'rgba(0,0,0,0.55)' },
    },
  ];
}

const lengthText = (microns: number): string =>
  microns < 1
    ? `${Number((microns * 1000).toPrecision(3))} nm`
    : microns < 1000
      ? `${microns} µm`
      : `${microns / 1000} mm`;

const panelLabel = ({ panel, x, y }: Place): object[] =>
  panel.label
    ? [
        {
          x,
          y,
          xanchor: 'left',
          yanchor: 'bottom',
          text: text(panel.label),
          showarrow: false,
          font: { size: 12 },
        },
      ]
    : [];
