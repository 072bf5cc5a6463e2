import type ts from 'typescript';
import { hasEffects, isLocalModule } from './effects.js';
import type { CellFile, TypeScript } from './internals.js';
import { Library } from './library.js';
import { supersededCells } from './superseded.js';

export interface ProgramOptions {
  /** The notebook's folder. */
  directory: string;
  /** The folder whose node_modules serve every notebook. */
  root: string;
  options: ts.CompilerOptions;
}

/** What a checker learns of a cell lasts as long as the checker, also of one that was only completed. */
const CELLS_A_CHECKER = 500;

/**
 * One checker for all cells. A cell is bound with the cell before it as its parent, so that names resolve along the
 * chain.
 */
export class CellProgram {
  readonly library: Library;
  private cells: CellFile[] = [];
  private current?: CellFile;
  private count = 0;

  private readonly ts: TypeScript;
  private setup: ProgramOptions;

  constructor(ts: TypeScript, setup: ProgramOptions) {
    this.ts = ts;
    this.setup = setup;
    this.library = new Library(ts, { ...setup, cell: (fileName) => this.cell(fileName) });
  }

  get checker(): ts.TypeChecker {
    return this.library.checker;
  }

  /** Parses and binds `code` behind the cells so far. */
  open(code: string): CellFile {
    const { ts } = this;
    const name = `${this.setup.directory}/__cell_${this.count++}.ts`;
    if (this.count % CELLS_A_CHECKER === 0) this.library.renewChecker();
    const languageVersion = ts.ScriptTarget.ES2022;
    const cell = ts.createSourceFile(name, code, { languageVersion, ...asModule }, true) as CellFile;
    this.current = cell;
    this.follow(cell);
    if (hasEffects(ts, cell)) this.library.addRoot(name);
    this.library.settled(() => this.bind(cell));
    return cell;
  }

  diagnose(cell: CellFile): ts.Diagnostic[] {
    if (cell.parseDiagnostics.length > 0) return [...cell.parseDiagnostics];
    const found = this.library.settled(() => {
      const { getDiagnostics } = this.checker as unknown as {
        getDiagnostics(file: ts.SourceFile): ts.Diagnostic[];
      };
      return getDiagnostics(cell);
    });
    return [...(cell.bindDiagnostics ?? []), ...found];
  }

  commit(cell: CellFile): void {
    this.cells.push(cell);
    if (this.current === cell) this.current = undefined;
    this.drop(supersededCells(this.cells));
  }

  private drop(cells: ReadonlySet<CellFile>): void {
    if (cells.size === 0) return;
    this.cells = this.cells.filter((cell) => !cells.has(cell) || hasEffects(this.ts, cell));
    for (const [i, cell] of this.cells.entries()) cell.parent = this.cells[i - 1];
  }

  /** Forgets the cells; parsed libraries stay. */
  reset(directory = this.setup.directory): void {
    this.setup = { ...this.setup, directory };
    this.cells = [];
    this.current = undefined;
    this.library.reset();
  }

  setOption(name: string, value: boolean): void {
    this.setup.options = { ...this.setup.options, [name]: value };
    this.library.setOptions(this.setup.options);
  }

  /** Local modules are compiled even where the checker never asks for them, as behind `require`. */
  private follow(cell: CellFile): void {
    if (!/\b(import|require|export)\b/.test(cell.text)) return;
    for (const { fileName: specifier } of this.ts.preProcessFile(cell.text, true, true).importedFiles) {
      const { resolvedModule } = this.library.resolve(specifier, cell.fileName);
      if (resolvedModule && isLocalModule(resolvedModule.resolvedFileName))
        this.library.addRoot(resolvedModule.resolvedFileName);
    }
  }

  private bind(cell: CellFile): void {
    if (!cell.symbol) this.ts.bindSourceFile(cell, this.setup.options);
    cell.imports ??= [];
    cell.moduleAugmentations ??= [];
    cell.ambientModuleNames ??= [];
    if (this.cells.length > 0) cell.parent = this.cells[this.cells.length - 1];
  }

  private cell(name: string): CellFile | undefined {
    if (this.current?.fileName === name) return this.current;
    return this.cells.findLast(({ fileName }) => fileName === name);
  }
}

/** Every cell is a module, with or without an import or export. */
const asModule = {
  setExternalModuleIndicator: (file: ts.SourceFile) => {
    (file as CellFile).externalModuleIndicator = true;
  },
};
