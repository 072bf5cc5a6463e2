import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { crc32 } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import type { PlotlyFigure } from './notebook.js';
import { forPrint, onDark, PIXELS_PER_MM, WIDTHS_MM } from './print.js';

/** Said where pictures are left out. */
export const NO_CHROMIUM =
  'Pictures are left out: there is no Chromium here. Install chromium (or Google Chrome), or name its program in NURDLE_CHROMIUM, and publish again.';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The program of Chromium, or undefined where there is none. */
export function chromiumProgram(): string | undefined {
  const named = process.env['NURDLE_CHROMIUM'];
  return (named === undefined ? PLACES : [named]).find((path) => existsSync(path));
}

/** Draws figures; one browser for all of them. */
export interface Pictures {
  /** Every file of one figure, by the end of its name: `90.svg`, `90.pdf`, `90.png`, …, `light.png`, `dark.png`. */
  draw(figure: PlotlyFigure): Promise<Map<string, Uint8Array>>;
  /** A whole page as PDF. */
  print(url: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Nothing of Chromium's own asks the network for anything. */
const FLAGS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Starts Chromium without network; undefined where there is none. */
export async function startPictures(): Promise<Pictures | undefined> {
  const executablePath = chromiumProgram();
  if (!executablePath) return undefined;
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath,
    args: FLAGS,
    handleSIGINT: false,
  });
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  await page.setContent('<body style="margin:0"></body>');
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('plotly.js-dist-min') });
  const paper = await context.newPage();
  return {
    draw: (figure) => draw(page, paper, figure),
    print: (url) => printPage(browser, url),
    close: () => browser.close(),
  };
}

async function draw(page: Page, paper: Page, figure: PlotlyFigure): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const millimetres of WIDTHS_MM) {
    const print = forPrint(figure, millimetres);
    const { width, height } = print.layout;
    const svg = inMillimetres(
      decodeURIComponent(afterComma(await image(page, print, 'svg', 1))),
      width,
      height,
    );
    files.set(`${millimetres}.svg`, Buffer.from(svg));
    files.set(`${millimetres}.pdf`, await pdf(paper, svg, millimetres, height / PIXELS_PER_MM));
    const png = Buffer.from(afterComma(await image(page, print, 'png', 300 / 96)), 'base64');
    files.set(`${millimetres}.png`, withResolution(png, 300));
  }
  for (const [name, shown] of [
    ['light', figure],
    ['dark', onDark(figure)],
  ] as const) {
    const size = { ...shown, layout: { ...shown.layout, width: 640, height: 400 } };
    files.set(`${name}.png`, Buffer.from(afterComma(await image(page, size, 'png', 1)), 'base64'));
  }
  return files;
}

const afterComma = (uri: string): string => uri.slice(uri.indexOf(',') + 1);

function image(page: Page, figure: object, format: 'svg' | 'png', scale: number): Promise<string> {
  const call = `(({ figure, format, scale }) => Plotly.toImage(figure,
    { format, scale, width: figure.layout.width, height: figure.layout.height }))`;
  return page.evaluate(`${call}(${JSON.stringify({ figure, format, scale })})`);
}

/** Plotly's picture with its size on paper. */
function inMillimetres(svg: string, width: number, height: number): string {
  const size = `width="${round(width / PIXELS_PER_MM)}mm" height="${round(height / PIXELS_PER_MM)}mm" viewBox="0 0 ${round(width)} ${round(height)}"`;
  return svg.replace(/<svg\b[^>]*>/, (tag) =>
    tag.replace(/\s(width|height|viewBox)="[^"]*"/g, '').replace('<svg', `<svg ${size}`),
  );
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

async function pdf(page: Page, svg: string, width: number, height: number): Promise<Uint8Array> {
  const style = `@page { size: ${width}mm ${round(height)}mm; margin: 0 } body { margin: 0 } svg { display: block }`;
  await page.setContent(`<!doctype html><style>${style}</style>${svg}`);
  return page.pdf({ preferCSSPageSize: true, printBackground: true, pageRanges: '1' });
}

async function printPage(browser: Browser, url: string): Promise<Uint8Array> {
  const context = await browser.newContext({
    offline: true,
    colorScheme: 'light',
    viewport: { width: 794, height: 1123 },
  });
  try {
    const page = await context.newPage();
    await page.goto(url, { waitUntil: 'load' });
    return await page.pdf({ format: 'A4', printBackground: true, margin: { top: '15mm', bottom: '15mm' } });
  } finally {
    await context.close();
  }
}

/** A PNG file that says how many dots an inch it has. */
function withResolution(png: Buffer, dotsPerInch: number): Buffer {
  const chunk = Buffer.alloc(21);
  chunk.writeUInt32BE(9, 0);
  chunk.write('pHYs', 4, 'latin1');
  const perMetre = Math.round(dotsPerInch / 0.0254);
  chunk.writeUInt32BE(perMetre, 8);
  chunk.writeUInt32BE(perMetre, 12);
  chunk[16] = 1;
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 17)), 17);
  const headerEnd = 33;
  return Buffer.concat([png.subarray(0, headerEnd), chunk, png.subarray(headerEnd)]);
}
