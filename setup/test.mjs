// `npm test`: set up, then every test, each file in a process of its own. `npm test -- kernel tsne` runs the files
// whose path holds one of the words. The last line is `N passed, N failed`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { main, setUp } from './setup.mjs';
import { root, SetupError } from './workspace.mjs';

await main(async () => {
  await setUp();
  const sharedData = join(root, '../shared/data');
  if (!process.env.NURDLE_DATA && existsSync(sharedData)) process.env.NURDLE_DATA = sharedData;
  const words = process.argv.slice(2);
  const files = testFiles(join(root, 'dist/test')).filter(
    (f) => !words.length || words.some((w) => f.includes(w)),
  );
  if (files.length === 0) throw new SetupError(`no test file has ${words.join(' or ')} in its path`);
  const alone = files.filter(needsQuiet);
  const counts = { pass: 0, fail: 0, cancelled: 0 };
  await runTests(
    files.filter((file) => !needsQuiet(file)),
    2,
    counts,
  );
  await runTests(alone, 1, counts);
  console.log(`${counts.pass} passed, ${counts.fail + counts.cancelled} failed`);
  if (counts.fail + counts.cancelled > 0) process.exitCode = 1;
});

function testFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.js'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** A browser and a kernel with deadlines of their own share the machine with nobody. */
function needsQuiet(file) {
  return /[/\\](browser|kernel|notebooks|cluster|publish)[/\\]/.test(file.slice(root.length));
}

/** Counts come from the runner's own closing diagnostics: `pass 12`, `fail 0`, … */
function runTests(files, concurrency, counts) {
  if (files.length === 0) return undefined;
  return new Promise((resolve) => {
    const stream = run({ files, concurrency, timeout: 20 * 60_000 });
    stream.on('test:diagnostic', ({ message, nesting }) => {
      const [, name, count] = /^(pass|fail|cancelled) (\d+)$/.exec(message) ?? [];
      if (name && nesting === 0) counts[name] += Number(count);
    });
    const output = stream.compose(spec);
    output.pipe(process.stdout, { end: false });
    output.on('end', resolve);
  });
}
