import { createRequire } from 'node:module';
import { startupSnapshot } from 'node:v8';
import ts from 'typescript';
import { createLive } from './language/live/backend.js';
import type { TypeScript } from './language/live/internals.js';

/**
 * The program that `node --build-snapshot` runs: TypeScript with its libraries parsed and a checker that has seen
 * a cell. The kernel itself is loaded when a process starts from the snapshot.
 */
const root = process.env.NURDLE_ROOT!;

const WARM_UP = [
  'const x0 = 1; console.log([x0].map((y) => y + 1).join()); new Map<string, number>().get("a")',
  'const p0 = Promise.resolve(3); await p0; function f0<T>(a: T): T { return a }; f0(3)',
  'class C0 { constructor(public a: number) {} }; enum E0 { A }; new C0(E0.A).a.toFixed(1)',
];

const backend = createLive(ts as TypeScript, { directory: root, root });
for (const code of WARM_UP) backend.warm(code);

startupSnapshot.setDeserializeMainFunction(() => {
  const require = createRequire(`${root}/notebook.js`);
  backend.move(process.cwd());
  require(`${root}/dist/kernel/main.cjs`)
    .main(backend)
    .catch((error: Error) => {
      console.error(error);
      process.exit(1);
    });
});
