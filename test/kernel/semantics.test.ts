import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Outcome } from '../../src/kernel/execution/session.js';
import { Session } from '../../src/kernel/execution/session.js';
import { packageRoot } from '../../src/kernel/install/root.js';
import type { LanguageBackend } from '../../src/kernel/language/backend.js';
import { createLive } from '../../src/kernel/language/live/backend.js';
import { diagnosticsReport } from '../../src/kernel/language/report.js';
import { createTslab } from '../../src/kernel/language/tslab/backend.js';
import { type Expected, SCENARIOS } from './semantics-cells.js';

const root = packageRoot();
const backends = {
  live: () => createLive(createRequire(join(root, 'x.js'))('typescript'), { directory: root, root }),
  tslab: () => createTslab(root),
};

it('asks at least 150 cells', () => {
  assert.ok(SCENARIOS.flatMap(({ cells }) => cells).length >= 150);
});

for (const [name, create] of Object.entries(backends))
  describe(`cells under the ${name} backend`, () => {
    let bench: Bench;
    before(() => {
      bench = startBench(create());
    });
    after(() => bench.close());

    for (const scenario of SCENARIOS)
      it(scenario.it, { skip: name === 'tslab' && scenario.liveOnly }, async () => {
        bench.reset();
        for (const [code, expected] of scenario.cells) check(code, await bench.run(code), expected);
      });
  });

interface Ran extends Outcome {
  printed: string;
}

interface Bench {
  run(code: string): Promise<Ran>;
  reset(): void;
  close(): void;
}

/** A backend with an execution child: a kernel without its sockets. */
function startBench(backend: LanguageBackend): Bench {
  let printed = '';
  let count = 0;
  const session = new Session({
    script: join(root, 'dist/kernel/child.cjs'),
    root,
    backend: () => backend,
    onReport: (report) => {
      if (report.t === 'stream') printed += report.text;
    },
    log: () => {},
  });
  return {
    run: async (source) => {
      printed = '';
      const name = `In[${++count}].ts`;
      const { diagnostics, program, modules = [], commit } = backend.convert(source, name);
      if (diagnostics.length > 0) return { error: diagnosticsReport(diagnostics, source, name), printed };
      session.send({ t: 'modules', modules });
      commit();
      const request = { t: 'run', id: count, parentId: '', allowStdin: false, silent: false } as const;
      const outcome = await session.run({ ...request, program: program! });
      return { ...outcome, printed };
    },
    reset: () => {
      backend.reset();
      session.restart();
    },
    close: () => {
      session.close();
      backend.close();
    },
  };
}

function check(code: string, { result, error, printed }: Ran, expected: Expected): void {
  const failure = error && `${error.ename}: ${error.evalue}`;
  if (typeof expected === 'object' && expected !== null && 'fails' in expected) {
    assert.equal(error?.ename, expected.fails, `${code}\n${failure ?? 'did not fail'}`);
    assert.match(error.evalue, expected.says ?? /./, code);
    return;
  }
  assert.equal(failure, undefined, code);
  if (expected !== null && typeof expected === 'object') assert.equal(printed, expected.prints, code);
  else assert.equal(result?.data['text/plain'] ?? null, expected, code);
}
