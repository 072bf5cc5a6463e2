import { dirname } from 'node:path';
import type ts from 'typescript';
import { AMBIENT_FILE, AMBIENT_TYPES } from './ambient.js';
import type { CellFile, TypeScript } from './internals.js';

export interface CheckerOptions {
  /** The notebook's folder. */
  directory: string;
  /** The folder whose node_modules serve every notebook. */
  root: string;
  options: ts.CompilerOptions;
}

export const CELL_PREFIX = '/__cell_';
type ResolvedModules = (file: ts.SourceFile, specifier: string, mode: unknown) => unknown;

const CELL = /\/__cell_\d+\.ts$/;

/**
 * One program and one checker for all cells. A cell is bound with the cell before it as its parent, so that names
 * resolve along the chain; only an import not seen before, or a module that changed on disk, makes a new program.
 */
export class CellProgram {
  private readonly files = new Map<string, ts.SourceFile | undefined>();
  private readonly resolutions = new Map<string, ts.ResolvedModuleWithFailedLookupLocations>();
  private readonly seen = new Set<string>();
  private cells: CellFile[] = [];
  private importing: CellFile[] = [];
  private program?: ts.Program;
  private current?: CellFile;
  private count = 0;
  checker!: ts.TypeChecker;

  private readonly ts: TypeScript;
  private setup: CheckerOptions;

  constructor(ts: TypeScript, setup: CheckerOptions) {
    this.ts = ts;
    this.setup = setup;
  }

  get options(): ts.CompilerOptions {
    return this.setup.options;
  }

  /** Parses and binds `code` behind the cells so far. */
  open(code: string): CellFile {
    const { ts } = this;
    const name = `${this.setup.directory}${CELL_PREFIX}${this.count++}.ts`;
    const file = ts.createSourceFile(
      name,
      code,
      { languageVersion: ts.ScriptTarget.ES2022, ...asModule },
      true,
    );
    const cell = file as CellFile;
    this.current = cell;
    const specifiers = importedSpecifiers(ts, code);
    if (!this.program || specifiers.some((specifier) => !this.seen.has(specifier))) this.rebuild();
    for (const specifier of specifiers) this.seen.add(specifier);
    if (!cell.symbol) ts.bindSourceFile(cell, this.options);
    cell.imports ??= [];
    cell.moduleAugmentations ??= [];
    cell.ambientModuleNames ??= [];
    if (this.cells.length > 0) cell.parent = this.cells[this.cells.length - 1];
    return cell;
  }

  diagnose(cell: CellFile): ts.Diagnostic[] {
    if (cell.parseDiagnostics.length > 0) return [...cell.parseDiagnostics];
    const { getDiagnostics } = this.checker as unknown as {
      getDiagnostics(file: ts.SourceFile): ts.Diagnostic[];
    };
    return [...(cell.bindDiagnostics ?? []), ...getDiagnostics(cell)];
  }

  commit(cell: CellFile): void {
    this.cells.push(cell);
    if (importedSpecifiers(this.ts, cell.text).length > 0) this.importing.push(cell);
    if (this.current === cell) this.current = undefined;
  }

  /** What the language service's functions take for a program. */
  asProgram(): ts.Program {
    return Object.assign(this.checkerHost(), { getTypeChecker: () => this.checker });
  }

  /** Local TypeScript modules that the cells import, directly or not. */
  localModules(): ts.SourceFile[] {
    const files = this.program?.getSourceFiles() ?? [];
    return files.filter(
      ({ fileName, isDeclarationFile }) =>
        !isDeclarationFile &&
        /\.tsx?$/.test(fileName) &&
        !CELL.test(fileName) &&
        !/\/node_modules\//.test(fileName),
    );
  }

  /** Reads again the modules named: the next cell sees their new types. */
  invalidate(fileNames: readonly string[]): void {
    for (const name of fileNames) this.files.delete(name);
    this.seen.clear();
    this.resolutions.clear();
  }

  /** Forgets the cells; parsed libraries stay. */
  reset(directory = this.setup.directory): void {
    this.setup = { ...this.setup, directory };
    this.cells = [];
    this.importing = [];
    this.seen.clear();
    this.resolutions.clear();
    this.current = undefined;
  }

