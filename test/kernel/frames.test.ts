import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { encodeFrame, type Frame, frameReader } from '../../src/kernel/execution/frames.js';

const frame = fc.record({
  t: fc.string(),
  buffers: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 3 }),
});

it('reads frames back, wherever the stream is cut, though all chunks are read into one buffer', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 5 }), fc.array(fc.nat(60)), (frames, cuts) => {
      const bytes = Buffer.concat(frames.flatMap((sent) => encodeFrame(sent)));
      const read: Frame<{ t: string }>[] = [];
      const take = frameReader<{ t: string }>((received) => read.push(received));
      let at = 0;
      const shared = Buffer.alloc(bytes.length);
      for (const cut of [...cuts, bytes.length]) {
        const length = bytes.copy(shared, 0, at, Math.min(at + cut, bytes.length));
        at += length;
        take(shared.subarray(0, length));
        shared.fill(255);
      }
      const plain = (list: readonly Frame<{ t: string }>[]) =>
        list.map(({ t, buffers = [] }) => ({ t, buffers: buffers.map((buffer) => [...buffer]) }));
      assert.deepEqual(plain(read), plain(frames));
    }),
  );
});
