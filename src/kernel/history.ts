import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** One cell that was run: session, line, source, and its result as text. */
type Entry = [session: number, line: number, input: string, output: string | null];

export interface HistoryQuery {
  hist_access_type?: 'range' | 'tail' | 'search';
  output?: boolean;
  session?: number;
  start?: number;
  stop?: number;
  n?: number;
  pattern?: string;
  unique?: boolean;
}

/** What was run, kept in a file of one JSON array per line across restarts. */
export interface History {
  add(line: number, input: string, output: string | null): void;
  query(query: HistoryQuery): unknown[];
  close(): void;
}

/** Where the history lives: `nurdle/history.jsonl` in the user's data folder. */
export function historyFile(): string {
  const data = process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  return process.env.NURDLE_HISTORY ?? join(data, 'nurdle', 'history.jsonl');
}

/** @param path - file of the entries; a kernel that may not write there keeps its history in memory. */
export function openHistory(path: string): History {
  // Read when first needed: the start of a kernel does not wait for years of cells.
  let loaded: Entry[] | undefined;
  const entries = () => (loaded ??= readEntries(path));
  let session: number | undefined;
  const currentSession = () => (session ??= Math.max(0, ...entries().map(([number]) => number)) + 1);
  return {
    add: (line, input, output) => {
      const entry: Entry = [currentSession(), line, input, output];
      entries().push(entry);
      append(path, entry);
    },
    query: (query) => format(select(entries(), query, currentSession()), query.output === true),
    close: () => {},
  };
}

function readEntries(path: string): Entry[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').flatMap(parseEntry);
}

/** A line that another kernel was writing when the machine went down is skipped. */
function parseEntry(line: string): Entry[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

function append(path: string, entry: Entry): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, `${JSON.stringify(entry)}\n`);
  } catch {
    // A read-only home: this session still has its history in memory.
  }
}

function select(entries: readonly Entry[], query: HistoryQuery, current: number): Entry[] {
  const { hist_access_type: access = 'tail', n = entries.length } = query;
  if (access === 'range') return range(entries, query, current);
  const found = access === 'search' ? search(entries, query) : [...entries];
  return found.slice(-n);
}

/** Session 0 is this one, -1 the one before. */
function range(
  entries: readonly Entry[],
  { session = 0, start = 1, stop }: HistoryQuery,
  current: number,
): Entry[] {
  const wanted = session > 0 ? session : current + session;
  return entries.filter(
    ([number, line]) =>
      number === wanted && line >= start && (stop === undefined || stop === null || line < stop),
  );
}

/** `*` and `?` as in file names. */
function search(entries: readonly Entry[], { pattern = '*', unique }: HistoryQuery): Entry[] {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(`^${escaped.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
  const found = entries.filter(([, , input]) => expression.test(input));
  if (!unique) return found;
  return found.filter((entry, i) => found.findLastIndex(([, , input]) => input === entry[2]) === i);
}

function format(entries: readonly Entry[], withOutput: boolean): unknown[] {
  return entries.map(([session, line, input, output]) => [
    session,
    line,
    withOutput ? [input, output] : input,
  ]);
}
