#!/usr/bin/env node
import { readFileSync } from 'node:fs';

/** A command takes the words after its name and returns the exit code; it is loaded only when it is called. */
type Command = (args: string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  data: {
    summary: 'list, describe or get data sets',
    load: async () => (await import('./data.js')).dataCommand,
  },
  spectrum: {
    summary: 'say what spectra files hold: FILE… [--json]',
    load: async () => (await import('./spectrum.js')).spectrumCommand,
  },
  qsar: {
    summary: 'run a toxicity comparison, score new particles with it, report it',
    load: async () => (await import('./qsar.js')).qsarCommand,
  },
  ageing: {
    summary: 'train networks for types of ageing, answer for new samples, say why',
    load: async () => (await import('./ageing.js')).ageingCommand,
  },
  image: {
    summary: 'say what micrographs hold: size, scale, instrument, info bar',
    load: async () => (await import('./image.js')).imageCommand,
  },
  kernel: {
    summary: 'install the kernels into another Jupyter, or take them out',
    load: async () => {
      const { kernelCommand } = await import('./kernel.js');
      return async (args) => {
        console.log(kernelCommand(args));
        return 0;
      };
    },
  },
  map: {
    summary: 'call a function of yours over specifications, here or on a cluster',
    load: async () => (await import('./map.js')).mapCommand,
  },
  publish: {
    summary: 'execute notebooks and write a site with figures for print',
    load: async () => (await import('./publish.js')).publishCommand,
  },
  new: {
    summary: 'make a notebook from a template: NAME',
    load: async () => (await import('./notebook.js')).newCommand,
  },
  strip: {
    summary: 'take the outputs out of notebooks: FILE…',
    load: async () => (await import('./notebook.js')).stripCommand,
  },
  runs: {
    summary: 'list runs, say how far they are, resume or cancel them',
    load: async () => (await import('./runs.js')).runsCommand,
  },
  doctor: {
    summary: 'say what is installed and whether the main job can run',
    load: async () => (await import('./doctor.js')).doctorCommand,
  },
};

const version = (): string =>
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')).version;

const usage = (): string =>
  [
    'usage: nurdle COMMAND …',
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`),
  ].join('\n');

async function main([name, ...args]: string[]): Promise<number> {
  if (name === '--version') {
    console.log(version());
    return 0;
  }
  if (name === undefined || name === 'help' || name === '--help') {
    console.log(usage());
    return name === undefined ? 2 : 0;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    console.error(`nurdle has no command "${name}"\n${usage()}`);
    return 2;
  }
  const command = await COMMANDS[name].load();
  try {
    return await command(args);
  } catch (error) {
    console.error((error as Error).message);
    return error instanceof RangeError ? 2 : 1;
  }
}

// Setting the code instead of calling exit lets a pipe take all that was printed.
process.exitCode = await main(process.argv.slice(2));
