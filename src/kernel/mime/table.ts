import { inspect } from 'node:util';

const PAGE = 20;

export interface TableContent {
  columns: readonly string[];
  index: readonly string[];
  rows: readonly (readonly unknown[])[];
  caption: string;
  /** Rows of the whole, of which `rows` may be the first part. */
  total: number;
}

/**
 * An HTML table with twenty rows to a page. Without scripts (an untrusted notebook, a mail) the first page
 * stays, and the caption tells how much there is.
 */
export function pagedTable({ columns, index, rows, caption, total }: TableContent): string {
  const head = ['', ...columns].map((name) => `<th>${escapeHtml(name)}</th>`).join('');
  const body = rows.map((row, i) => tableRow(index[i], row));
  const pages = Math.max(1, Math.ceil(body.length / PAGE));
  const first = body.slice(0, PAGE).join('');
  const more = rows.length < total ? `, the first ${rows.length} of them here` : '';
  return [
    `<div class="nurdle-table"><table><thead><tr>${head}</tr></thead><tbody>${first}</tbody></table>`,
    `<p>${caption}${more}</p>`,
    pages > 1 ? pager(body, pages) : '',
    '</div>',
  ].join('');
}

/** The first rows as padded columns of text. */
export function textTable({ columns, index, rows, caption }: TableContent): string {
  const shown = rows.slice(0, PAGE / 2).map((row, i) => [index[i], ...row.map(cellText)]);
  const lines = [['', ...columns], ...shown];
  const widths = lines[0].map((_, j) => Math.max(...lines.map((line) => line[j].length)));
  const text = lines.map((line) => line.map((cell, j) => cell.padStart(widths[j])).join('  '));
  return [...text, ...(rows.length > shown.length ? ['…'] : []), caption].join('\n');
}

function tableRow(label: string, row: readonly unknown[]): string {
  return `<tr><th>${escapeHtml(label)}</th>${row.map((value) => `<td>${escapeHtml(cellText(value))}</td>`).join('')}</tr>`;
}

function cellText(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (typeof value === 'object' && value !== null) return inspect(value, { depth: 1, breakLength: Infinity });
  return String(value);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}

/** Buttons that turn the pages; the rows travel as one JSON text, which a page shows twenty of. */
function pager(body: readonly string[], pages: number): string {
  const rows = JSON.stringify(body).replace(/</g, '\\u003c');
  return `<script>(() => {
const box = document.currentScript.parentElement, rows = ${rows};
let page = 0;
const bar = document.createElement('p');
const turn = (text, step) => {
  const button = bar.appendChild(document.createElement('button'));
  button.textContent = text;
  button.onclick = () => show(Math.min(${pages - 1}, Math.max(0, page + step)));
};
turn('‹', -1);
const label = bar.appendChild(document.createElement('span'));
turn('›', 1);
const show = (next) => {
  page = next;
  box.querySelector('tbody').innerHTML = rows.slice(page * ${PAGE}, (page + 1) * ${PAGE}).join('');
  label.textContent = ' page ' + (page + 1) + ' of ${pages} ';
};
box.append(bar);
show(0);
})();</script>`;
}
