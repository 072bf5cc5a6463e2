import { type ChildProcess, spawn } from 'node:child_process';
import { type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { encodeFrame, type Frame, framesInto } from './frames.js';
import type { Report, Request } from './messages.js';
import { terminate } from './terminate.js';

export interface ChildOptions {
  /** The compiled `child/main`. */
  script: string;
  /** The folder of this package. */
  root: string;
  onReport(report: Frame<Report>): void;
  /** What native code and subprocesses write past Node's streams. */
  onNativeOutput(name: 'stdout' | 'stderr', text: string): void;
  /** Called once, after the last report. */
  onExit(how: string): void;
}

/** The execution child: a plain Node process that runs the user's code. */
export interface Child {
  readonly pid: number;
  send(request: Frame<Request>): void;
  /** Stops reading what the child reports, or goes on: a child whose reports are not read waits. */
  hold(isHeld: boolean): void;
  /** Stops code that holds the event loop; false when only a kill would. */
  terminate(patience: number): Promise<boolean>;
  kill(): void;
}

/** The inspector stays closed until an interrupt needs it, and then listens on loopback only. */
const NODE_FLAGS = ['--inspect-port=127.0.0.1:0', '--disable-warning=ExperimentalWarning'];

const PRELOADS = ['tensorflow-preload.cjs', 'danfo-preload.cjs'];

const INSPECTOR =
  /^(Debugger listening on (ws:\S+)|For help, see: \S*inspector\S*|Debugger ending on \S+|Debugger attached\.|Waiting for the debugger to disconnect\.\.\.)\n?/gm;

/** What Google's logging library says before TensorFlow can tell it to be quiet. */
const ABSL_NOTES = /^(WARNING: All log messages before absl::InitializeLog\(\).*|I\d{4} .*\.cc:\d+\].*)\n?/gm;

export function startChild({ script, root, onReport, onNativeOutput, onExit }: ChildOptions): Child {
  const { NURDLE_NODE_OPTIONS = '', ...env } = process.env;
  const preloads = PRELOADS.flatMap((name) => ['--require', join(root, 'dist/src/numeric', name)]);
  const child = spawn(process.execPath, [...NODE_FLAGS, ...preloads, script, root], {
    // Jupyter replaces ${NODE_OPTIONS} only where the variable exists.
    env: {
      // TensorFlow's notes on the processor are no output of a cell.
      TF_CPP_MIN_LOG_LEVEL: '2',
      ...env,
      NODE_OPTIONS: NURDLE_NODE_OPTIONS.startsWith('${') ? '' : NURDLE_NODE_OPTIONS,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  });
  const reports = readInto(child.stdio[3] as Socket, framesInto(onReport));
  const requests = child.stdio[4] as Writable;
  const inspector = inspectorAddress();
  for (const stream of [reports, requests]) stream.on('error', () => {});
  child.stdout!.on('data', (chunk) => onNativeOutput('stdout', String(chunk)));
  child.stderr!.on('data', (chunk) => {
    const text = String(chunk)
      .replace(INSPECTOR, (_all, _line, url) => {
        if (url) inspector.found(url);
        return '';
      })
      .replace(ABSL_NOTES, '');
    if (text) onNativeOutput('stderr', text);
  });
  onceGone(child, reports, onExit);
  return {
    pid: child.pid!,
    send: (request) => {
      for (const piece of encodeFrame(request)) requests.write(piece);
    },
    hold: (isHeld) => void (isHeld ? reports.pause() : reports.resume()),
    terminate: (patience) => terminate(child.pid!, inspector.address, patience),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Node makes a child's pipes itself and cannot be told to read them into a buffer of ours: the same pipe, opened anew. */
function readInto(pipe: Socket, onread: OnReadOpts): Socket {
  const owner = pipe as unknown as { _handle: object | null };
  const handle = owner._handle;
  owner._handle = null;
  const reading = new Socket({ handle, readable: true, writable: false, onread } as SocketConstructorOpts);
  reading.resume();
  return reading;
}

/** The inspector's address stays the same once it is open: it is printed only the first time. */
function inspectorAddress() {
  let found: (url: string) => void = () => {};
  const address = new Promise<string>((resolve) => (found = resolve));
  return { found: (url: string) => found(url), address: () => address };
}

/** Reports that were written before the end are read first; a grandchild may keep the pipe open for ever. */
function onceGone(child: ChildProcess, reports: Socket, onExit: (how: string) => void): void {
  child.once('error', (error) => onExit(error.message));
  child.once('exit', (code, signal) => {
    const how = signal ? `was ended by ${signal}` : `exited with code ${code}`;
    let told = false;
    const tell = () => {
      if (!told) onExit(how);
      told = true;
    };
    let seen = -1;
    const giveUp = () => {
      if (reports.bytesRead === seen && !reports.isPaused()) return tell();
      seen = reports.bytesRead;
      setTimeout(giveUp, 100);
    };
    reports.once('end', tell);
    giveUp();
  });
}
