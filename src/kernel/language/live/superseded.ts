import type { CellFile } from './internals.js';

/**
 * The cells that no name leads to any more: each name that one declares is declared again by `latest`, and no cell in
 * between mentions it. A cell run a thousand times is kept once.
 * @param cells - in order, `latest` being the last.
 */
export function supersededCells(cells: readonly CellFile[]): Set<CellFile> {
  const latest = cells[cells.length - 1];
  const found = new Set<CellFile>();
  const mentioned = new Set<string>();
  for (const cell of cells.slice(0, -1).reverse()) {
    const names = [...(cell.locals?.keys() ?? [])];
    if (names.every((name) => latest.locals?.has(name) && !mentioned.has(name))) found.add(cell);
    else for (const name of cell.identifiers.keys()) mentioned.add(name);
  }
  return found;
}
