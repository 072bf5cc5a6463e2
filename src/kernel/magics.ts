import { spawn } from 'node:child_process';
import type { CellOutcome } from './cell.js';
import type { Kernel } from './kernel.js';

interface MagicContext {
  kernel: Kernel;
  id: number;
  /** Runs TypeScript as the cell's code. */
  run(source: string): Promise<CellOutcome>;
  print(text: string, name?: string): void;
}

type Magic = (argument: string, body: string, context: MagicContext) => Promise<CellOutcome>;

/** Line magics begin with `%`, cell magics with `%%`; `!` runs a command. */
const lineMagics: Record<string, Magic> = {
  time: (code, _body, context) => time(code, context),
  who: async (_argument, _body, { kernel, print }) => {
    print(`${kernel.backend().names().join('  ') || 'nothing is defined'}\n`);
    return {};
  },
  reset: async (_argument, _body, { kernel }) => {
    kernel.session.restart();
    kernel.backend().reset();
    return {};
  },
  strict: async (argument, _body, { kernel, print }) => {
    kernel.backend().setOption('strict', argument !== 'off');
    print(`strict type checks are ${argument === 'off' ? 'off' : 'on'}\n`);
    return {};
  },
  typeErrors: async (argument, _body, { kernel, print }) => {
    if (kernel.backend().name === 'tslab' && argument !== 'refuse')
      return failure('the tslab kernel refuses every type error; use the kernel "TypeScript (nurdle)"');
    if (argument !== 'refuse' && argument !== 'warn' && argument !== 'ignore')
      return failure(`%typeErrors must be refuse, warn or ignore, but is ${argument || 'missing'}`);
    kernel.executor.typeErrors = argument;
    print(`type errors: ${argument}\n`);
    return {};
  },
};

const cellMagics: Record<string, Magic> = {
  time: (_argument, body, context) => time(body, context),
  bash: (_argument, body, context) => shell(body, context),
  sh: (_argument, body, context) => shell(body, context),
};

/**
 * Runs the magics that stand at the start of a cell, then the rest as TypeScript. A `%` further down is the
 * remainder operator, and none of a magic's business.
 */
export async function runMagics(code: string, context: MagicContext): Promise<CellOutcome> {
  const [, sigil, name = '', argument, rest] =
    /^\s*(%%|%|!)\s*([\w.]*)([^\n]*)\n?([\s\S]*)$/.exec(code) ?? [];
  if (!sigil) return context.run(code);
  if (sigil === '!') return thenRun(await shell(`${name}${argument}`, context), rest, context);
  const magic = (sigil === '%%' ? cellMagics : lineMagics)[name];
  if (!magic) return failure(unknownMagic(sigil, name));
  const outcome = await magic(argument.trim(), rest, context).catch(({ message }) => failure(message));
  return sigil === '%%' ? outcome : thenRun(outcome, rest, context);
}

/** Blank lines keep the rest of the cell on its lines. */
async function thenRun(outcome: CellOutcome, rest: string, context: MagicContext): Promise<CellOutcome> {
  return outcome.error || rest.trim() === '' ? outcome : runMagics(`\n${rest}`, context);
}

function unknownMagic(sigil: string, name: string): string {
  const known = Object.keys(sigil === '%%' ? cellMagics : lineMagics).map((magic) => sigil + magic);
  return `unknown magic ${sigil}${name}; known are ${known.join(', ')} and !command`;
}

function failure(evalue: string): CellOutcome {
  return { error: { ename: 'MagicError', evalue, traceback: [`\u001b[31mMagicError\u001b[0m: ${evalue}`] } };
}

async function time(code: string, { run, print }: MagicContext): Promise<CellOutcome> {
  const start = performance.now();
  const outcome = await run(code);
  print(`Wall time: ${formatDuration(performance.now() - start)}\n`);
  return outcome;
}

function formatDuration(ms: number): string {
  return ms < 1000 ? `${ms.toPrecision(3)} ms` : `${(ms / 1000).toPrecision(3)} s`;
}

/** The command's output is the cell's; an interrupt ends the command. */
function shell(command: string, { print }: MagicContext): Promise<CellOutcome> {
  const child = spawn('bash', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.on('data', (chunk) => print(String(chunk)));
  child.stderr.on('data', (chunk) => print(String(chunk), 'stderr'));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(failure(`could not start bash: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve({});
      else resolve(failure(`command ${signal ? `was ended by ${signal}` : `failed with exit code ${code}`}`));
    });
  });
}
