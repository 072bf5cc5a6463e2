import type { LocalModule, Program } from '../execution/messages.js';

/** A complaint of the compiler, with the lines of the cell it is about. */
export interface Diagnostic {
  kind: 'syntax' | 'type';
  code: number;
  message: string;
  /** From 1. */
  line: number;
  column: number;
  /** Characters that are underlined. */
  length: number;
}

export interface Conversion {
  diagnostics: Diagnostic[];
  /** Absent when syntax errors leave nothing to run. */
  program?: Program;
  /** Local modules that the cell imports and that changed since they were last sent. */
  modules?: LocalModule[];
  /** Makes the cell's declarations visible to later cells; called once the cell has run. */
  commit(): void;
}

export interface Completion {
  text: string;
  /** `function`, `property`, `module` …: what Jupyter shows as the icon. */
  type: string;
  signature?: string;
}

export interface Completions {
  /** Offsets into the code, in UTF-16 units, of what a match replaces. */
  start: number;
  end: number;
  matches: Completion[];
}

export interface Hover {
  /** The declaration, such as `const x: number`. */
  signature: string;
  /** JSDoc, as markdown. */
  documentation: string;
}

export type Completeness = { status: 'complete' | 'invalid' } | { status: 'incomplete'; indent: string };

/** One way to understand cells: mainline TypeScript with a persistent checker, or tslab's converter. */
export interface LanguageBackend {
  readonly name: string;
  /** Version of TypeScript. */
  readonly version: string;
  convert(code: string, name: string): Conversion;
  /** A conversion of one expression whose declarations nobody keeps. */
  convertExpression(code: string, name: string): Conversion;
  complete(code: string, offset: number): Completions;
  inspect(code: string, offset: number): Hover | undefined;
  isComplete(code: string): Completeness;
  /** Names that cells declared, in order: what a user loses when the execution child dies. */
  names(): string[];
  /** Forgets every cell. */
  reset(): void;
  /** Turns a compiler option such as `strict` on or off. */
  setOption(name: string, value: boolean): void;
  close(): void;
}
