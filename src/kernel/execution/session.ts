import type { LanguageBackend } from '../language/backend.js';
import { type Child, startChild } from './child.js';
import type { Frame } from './frames.js';
import type { ErrorReport, Program, Report, Request, RichOutput } from './messages.js';

export interface Outcome {
  result?: RichOutput;
  error?: ErrorReport;
}

export interface SessionOptions {
  script: string;
  root: string;
  backend(): LanguageBackend;
  /** Output, comms and input requests of the child, as they come. */
  onReport(report: Frame<Report>): void;
  log(line: string): void;
}

const PING_MS = 60;
const NATIVE_MS = 10_000;
const EARLY_MS = 500;
const EARLY_DEATHS = 5;

/** The child and what runs in it. When a child dies, what ran fails, and a new child stands ready. */
export class Session {
  private child!: Child;
  private readonly waiting = new Map<number, (outcome: Outcome) => void>();
  private onInterrupted?: () => void;
  private isClosing = false;
  private isHeld = false;
  private startedAt = 0;
  /** How many processes in a row ended right after their start: something is broken, and starting more mends nothing. */
  private early = 0;
  /** The request whose cell runs now: where output without an owner goes. */
  private latest = 0;

  private readonly options: SessionOptions;

  constructor(options: SessionOptions) {
    this.options = options;
    this.start();
  }

  run(request: Request & { t: 'run' }): Promise<Outcome> {
    this.latest = request.id;
    return this.ask(request);
  }

  evaluate(id: number, parentId: string, program: Program): Promise<Outcome> {
    return this.ask({ t: 'evaluate', id, parentId, program });
  }

  deliverComm(request: Frame<Request & { t: 'comm' }>): Promise<Outcome> {
    return this.ask(request);
  }

  send(request: Frame<Request>): void {
    this.child.send(request);
  }

  /** Lets the child wait before it prints more, or go on. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
    this.child.hold(isHeld);
  }

  get pid(): number {
    return this.child.pid;
  }

  /** Ends the cells that run, with all variables kept. */
  async interrupt(): Promise<void> {
    const answered = new Promise<true>((resolve) => (this.onInterrupted = () => resolve(true)));
    this.child.send({ t: 'interrupt' });
    if (await Promise.race([answered, wait(PING_MS)])) return;
    const { child } = this;
    const stopped = await child.terminate(NATIVE_MS).catch((error) => {
      this.options.log(`interrupt failed: ${error.message}`);
      return false;
    });
    if (!stopped && this.waiting.size > 0 && child === this.child)
      this.native('stderr', 'native code runs and cannot be interrupted; restart the kernel to stop it\n');
  }

  /** A fresh child, as for `%reset`: nothing is reported as lost. */
  restart(): void {
    const { child } = this;
    this.start();
    child.kill();
  }

  close(): void {
    this.isClosing = true;
    this.child.kill();
  }

  private ask(request: Frame<Request & { id: number }>): Promise<Outcome> {
    if (this.early >= EARLY_DEATHS) this.start();
    return new Promise((resolve) => {
      this.waiting.set(request.id, resolve);
      this.child.send(request as Frame<Request>);
    });
  }

  private start(): void {
    this.startedAt = Date.now();
    const child = startChild({
      script: this.options.script,
      root: this.options.root,
      onReport: (report) => this.onReport(report),
      onNativeOutput: (name, text) => this.native(name, text),
      onExit: (how) => {
        if (child === this.child && !this.isClosing) this.onExit(how);
      },
    });
    this.child = child;
    child.hold(this.isHeld);
  }

  private native(name: 'stdout' | 'stderr', text: string): void {
    this.options.onReport({ t: 'stream', id: this.latest, name, text });
  }

  private onReport(report: Frame<Report>): void {
    if (report.t === 'interrupted') return this.onInterrupted?.();
    if (report.t !== 'done') return this.options.onReport(report);
    const resolve = this.waiting.get(report.id);
    this.waiting.delete(report.id);
    resolve?.(report);
  }

  private onExit(how: string): void {
    this.options.log(`the execution process ${how}`);
    const error = describeExit(how, this.options.backend().names());
    this.options.backend().reset();
    this.early = Date.now() - this.startedAt < EARLY_MS ? this.early + 1 : 0;
    if (this.early < EARLY_DEATHS) this.start();
    else this.options.log('the execution process ends as soon as it starts; the next cell tries again');
    if (this.waiting.size === 0) this.native('stderr', `${error.evalue}\n`);
    for (const resolve of this.waiting.values()) resolve({ error });
    this.waiting.clear();
  }
}

const wait = (ms: number) => new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined));

/** Says what happened and what the user has to run again. */
function describeExit(how: string, names: readonly string[]): ErrorReport {
  const shown = names.slice(0, 12).join(', ') + (names.length > 12 ? ` and ${names.length - 12} more` : '');
  const lost = names.length > 0 ? `These names are gone: ${shown}.` : 'No names were defined.';
  const evalue = `the execution process ${how}; a new one is ready. ${lost}`;
  return { ename: 'ExecutionEnded', evalue, traceback: [`\u001b[31mExecutionEnded\u001b[0m: ${evalue}`] };
}
