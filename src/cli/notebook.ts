import { existsSync, readFileSync } from 'node:fs';
import { writeWhole } from '../publish/files.js';
import { stripped } from '../publish/notebook.js';

/** `nurdle new NAME`: a notebook from a template; a file that is there stays as it is. */
export async function newCommand([name, ...rest]: string[]): Promise<number> {
  if (!name || rest.length || name.startsWith('--')) {
    console.error('usage: nurdle new NAME');
    return 2;
  }
  const file = name.endsWith('.ipynb') ? name : `${name}.ipynb`;
  if (existsSync(file)) throw new Error(`${file} exists already; choose another name`);
  writeWhole(file, template());
  console.log(file);
  return 0;
}

/** `nurdle strip FILE…`: takes the outputs out; `-` reads standard input and writes standard output, as git asks. */
export async function stripCommand(files: string[]): Promise<number> {
  if (files.length === 0) {
    console.error('usage: nurdle strip FILE…   (- for standard input)');
    return 2;
  }
  for (const file of files) {
    if (file === '-') process.stdout.write(stripped(readFileSync(0, 'utf8')));
    else writeWhole(file, stripped(readFileSync(file, 'utf8')));
  }
  return 0;
}

function template(): string {
  const markdown = (source: string, k: number) => ({
    cell_type: 'markdown',
    id: `cell-${k}`,
    metadata: {},
    source,
  });
  const code = (source: string, k: number) => ({
    ...{ cell_type: 'code', id: `cell-${k}`, metadata: {}, source },
    ...{ outputs: [], execution_count: null },
  });
  const cells = [
    markdown('# Which question does this notebook answer?', 0),
    code("import { random } from 'nurdle';", 1),
    markdown('## Inputs you may change', 2),
    code('const seed = 1;\nconst points = 50;', 3),
    code('const draw = random(seed);\nconst y = Array.from({ length: points }, () => draw.normal());', 4),
    code(
      "({ data: [{ y, mode: 'markers', type: 'scatter' }], layout: { title: { text: 'Synthetic numbers' } } })",
      5,
    ),
    markdown('## What it means', 6),
  ];
  const kernelspec = { display_name: 'TypeScript (nurdle)', language: 'typescript', name: 'nurdle' };
  const language_info = {
    file_extension: '.ts',
    mimetype: 'text/x-typescript',
    name: 'typescript',
    pygments_lexer: 'typescript',
  };
  return `${JSON.stringify({ cells, metadata: { kernelspec, language_info }, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
