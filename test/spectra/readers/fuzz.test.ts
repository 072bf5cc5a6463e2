import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz, seeds } from './fuzz.js';

for (const [name, bases] of seeds())
  test(`broken ${name} files are read or refused with a byte, never anything else`, () => {
    const small = bases.filter(({ length }) => length < 5000);
    const { failures, read, refused } = fuzz(name, small, 1500);
    assert.deepEqual(failures, []);
    assert.ok(read > 0 && refused > 0, 'some are read and some are refused');
  });