  setOption(name: string, value: boolean): void {
    this.setup.options = { ...this.options, [name]: value };
    this.program = undefined;
  }

  private rebuild(): void {
    const { ts, importing, current } = this;
    const cells = [...importing, ...(current ? [current] : [])].map(({ fileName }) => fileName);
    this.program = ts.createProgram({
      rootNames: [AMBIENT_FILE, ...cells],
      options: this.options,
      host: this.host(),
      oldProgram: undefined,
    });
    this.checker = ts.createTypeChecker(this.checkerHost());
  }

  /** The program, except that cells are found which it does not know. */
  private checkerHost(): ts.Program {
    const program = this.program as ts.Program & { getResolvedModule: ResolvedModules };
    const getResolvedModule: ResolvedModules = (file, specifier, mode) =>
      CELL.test(file?.fileName)
        ? this.resolve(specifier, file.fileName)
        : program.getResolvedModule(file, specifier, mode);
    const getSourceFile = (name: string) => this.cell(name) ?? program.getSourceFile(name);
    return Object.assign(Object.create(program), { getSourceFile, getResolvedModule });
  }

  private cell(name: string): CellFile | undefined {
    if (typeof name !== 'string' || !CELL.test(name)) return undefined;
    if (this.current?.fileName === name) return this.current;
    return this.cells.findLast(({ fileName }) => fileName === name);
  }

  private host(): ts.CompilerHost {
    const { ts } = this;
    const host = ts.createCompilerHost(this.options, true);
    const read = host.getSourceFile;
    const exists = host.fileExists;
    // A quarter of the memory of a program is JSDoc: `hoverAt` reads it from the text instead.
    host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
    // Bundled in a snapshot, TypeScript does not know where its libraries are.
    host.getDefaultLibLocation = () => `${this.setup.root}/node_modules/typescript/lib`;
    host.getCurrentDirectory = () => this.setup.directory;
    host.fileExists = (name) => name === AMBIENT_FILE || CELL.test(name) || exists(name);
    host.getSourceFile = (name, ...rest) => {
      if (CELL.test(name)) return this.cell(name);
      if (!this.files.has(name))
        this.files.set(
          name,
          name === AMBIENT_FILE
            ? ts.createSourceFile(name, AMBIENT_TYPES, rest[0], true)
            : read(name, ...rest),
        );
      return this.files.get(name);
    };
    const cache = ts.createModuleResolutionCache(this.setup.directory, (name) => name, this.options);
    host.resolveModuleNameLiterals = (literals, containing, redirected, options) =>
      literals.map(({ text }) =>
        CELL.test(containing)
          ? this.resolve(text, containing)
          : ts.resolveModuleName(text, containing, options, host, cache, redirected),
      );
    return host;
  }

  /** From the notebook's folder first, then from the folder of this package. */
  private resolve(specifier: string, containing: string): ts.ResolvedModuleWithFailedLookupLocations {
    const known = this.resolutions.get(specifier);
    if (known) return known;
    const { ts, options, setup } = this;
    const attempts = [containing, `${setup.root}/notebook.ts`].map((from) =>
      ts.resolveModuleName(specifier, from, options, ts.sys),
    );
    const own = { ...attempts[1], resolvedModule: ownTypes(ts, specifier, setup.root) };
    const found = [...attempts, own].find(({ resolvedModule }) => resolvedModule) ?? attempts[0];
    this.resolutions.set(specifier, found);
    return found;
  }
}

/** Every cell is a module, with or without an import or export. */
const asModule = {
  setExternalModuleIndicator: (file: ts.SourceFile) => {
    (file as CellFile).externalModuleIndicator = true;
  },
};

function importedSpecifiers(ts: TypeScript, code: string): string[] {
  if (!/\b(import|require|export)\b/.test(code)) return [];
  return ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** This package by its own name, where no node_modules folder links to it. */
function ownTypes(ts: TypeScript, specifier: string, root: string): ts.ResolvedModuleFull | undefined {
  const text = ts.sys.readFile(`${root}/package.json`) ?? '{}';
  const { name, types } = JSON.parse(text);
  if (name !== specifier) return undefined;
  const resolvedFileName = ts.sys.resolvePath(`${root}/${types}`);
  return { resolvedFileName, extension: ts.Extension.Dts, isExternalLibraryImport: dirname(root) !== root };
}
