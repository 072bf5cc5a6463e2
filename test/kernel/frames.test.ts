import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { encodeFrame, type Frame, frameReader } from '../../src/kernel/execution/frames.js';

const frame = fc.record({
  t: fc.string(),
  buffers: fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 3 }),
});

it('reads frames back, wherever the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 5 }), fc.array(fc.nat(60)), (frames, cuts) => {
      const bytes = Buffer.concat(frames.flatMap((sent) => encodeFrame(sent)));
      const read: Frame<{ t: string }>[] = [];
      const take = frameReader<{ t: string }>((received) => read.push(received));
      let at = 0;
      for (const cut of [...cuts, bytes.length]) take(Buffer.from(bytes.subarray(at, (at += cut))));
      const plain = (list: readonly Frame<{ t: string }>[]) =>
        list.map(({ t, buffers = [] }) => ({ t, buffers: buffers.map((buffer) => [...buffer]) }));
      assert.deepEqual(plain(read), plain(frames));
    }),
  );
});
