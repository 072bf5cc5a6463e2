import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Programs that publish: the project's Python with Jupyter, and the environment that finds our kernel. */
export interface Jupyter {
  readonly python: string;
  readonly env: NodeJS.ProcessEnv;
}

// Stops with us: when we die, standard input ends, and an interrupt lets nbclient shut its kernel down.
const EXECUTE = `
import os, signal, sys, threading
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
source, target, folder = sys.argv[1:]
threading.Thread(target=lambda: (sys.stdin.read(), os.kill(os.getpid(), signal.SIGINT)), daemon=True).start()
notebook = nbformat.read(source, 4)
for cell in notebook.cells:
    if cell.cell_type == 'code':
        cell.outputs, cell.execution_count = [], None
client = NotebookClient(notebook, timeout=None, kernel_name='nurdle', resources={'metadata': {'path': folder}})
try:
    client.execute()
except CellExecutionError:
    pass
nbformat.write(notebook, target)
os._exit(0)
`;

/** Executes a notebook on a kernel of its own, in its own folder, up to the first cell that fails. */
export const execute = (
  notebook: string,
  target: string,
  jupyter: Jupyter,
  signal?: AbortSignal,
): Promise<void> => python(['-c', EXECUTE, notebook, target, dirname(notebook)], jupyter, signal);

/** One page that needs no network, from an executed notebook. */
export async function pageOf(
  notebook: string,
  folder: string,
  jupyter: Jupyter,
  signal?: AbortSignal,
): Promise<string> {
  const options = ['--to', 'html', '--template', 'nurdle', '--output', 'page', '--output-dir', folder];
  await python(['-m', 'nbconvert', ...options, notebook], jupyter, signal);
  return readFileSync(`${folder}/page.html`, 'utf8');
}

function python(args: string[], { python: program, env }: Jupyter, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = (said + chunk).slice(-4000);
    });
    const stop = () => child.stdin.end();
    signal?.addEventListener('abort', stop, { once: true });
    child.on('error', (error) =>
      reject(new Error(`${program} could not be started: ${error.message}; run npm run setup`)),
    );
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(signal.reason);
      else if (code === 0) resolve();
      else reject(new Error(`Jupyter ended with exit code ${code}:\n${said.trimEnd()}`));
    });
  });
}
