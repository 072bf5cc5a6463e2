import { escapeHtml } from './files.js';
import { DARK } from './print.js';

/** What the index tells of one notebook. */
export interface Entry {
  readonly name: string;
  readonly title: string;
  readonly figures: number;
  readonly pictures: boolean;
  /** The failure of the latest run; the page is then the last good one, if there is one. */
  readonly failure?: string;
  readonly hasPage: boolean;
}

const STYLE = `:root{color-scheme:light dark;--ground:#fff;--ink:#1F2328;--second:#57606A;--line:#E3E6EA}
@media(prefers-color-scheme:dark){:root{--ground:#111418;--ink:#E6EAEF;--second:#9AA4AF;--line:#2A3138}}
body{margin:0 auto;max-width:1080px;padding:24px;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
a{color:inherit}h1{font-size:24px}small,p.note{color:var(--second)}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(300px,100%),1fr));gap:24px;padding:0;list-style:none}
.grid li{border-top:1px solid var(--line);padding-top:12px}.grid img{width:100%;aspect-ratio:8/5;object-fit:contain;display:block}
.failed{color:#B2182B}@media(prefers-color-scheme:dark){.failed{color:#FF9A9A}}
h2{font-size:16px;margin:8px 0}pre{white-space:pre-wrap;overflow-wrap:anywhere}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title><style>${STYLE}</style><body>${body}</body></html>\n`;

/** The index: one picture and one title a notebook. */
export function indexPage(title: string, entries: readonly Entry[], notes: readonly string[]): string {
  const items = entries.map((entry) => {
    const href = escapeHtml(encodeURI(`${entry.name}.html`));
    const picture = (theme: string) => escapeHtml(encodeURI(`figures/${entry.name}/1-${theme}.png`));
    const image =
      entry.pictures && entry.figures > 0
        ? `<picture><source srcset="${picture('dark')}" media="(prefers-color-scheme:dark)"><img src="${picture('light')}" alt="First figure of ${escapeHtml(entry.title)}"></picture>`
        : '';
    const heading = entry.hasPage
      ? `<a href="${href}">${escapeHtml(entry.title)}</a>`
      : escapeHtml(entry.title);
    return `<li>${image}<h2>${heading}</h2>${figureLinks(entry)}${
      entry.failure ? `<p class="failed">${escapeHtml(entry.failure)}</p>` : ''
    }</li>`;
  });
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1>${notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('')}
<ul class="grid">${items.join('')}</ul><p><a href="cards.html">Data and model cards</a> · <a href="provenance.json">provenance</a> · <a href="CITATION.cff">how to cite</a></p>`,
  );
}

function figureLinks({ name, figures, pictures }: Entry): string {
  if (!pictures) return '';
  const one = (k: number) =>
    `Figure ${k}: ${['svg', 'pdf', 'png'].map((kind) => [90, 140, 190].map((mm) => `<a href="${escapeHtml(encodeURI(`figures/${name}/${k}-${mm}.${kind}`))}">${kind} ${mm} mm</a>`).join(', ')).join(', ')}`;
  const lines = Array.from({ length: figures }, (_, k) => `<li>${one(k + 1)}</li>`).join('');
  return figures
    ? `<details><summary><small>${figures} ${figures === 1 ? 'figure' : 'figures'} for print</small></summary><small><ul>${lines}</ul></small></details>`
    : '';
}

/** Cards of data and models, as text. */
export const cardsPage = (cards: readonly { title: string; text: string }[]): string =>
  page(
    'Data and model cards',
    `<p><a href="index.html">Index</a></p><h1>Data and model cards</h1>${cards
      .map(({ title, text }) => `<h2>${escapeHtml(title)}</h2><pre>${escapeHtml(text)}</pre>`)
      .join('')}`,
  );

/** Follows the reader's light or dark theme: the notebook's colours by style sheet, plotly's by its theme's tokens. */
export function withThemes(html: string): string {
  const style = `<style>@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;
--jp-layout-color0:#111418;--jp-layout-color1:#111418;--jp-layout-color2:#1B2026;--jp-layout-color3:#2A3138;
--jp-content-font-color0:#fff;--jp-content-font-color1:#E6EAEF;--jp-content-font-color2:#9AA4AF;--jp-content-font-color3:#9AA4AF;
--jp-ui-font-color0:#fff;--jp-ui-font-color1:#E6EAEF;--jp-ui-font-color2:#9AA4AF;--jp-ui-font-color3:#9AA4AF;
--jp-cell-editor-background:#1B2026;--jp-cell-editor-border-color:#2A3138;--jp-border-color1:#2A3138;--jp-border-color2:#2A3138;
--jp-rendermime-table-row-background:#1B2026;--jp-rendermime-error-background:#3A1A1A;--jp-input-background:#1B2026;
--jp-mirror-editor-keyword-color:#7EC699;--jp-mirror-editor-string-color:#FF9A9A;--jp-mirror-editor-number-color:#9CDCFE;
--jp-mirror-editor-operator-color:#D7A8FF;--jp-mirror-editor-comment-color:#9AA4AF;--jp-mirror-editor-variable-color:#E6EAEF;--jp-mirror-editor-punctuation-color:#9AA4AF}
body{background:#111418}}</style>`;
  const script = `<script>addEventListener('DOMContentLoaded',()=>{
const dark=matchMedia('(prefers-color-scheme:dark)'),tokens=${JSON.stringify(DARK)};
const plots=[...document.querySelectorAll('.jp-RenderedPlotly > div:first-child')];
const light=new Map(plots.map((plot)=>[plot,JSON.stringify(plot.layout??{})]));
const show=()=>{for(const plot of plots){if(!plot.data)continue;const layout=light.get(plot);
const drawn=JSON.parse(dark.matches?layout.replace(/#[0-9A-F]{6}\\b/g,(c)=>tokens[c]??c):layout);
if(dark.matches){drawn.paper_bgcolor??='#111418';drawn.plot_bgcolor??='#111418';drawn.font={color:'#E6EAEF',...drawn.font};}
Plotly.react(plot,plot.data,drawn,{responsive:true});}};
if(dark.matches)show();dark.addEventListener('change',show);});</script>`;
  // A function, so that "$&" in the text is no pattern; the last </head> may lie in a cell, the first does not.
  return html.replace('</head>', () => `${style}${script}</head>`);
}
