import type ts from 'typescript';
import { AMBIENT_FILE, AMBIENT_TYPES } from '../ambient.js';
import { CELL, hasEffects, isForEffect, isLocalModule } from './effects.js';
import type { CellFile, TypeScript } from './internals.js';
import { createNodeTypes, type NodeTypes } from './node-types.js';
import { createResolver, type Resolver } from './resolver.js';

export interface LibraryOptions {
  /** The folder whose node_modules serve every notebook. */
  root: string;
  options: ts.CompilerOptions;
  /** The cells by file name: the checker's host finds them too. */
  cell(fileName: string): CellFile | undefined;
}

/**
 * The files that cells import, and what those import, each parsed when the checker first asks for it: a package of a
 * thousand declaration files costs what a notebook uses of it. Files that change the global scope or another module
 * belong to a program, which is made anew, with its checker, when one of them turns up.
 */
export class Library {
  checker!: ts.TypeChecker;
  /** What the checker takes for its program. */
  host!: ts.Program;
  private readonly files = new Map<string, ts.SourceFile | undefined>();
  private readonly roots = new Set<string>([AMBIENT_FILE]);
  private isStale = true;

  private readonly ts: TypeScript;
  private readonly setup: LibraryOptions;
  private resolver: Resolver;
  private readonly nodeTypes: NodeTypes;

  constructor(ts: TypeScript, setup: LibraryOptions) {
    this.ts = ts;
    this.setup = setup;
    this.resolver = createResolver(ts, setup.options, setup.root);
    this.nodeTypes = createNodeTypes(`${setup.root}/node_modules/@types/node/`, ts.sys.readFile);
  }

  /** `f` under a checker that has seen every file that `f` turns out to need. */
  settled<T>(f: () => T): T {
    for (;;) {
      if (this.isStale) this.rebuild();
      const value = f();
      if (!this.isStale) return value;
    }
  }

  /** Takes a file into the program: one that has effects, or that has to be compiled whatever the checker asks. */
  addRoot(fileName: string): void {
    if (this.roots.has(fileName)) return;
    this.roots.add(fileName);
    this.isStale = true;
  }

  /** The file that an import of `from` means. */
  resolve(specifier: string, from: string): ts.ResolvedModuleWithFailedLookupLocations {
    return CELL.test(from)
      ? this.resolver.fromCell(specifier, from)
      : this.resolver.fromFile(specifier, from);
  }

  /** Local TypeScript modules that the cells import, directly or not. */
  localModules(): ts.SourceFile[] {
    return this.settled(() => this.host.getSourceFiles().filter(({ fileName }) => isLocalModule(fileName)));
  }

  /** Reads the files named again, or none: the next check looks at the disk anew. */
  invalidate(fileNames: readonly string[] = []): void {
    for (const name of fileNames) this.files.delete(name);
    this.resolver.clear();
    this.isStale = true;
  }

  /** Forgets the roots as well; parsed libraries stay. */
  reset(): void {
    this.roots.clear();
    this.roots.add(AMBIENT_FILE);
    this.invalidate();
  }

  setOptions(options: ts.CompilerOptions): void {
    this.setup.options = options;
    this.resolver = createResolver(this.ts, options, this.setup.root);
    this.isStale = true;
  }

  /** A checker that has seen nothing yet, over the same files. */
  renewChecker(): void {
    this.checker = this.ts.createTypeChecker(this.host);
  }

  private rebuild(): void {
    const { ts, roots, setup } = this;
    this.isStale = false;
    // A file that was loaded alone before it became a root has yet to tell the program what it imports.
    for (const name of roots) Object.assign(this.files.get(name) ?? {}, { imports: undefined });
    const program = ts.createProgram([...roots], setup.options, this.compilerHost());
    this.host = Object.assign(Object.create(program), {
      getSourceFile: (name: string) => this.cell(name) ?? program.getSourceFile(name) ?? this.load(name),
      getResolvedModule: (file: ts.SourceFile, specifier: string) =>
        this.claim(specifier) ? undefined : this.resolve(specifier, file.fileName),
    });
    Object.assign(this.host, { getTypeChecker: () => this.checker });
    this.renewChecker();
  }

  private cell(name: string): CellFile | undefined {
    return CELL.test(name) ? this.setup.cell(name) : undefined;
  }

  /** Whether `specifier` is a module of Node whose typings waited until now. */
  private claim(specifier: string): boolean {
    const claimed = this.nodeTypes.claim(specifier);
    for (const file of claimed) this.files.delete(file);
    this.isStale ||= claimed.length > 0;
    return claimed.length > 0;
  }

  /** A file that the checker asks for, bound; one with effects makes the program anew afterwards. */
  private load(name: string): ts.SourceFile | undefined {
    if (!/\.([cm]?tsx?|json)$/.test(name)) return undefined;
    const file = this.read(name, this.setup.options.target!);
    if (!file) return undefined;
    if (isLocalModule(name) || hasEffects(this.ts, file)) this.addRoot(name);
    bindAlone(this.ts, file, this.setup.options);
    return file;
  }

  private read(
    name: string,
    version: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined {
    if (!this.files.has(name)) this.files.set(name, this.parse(name, version));
    return this.files.get(name);
  }

  private parse(
    name: string,
    version: ts.ScriptTarget | ts.CreateSourceFileOptions,
  ): ts.SourceFile | undefined {
    const { ts } = this;
    const text = name === AMBIENT_FILE ? AMBIENT_TYPES : ts.sys.readFile(name);
    if (text === undefined) return undefined;
    const languageVersion = typeof version === 'object' ? version.languageVersion : version;
    // A quarter of the memory of a program is JSDoc: `hoverAt` reads it from the text instead.
    const options = { languageVersion, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
    return ts.createSourceFile(name, this.nodeTypes.defers(name, text) ? '' : text, options, true);
  }

  /** Follows imports from local modules to local modules, which all have to be compiled, and imports for effect. */
  private compilerHost(): ts.CompilerHost {
    const { ts, setup } = this;
    const host = ts.createCompilerHost(setup.options, true);
    const exists = host.fileExists;
    host.getModuleResolutionCache = () => this.resolver.cache();
    // Bundled in a snapshot, TypeScript does not know where its libraries are.
    host.getDefaultLibLocation = () => `${setup.root}/node_modules/typescript/lib`;
    host.getCurrentDirectory = () => setup.root;
    host.fileExists = (name) => name === AMBIENT_FILE || CELL.test(name) || exists(name);
    host.getSourceFile = (name, version) => (CELL.test(name) ? this.cell(name) : this.read(name, version));
    host.resolveModuleNameLiterals = (literals, containing) =>
      literals.map((literal) => {
        const found = this.resolve(literal.text, containing);
        const isLocal = isLocalModule(found.resolvedModule?.resolvedFileName ?? '');
        return isLocal || isForEffect(ts, literal.parent) ? found : { resolvedModule: undefined };
      });
    return host;
  }
}

/** What a program would do for a file that has nothing to say to it. */
function bindAlone(ts: TypeScript, file: ts.SourceFile, options: ts.CompilerOptions): void {
  const bare = file as CellFile;
  if (bare.symbol) return;
  bare.imports = [];
  bare.moduleAugmentations = [];
  bare.ambientModuleNames = [];
  ts.bindSourceFile(bare, options);
}
