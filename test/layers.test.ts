import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const src = fileURLToPath(new URL('../../src/', import.meta.url));

/** Who may import whom: data flow one way. `types` may be imported for their types only. */
const ALLOWED: Record<string, { from: string[]; types?: string[] }> = {
  numeric: { from: [] },
  frames: { from: ['numeric'] },
  spectra: { from: ['numeric', 'frames'] },
  images: { from: ['numeric', 'frames'] },
  descriptors: { from: ['numeric', 'frames', 'spectra', 'images', 'embedding'] }, // principal components
  models: { from: ['numeric', 'frames', 'descriptors', 'embedding'] },
  graph: { from: ['numeric', 'models'] },
  evaluation: { from: ['numeric', 'frames', 'embedding'] }, // distances decide the applicability domain
  attribution: { from: ['numeric'] },
  embedding: { from: ['numeric'] },
  runs: { from: ['numeric', 'frames'] },
  qsar: {
    from: ['runs', 'numeric', 'frames', 'descriptors', 'models', 'evaluation', 'attribution', 'embedding'],
  },
  ageing: {
    from: [
      ...['runs', 'numeric', 'frames', 'spectra', 'images', 'descriptors', 'models', 'graph'],
      ...['evaluation', 'attribution', 'embedding'],
    ],
  },
  plots: {
    from: ['numeric'],
    types: [
      'ageing',
      'frames',
      'spectra',
      'images',
      'descriptors',
      'models',
      'graph',
      'evaluation',
      'attribution',
      'embedding',
      'qsar',
    ],
  },
  reports: { from: ['numeric', 'frames', 'descriptors', 'evaluation', 'runs', 'qsar', 'ageing', 'plots'] },
  kernel: { from: [] },
  publish: { from: [] },
  cli: {
    from: [
      'numeric',
      'frames',
      'spectra',
      'images',
      'descriptors',
      'models',
      'graph',
      'evaluation',
      'runs',
      'qsar',
      'ageing',
      'plots',
      'reports',
      'kernel',
      'publish',
    ],
  },
};

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.includes('assembly') && statSync(join(src, name)).isFile())
  .filter((name) => name.includes(sep));

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const code = readFileSync(join(src, file), 'utf8');
  const statements = code.matchAll(/^(?:import|export)\s+(type\s+)?([^;]*?)from\s+'(\.[^']+)'/gms);
  return [...statements].map(([, type, names, path]) => ({
    target: relative(src, join(src, dirname(file), path)).replace(/\.js$/, '.ts'),
    typeOnly:
      Boolean(type) || (names.includes('{') && names.split(',').every((n) => /^[\s{}]*(type\s|$)/.test(n))),
  }));
}

const room = (file: string): string => file.split(sep)[0];

test('every room of src is known', () => {
  assert.deepEqual(
    [...new Set(files.map(room))].filter((name) => !(name in ALLOWED)),
    [],
  );
});

test('imports follow the direction in which data flow', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter(({ target, typeOnly }) => {
        const { from, types = [] } = ALLOWED[room(file)];
        const to = room(target);
        if (to === '..' || target.startsWith('..')) return false;
        return to !== room(file) && !from.includes(to) && !(typeOnly && types.includes(to));
      })
      .map(({ target }) => `${file} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test('no file imports itself through others', () => {
  const graph = new Map(
    files.map((file) => [
      file,
      importsOf(file)
        .filter((i) => !i.typeOnly)
        .map((i) => i.target),
    ]),
  );
  const done = new Set<string>();
  const visit = (file: string, path: string[]): void => {
    assert.ok(!path.includes(file), `import cycle: ${[...path, file].join(' → ')}`);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

test('only index.ts re-exports', () => {
  const wrong = files.filter((file) =>
    /^export\s+(type\s+)?(\*|\{[^}]*\})\s*from/m.test(readFileSync(join(src, file), 'utf8')),
  );
  assert.deepEqual(wrong, []);
});

test('everything can be required as well as imported: nothing waits at the top of a module', () => {
  const code = `const nurdle = require(${JSON.stringify(join(src, '../dist/src/index.js'))}); console.log(typeof nurdle.fit)`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  assert.equal(stdout, 'function\n', stderr);
});
