import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import fc from 'fast-check';
import { PacedOutput } from '../../src/kernel/output/paced.js';
import type { Outgoing } from '../../src/kernel/protocol/wire.js';
import { droppedByServer } from './server-limit.js';

const stream = (text: string, name = 'stdout'): Outgoing => ({
  type: 'stream',
  content: { name, text },
  parent,
});
const parent = {};
const textOf = (sent: readonly Outgoing[]) =>
  sent.map(({ content }) => (content as { text?: string }).text ?? '').join('');

interface Bench {
  output: PacedOutput;
  sent: { at: number; message: Outgoing }[];
  pressure: boolean[];
  /** Lets `ms` of a clock of its own go by. */
  pass(ms: number): void;
}

/** Paced output under a clock that only moves when told. */
function bench(f: (bench: Bench) => void): void {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    let at = 0;
    const sent: Bench['sent'] = [];
    const pressure: boolean[] = [];
    const output = new PacedOutput({
      send: (message) => sent.push({ at, message }),
      onPressure: (isHigh) => pressure.push(isHigh),
      now: () => at,
    });
    const pass = (ms: number) => {
      for (let end = at + ms; at < end; ) {
        at += 10;
        mock.timers.tick(10);
      }
    };
    f({ output, sent, pressure, pass });
  } finally {
    mock.timers.reset();
  }
}

describe('output below Jupyter Server’s limits', () => {
  it('loses nothing to the server, whatever is printed', () => {
    const burst = fc.record({
      ms: fc.nat(400),
      chars: fc.nat(900_000),
      name: fc.constantFrom('stdout', 'stderr'),
    });
    fc.assert(
      fc.property(fc.array(burst, { maxLength: 20 }), (bursts) =>
        bench(({ output, sent, pass }) => {
          for (const { ms, chars, name } of bursts) {
            output.publish(stream('x'.repeat(chars), name));
            pass(ms);
          }
          pass(90_000);
          const total = bursts.reduce((sum, { chars }) => sum + chars, 0);
          assert.equal(textOf(sent.map(({ message }) => message)).length, total);
          assert.equal(droppedByServer(sent), 0);
        }),
      ),
      { numRuns: 20 },
    );
  });

  it('keeps many small messages below the limit too', () =>
    bench(({ output, sent, pass }) => {
      for (let i = 0; i < 6000; i++) output.publish({ type: 'comm_msg', content: { i } });
      pass(15_000);
      assert.deepEqual(
        sent.map(({ message }) => (message.content as { i: number }).i),
        Array.from({ length: 6000 }, (_, i) => i),
      );
      assert.equal(droppedByServer(sent), 0);
    }));

  it('sends a first line at once, what follows together, and all of it before what comes behind', () =>
    bench(({ output, sent, pass }) => {
      for (const line of ['a\n', 'b\n', 'c\n']) output.publish(stream(line));
      assert.equal(textOf(sent.map(({ message }) => message)), 'a\n');
      pass(60);
      assert.deepEqual(
        sent.map(({ message }) => textOf([message])),
        ['a\n', 'b\nc\n'],
      );
      output.publish(stream('d\n'));
      output.publish({ type: 'execute_result', content: {} });
      assert.deepEqual(
        sent.slice(2).map(({ message }) => message.type),
        ['stream', 'execute_result'],
      );
    }));

  it('cuts no character in two', () =>
    bench(({ output, sent, pass }) => {
      const text = `${'x'.repeat((1 << 17) - 1)}🧪end`;
      output.publish(stream(text));
      pass(100);
      assert.deepEqual(
        sent.map(({ message }) => /[\ud800-\udfff]/u.test(textOf([message]))),
        [false, false],
      );
      assert.equal(textOf(sent.map(({ message }) => message)), text);
    }));

  it('asks the printer to wait, and to go on', () =>
    bench(({ output, pressure, pass }) => {
      for (let i = 0; i < 80; i++) output.publish(stream('x'.repeat(100_000)));
      assert.deepEqual(pressure, [true]);
      pass(20_000);
      assert.deepEqual(pressure, [true, false]);
    }));

  it('drops what an interrupted cell still prints, and says so', () =>
    bench(({ output, sent, pressure }) => {
      for (let i = 0; i < 80; i++) output.publish(stream('x'.repeat(100_000)));
      output.discard();
      output.publish(stream('y'.repeat(1000)));
      void output.drained();
      assert.deepEqual(pressure, [true, false]);
      const text = textOf(sent.map(({ message }) => message));
      const [, dropped] = /\n\[(\d+) more characters were dropped by the interrupt\]\n$/.exec(text)!;
      assert.equal(text.indexOf('\n') + Number(dropped), 80 * 100_000 + 1000);
    }));
});
