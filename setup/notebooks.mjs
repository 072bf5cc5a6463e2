// `npm run notebooks`: executes every notebook from its first to its last cell in our kernel and writes HTML pages
// with visible figures to site/. `npm run notebooks -- 01` takes those whose name holds one of the words.
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jupyterEnvironment } from './jupyter.mjs';
import { main, setUp } from './setup.mjs';
import { python, root, run, SetupError } from './workspace.mjs';

await main(async () => {
  await setUp();
  const words = process.argv.slice(2);
  const names = readdirSync(join(root, 'notebooks'))
    .filter((name) => name.endsWith('.ipynb') && (!words.length || words.some((word) => name.includes(word))))
    .sort();
  if (names.length === 0) throw new SetupError(`no notebook has ${words.join(' or ')} in its name`);
  for (const name of names) await execute(name);
});

/** The page is written beside its place and moved there when it is whole. */
async function execute(name) {
  const site = join(root, 'site');
  const part = join(site, '.part');
  const page = name.replace('.ipynb', '.html');
  mkdirSync(part, { recursive: true });
  const start = Date.now();
  process.stderr.write(`${name} … `);
  await run(
    python,
    [
      '-m',
      'nbconvert',
      '--to',
      'html',
      '--execute',
      '--template',
      'nurdle',
      '--output-dir',
      part,
      join(root, 'notebooks', name),
    ],
    { env: jupyterEnvironment() },
  );
  renameSync(join(part, page), join(site, page));
  rmSync(part, { recursive: true, force: true });
  process.stderr.write(`${((Date.now() - start) / 1000).toFixed(1)} s, site/${page}\n`);
}
