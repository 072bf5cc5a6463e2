/** A cell made ready by a language backend: what the child runs, and what it needs to point at the source. */
export interface Program {
  /** A function expression of (scope, runtime). */
  js: string;
  /** `In[3].ts`: how stack traces call the cell. */
  name: string;
  /** The cell as written. */
  source: string;
  /** From `js` back to `source`; absent where lines and columns agree. */
  map?: SourceTrail;
}

/** The steps by which a position in `js` leads back to the source: source maps, then undone edits. */
export interface SourceTrail {
  /** Source maps (version 3, JSON) that lead from `js` to `lowered`, the one to follow first at the start. */
  maps: readonly string[];
  /** The source with the edits applied, still TypeScript. */
  lowered: string;
  /** Where `lowered` differs from the source: offset and length there, length in the source. */
  edits: readonly [offset: number, length: number, original: number][];
}

/** A local TypeScript module, compiled to CommonJS by the protocol process. */
export interface LocalModule {
  path: string;
  js: string;
  /** Source map (version 3, JSON); tslab makes none. */
  map?: string;
}

/** What a cell shows, by MIME type. */
export type MimeBundle = Record<string, unknown>;

export interface RichOutput {
  data: MimeBundle;
  metadata?: object;
}

/** An error as Jupyter reports it. */
export interface ErrorReport {
  ename: string;
  evalue: string;
  traceback: string[];
}

/** From the protocol process to the execution child. */
export type Request =
  | { t: 'run'; id: number; parentId: string; program: Program; allowStdin: boolean; silent: boolean }
  | { t: 'evaluate'; id: number; parentId: string; program: Program }
  | { t: 'comm'; id: number; parentId: string; type: string; content: CommContent; metadata: object }
  | { t: 'interrupt' }
  | { t: 'input'; value: string }
  | { t: 'preload'; specifiers: string[] }
  | { t: 'modules'; modules: LocalModule[] };

export interface CommContent {
  comm_id: string;
  target_name?: string;
  data: Record<string, unknown>;
}

/** From the execution child to the protocol process; `id` names the request whose code caused it. */
export type Report =
  | { t: 'ready' }
  | { t: 'stream'; id: number; name: 'stdout' | 'stderr'; text: string }
  | { t: 'display'; id: number; output: RichOutput; displayId?: string; update?: boolean }
  | { t: 'clear'; id: number; wait: boolean }
  | { t: 'comm'; id: number; type: string; content: CommContent; metadata: object }
  | { t: 'input'; id: number; prompt: string; password: boolean }
  | { t: 'page'; id: number; data: MimeBundle }
  | { t: 'interrupted' }
  | { t: 'done'; id: number; result?: RichOutput; error?: ErrorReport };
